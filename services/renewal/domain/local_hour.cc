#include "services/renewal/domain/local_hour.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace madoguchi::renewal {

LocalHour LocalHourOf(std::string const& time_zone, Timestamp now) {
  absl::TimeZone zone;
  absl::LoadTimeZone(time_zone, &zone);
  auto const hour = absl::ToCivilHour(absl::FromChrono(now), zone);
  return {absl::CivilDay(hour) - absl::CivilDay(1970, 1, 1), hour.hour()};
}

}  // namespace madoguchi::renewal
