#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PRESS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PRESS_H

#include "services/office/office.h"
#include "services/office/staff.h"
#include "absl/status/status.h"
#include <string>

namespace madoguchi::renewal {

/// Where, by whom and with which press something is done.
struct Press {
  OfficeId office;
  CounterId counter;
  StaffId staff;
  /// A UUID that the terminal chose for this press.
  std::string request_id;
  /// The device that asks; empty without a devices file.
  std::string device;
};

/// Fails with `OFFICE_NOT_FOUND`, `COUNTER_NOT_FOUND` or `STAFF_INVALID`.
absl::Status CheckPress(City const& city, Press const& press);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PRESS_H
