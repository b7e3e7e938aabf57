#ifndef MADOGUCHI_SERVICES_BASE_ERROR_H
#define MADOGUCHI_SERVICES_BASE_ERROR_H

#include "absl/status/status.h"
#include <map>
#include <string>

namespace madoguchi {

/// What a program may read off an error; the message is for people.
struct ErrorInfo {
  /// UPPER_SNAKE_CASE and never changed once released, such as
  /// `COUNTER_CLOSED`.
  std::string reason;
  /// The values that the message mentions.
  std::map<std::string, std::string> metadata;
};

/// Builds an error that carries `info`.
absl::Status MakeError(absl::StatusCode code, std::string const& message,
                       ErrorInfo const& info);

/// Reads the `ErrorInfo` back; its reason is empty if `status` carries none.
ErrorInfo GetErrorInfo(absl::Status const& status);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_ERROR_H
