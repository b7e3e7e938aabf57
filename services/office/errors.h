#ifndef MADOGUCHI_SERVICES_OFFICE_ERRORS_H
#define MADOGUCHI_SERVICES_OFFICE_ERRORS_H

#include "services/office/office.h"
#include "absl/status/status.h"

// Errors of every service that works for the counters of an office; as
// services/base/errors.h.
namespace madoguchi::error {

// kNotFound.
absl::Status OfficeNotFound(OfficeId const& office);
absl::Status CounterNotFound(CounterId const& counter);

// kInvalidArgument.
absl::Status StaffInvalid();
absl::Status ReasonInvalid();

}  // namespace madoguchi::error

#endif  // MADOGUCHI_SERVICES_OFFICE_ERRORS_H
