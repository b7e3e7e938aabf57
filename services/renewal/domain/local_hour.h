#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_LOCAL_HOUR_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_LOCAL_HOUR_H

#include "services/base/clock.h"
#include <compare>
#include <cstdint>
#include <string>

namespace madoguchi::renewal {

/// An hour of a day on the wall clock.
struct LocalHour {
  /// Days since 1970-01-01.
  std::int64_t day = 0;
  /// 0 to 23.
  int hour = 0;

  friend auto operator<=>(LocalHour const&, LocalHour const&) = default;
};

/// The hour at `now` in `time_zone`, which the tz database must know.
LocalHour LocalHourOf(std::string const& time_zone, Timestamp now);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_LOCAL_HOUR_H
