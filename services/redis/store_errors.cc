#include "services/redis/store_errors.h"
#include "services/base/errors.h"
#include "services/redis/reply.h"
#include <string>

namespace madoguchi::redis {

absl::Status ToStoreError(absl::Status const& failure) {
  auto const cause = std::string(failure.message());
  switch (KindOf(failure)) {
    case ErrorKind::kLink:
    case ErrorKind::kLoading:
      return error::StoreUnavailable(cause);
    case ErrorKind::kDeadline:
      return error::DeadlineExceeded();
    case ErrorKind::kOutOfMemory:
      return error::StoreFull();
    case ErrorKind::kReadOnly:
      return error::StoreReadOnly();
    case ErrorKind::kWrongType:
      return error::StoreKeyForeign(cause);
    case ErrorKind::kUnknownCommand:
      return error::StoreTooOld("before 7.0");
    case ErrorKind::kNone:
    case ErrorKind::kNoFunction:
    case ErrorKind::kNoPermission:
    case ErrorKind::kOther:
      break;
  }
  return error::StoreError(cause);
}

}  // namespace madoguchi::redis
