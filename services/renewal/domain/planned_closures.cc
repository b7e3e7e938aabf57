#include "services/renewal/domain/planned_closures.h"
#include "services/office/office.h"
#include <algorithm>
#include <chrono>

namespace madoguchi::renewal {

bool IsPlannedClosed(PlannedClosures const& closures, Timestamp now) {
  auto const local = LocalTimeIn(closures.time_zone, now);
  if (local.since_midnight < std::chrono::hours(closures.open_from) ||
      local.since_midnight >= std::chrono::hours(closures.open_until)) {
    return true;
  }
  if (closures.monthly_maintenance && IsMaintenanceSunday(local.date)) {
    return true;
  }
  return std::any_of(closures.stops.begin(), closures.stops.end(),
                     [&](PlannedClosures::Stop const& stop) {
                       return stop.begins <= now && now < stop.ends;
                     });
}

}  // namespace madoguchi::renewal
