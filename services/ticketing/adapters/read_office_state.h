#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_READ_OFFICE_STATE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_READ_OFFICE_STATE_H

#include "services/base/clock.h"
#include "services/office/office.h"
#include "services/redis/client.h"
#include "services/ticketing/domain/office_state.h"
#include "absl/status/statusor.h"

namespace madoguchi::ticketing {

/// Reads everything that Redis keeps of the open day of `office`, key by key:
/// true only if nobody writes meanwhile. For tests and tools; costs what there
/// is.
///
/// Blocks; not to be called on the client's loop. Fails with
/// `STORE_UNAVAILABLE`, `STORE_ERROR` or `STORE_KEY_FOREIGN`, or
/// kDeadlineExceeded.
absl::StatusOr<OfficeState> ReadOfficeState(redis::Client& client,
                                            CityId const& city,
                                            Office const& office,
                                            MachineTime deadline);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_READ_OFFICE_STATE_H
