#include "services/office/errors.h"
#include "services/base/error.h"

namespace madoguchi::error {

using absl::StatusCode;

absl::Status OfficeNotFound(OfficeId const& office) {
  return MakeError(
      StatusCode::kNotFound,
      "The city has no office " + office.value + ". Check the settings file.",
      {"OFFICE_NOT_FOUND", {{"office", office.value}}});
}

absl::Status CounterNotFound(CounterId const& counter) {
  return MakeError(StatusCode::kNotFound,
                   "The office has no counter " + counter.value +
                       ". Check the settings file.",
                   {"COUNTER_NOT_FOUND", {{"counter", counter.value}}});
}

absl::Status StaffInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`staff` is not a pseudonym of 1 to 32 of a-z, 0-9, -, _.",
                   {"STAFF_INVALID", {}});
}

absl::Status ReasonInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`reason` is not a code of 1 to 32 of a-z, 0-9, -, _.",
                   {"REASON_INVALID", {}});
}

}  // namespace madoguchi::error
