#include "services/renewal/domain/press.h"
#include "services/renewal/domain/errors.h"

namespace madoguchi::renewal {

absl::Status CheckPress(City const& city, Press const& press) {
  auto const* const office = city.FindOffice(press.office);
  if (office == nullptr) return error::OfficeNotFound(press.office);
  if (office->FindCounter(press.counter) == nullptr) {
    return error::CounterNotFound(press.counter);
  }
  if (!IsCode(press.staff.value)) return error::StaffInvalid();
  return absl::OkStatus();
}

}  // namespace madoguchi::renewal
