#include "services/ticketing/adapters/store_errors.h"
#include "services/redis/reply.h"
#include "services/ticketing/domain/errors.h"
#include <string>

namespace madoguchi::ticketing {

absl::Status ToStoreError(absl::Status const& failure) {
  auto const cause = std::string(failure.message());
  switch (redis::KindOf(failure)) {
    case redis::ErrorKind::kLink:
    case redis::ErrorKind::kLoading:
      return error::StoreUnavailable(cause);
    case redis::ErrorKind::kDeadline:
      return error::DeadlineExceeded();
    case redis::ErrorKind::kOutOfMemory:
      return error::StoreFull();
    case redis::ErrorKind::kReadOnly:
      return error::StoreReadOnly();
    case redis::ErrorKind::kWrongType:
      return error::StoreKeyForeign(cause);
    case redis::ErrorKind::kUnknownCommand:
      return error::StoreTooOld("before 7.0");
    case redis::ErrorKind::kNone:
    case redis::ErrorKind::kNoFunction:
    case redis::ErrorKind::kNoPermission:
    case redis::ErrorKind::kOther:
      break;
  }
  return error::StoreError(cause);
}

}  // namespace madoguchi::ticketing
