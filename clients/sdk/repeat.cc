#include "clients/sdk/repeat.h"
#include "services/base/error.h"

namespace madoguchi::sdk {

bool IsOutcomeUnknown(absl::Status const& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
      return true;
    case absl::StatusCode::kAborted:
      // Any other ABORTED asks the caller, not the program, to look again.
      return GetErrorInfo(status).reason == "LOOK_AGAIN";
    default:
      return false;
  }
}

}  // namespace madoguchi::sdk
