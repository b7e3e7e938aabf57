#include "services/renewal/domain/planned_closures.h"
#include "services/renewal/domain/local_hour.h"
#include "absl/time/civil_time.h"
#include <algorithm>

namespace madoguchi::renewal {
namespace {

bool IsMaintenanceSunday(absl::CivilDay day) {
  // The third Saturday is the one from the 15th to the 21st.
  auto const before = day - 1;
  return absl::GetWeekday(day) == absl::Weekday::sunday && before.day() >= 15 &&
         before.day() <= 21;
}

}  // namespace

bool IsPlannedClosed(PlannedClosures const& closures, Timestamp now) {
  auto const local = LocalHourOf(closures.time_zone, now);
  if (local.hour < closures.open_from || local.hour >= closures.open_until) {
    return true;
  }
  if (closures.monthly_maintenance &&
      IsMaintenanceSunday(absl::CivilDay(1970, 1, 1) + local.day)) {
    return true;
  }
  return std::any_of(closures.stops.begin(), closures.stops.end(),
                     [&](PlannedClosures::Stop const& stop) {
                       return stop.begins <= now && now < stop.ends;
                     });
}

}  // namespace madoguchi::renewal
