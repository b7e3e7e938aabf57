#ifndef MADOGUCHI_SERVICES_OFFICE_STAFF_H
#define MADOGUCHI_SERVICES_OFFICE_STAFF_H

#include "services/base/strong_id.h"
#include <string_view>

namespace madoguchi {

/// A pseudonym of a member of staff, never a name.
using StaffId = StrongId<struct StaffTag>;

/// Whether `text` may be a code of staff, of an outcome or of a reason: 1 to 32
/// of a-z, 0-9, -, _, and no 11 digits that belong together, which could be the
/// number of a person or a paper (domain.md B3-01). Nothing that the records of
/// a store would have to escape.
bool IsCode(std::string_view text);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_OFFICE_STAFF_H
