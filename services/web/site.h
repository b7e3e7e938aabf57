#ifndef MADOGUCHI_SERVICES_WEB_SITE_H
#define MADOGUCHI_SERVICES_WEB_SITE_H

#include "services/web/answer.h"
#include "services/web/headers.h"
#include "services/web/pages.h"
#include "services/web/same_origin.h"
#include "absl/status/status.h"
#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <variant>

namespace madoguchi::web {

/// The methods that pages may call, as `/package.Service/Method`.
using MethodSet = std::set<std::string, std::less<>>;

/// The beginning of a request.
struct RequestHead {
  /// Such as `GET`.
  std::string verb;
  std::string target;
  Headers headers;
};

/// A call to make, without its message.
struct CallHead {
  std::string method;
  Headers metadata;
  /// None: as long as the page waits.
  std::optional<std::chrono::nanoseconds> timeout;
};

/// What one listener offers: the pages, some methods, its health. Decides what
/// a request is and answers all but calls. Not thread safe.
class Site {
 public:
  /// `pages` must outlive it. `readiness` says whether, and if not why not,
  /// calls can be served; it must not block.
  Site(MethodSet methods, HostNames names, Pages& pages,
       std::function<absl::Status()> readiness);

  /// What is to be done about a request, so far without its body.
  std::variant<Answer, CallHead> Route(RequestHead const& head);

 private:
  std::variant<Answer, CallHead> RouteCall(RequestHead const& head) const;
  Answer Readiness() const;

  MethodSet const methods_;
  HostNames const names_;
  Pages& pages_;
  std::function<absl::Status()> const readiness_;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_SITE_H
