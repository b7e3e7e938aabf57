#ifndef MADOGUCHI_TESTS_SUPPORT_STATUS_MATCHERS_H
#define MADOGUCHI_TESTS_SUPPORT_STATUS_MATCHERS_H

#include "services/base/error.h"
#include "absl/status/statusor.h"
#include <gmock/gmock.h>
#include <string>

namespace madoguchi::testing {

inline absl::Status const& GetStatus(absl::Status const& status) {
  return status;
}
template <typename T>
absl::Status const& GetStatus(absl::StatusOr<T> const& result) {
  return result.status();
}

/// Matches an OK status, or a result that holds a value.
MATCHER(IsOk, "") {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).ok();
}

/// Matches a result whose value matches `matcher`.
MATCHER_P(IsOkAnd, matcher, "") {
  *result_listener << GetStatus(arg).ToString() << " ";
  return arg.ok() &&
         ::testing::ExplainMatchResult(matcher, *arg, result_listener);
}

/// Matches an error of the catalogue by its code and reason.
MATCHER_P2(IsError, code, reason, "") {
  auto const& status = GetStatus(arg);
  *result_listener << status.ToString();
  return status.code() == code && GetErrorInfo(status).reason == reason;
}

/// Matches what the state forbids.
inline auto Refused(std::string const& reason) {
  return IsError(absl::StatusCode::kFailedPrecondition, reason);
}

/// Matches what is wrong in any state.
inline auto Invalid(std::string const& reason) {
  return IsError(absl::StatusCode::kInvalidArgument, reason);
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_STATUS_MATCHERS_H
