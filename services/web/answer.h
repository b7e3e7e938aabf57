#ifndef MADOGUCHI_SERVICES_WEB_ANSWER_H
#define MADOGUCHI_SERVICES_WEB_ANSWER_H

#include "services/web/grpc_web.h"
#include "services/web/headers.h"
#include <memory>
#include <string>

namespace madoguchi::web {

/// An answer that is known as a whole.
struct Answer {
  /// Of HTTP.
  int status = 200;
  Headers headers;
  /// Not null. May be shared by many answers, so that a page is held once.
  std::shared_ptr<std::string const> body = std::make_shared<std::string>();
  /// Whether the connection ends behind it, for what follows cannot be trusted.
  bool last = false;
};

/// Says `text`, a line for people, with `status` of HTTP.
Answer TextAnswer(int status, std::string text);

/// Ends a call without making it.
Answer CallAnswer(CallStatus const& status);

/// What every answer has besides its own headers: nothing but ourselves may be
/// loaded, nobody may frame a page, guess its type, or learn where we came
/// from.
Headers const& SecurityHeaders();

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_ANSWER_H
