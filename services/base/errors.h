#ifndef MADOGUCHI_SERVICES_BASE_ERRORS_H
#define MADOGUCHI_SERVICES_BASE_ERRORS_H

#include "services/base/request.h"
#include "absl/status/status.h"
#include <string>

// Errors that any service may return. Each has one code, one reason and one
// message, and is listed in the protos of those that do. A service's own
// catalogue names those it has.
namespace madoguchi::error {

// Wrong in any state: kInvalidArgument. No message repeats what was sent, for
// that may be what a visitor typed.
absl::Status InvalidName(std::string const& field, std::string const& format);
absl::Status RequestIdInvalid();
absl::Status RequestIdReused(RequestId const& id);
absl::Status PageTokenInvalid();

// The outcome is unknown: kUnavailable, kDeadlineExceeded.
absl::Status ServerStopping();
absl::Status DeadlineExceeded();
absl::Status StoreUnavailable(std::string const& cause);

// The store did nothing: kUnavailable, kResourceExhausted, kInternal.
absl::Status StoreReadOnly();
absl::Status StoreTooOld(std::string const& version);
absl::Status StoreFull();
absl::Status StoreKeyForeign(std::string const& cause);
absl::Status StoreError(std::string const& cause);

}  // namespace madoguchi::error

#endif  // MADOGUCHI_SERVICES_BASE_ERRORS_H
