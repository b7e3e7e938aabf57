#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PLANNED_CLOSURES_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PLANNED_CLOSURES_H

#include "services/base/clock.h"
#include <string>
#include <vector>

namespace madoguchi::renewal {

/// When the national system is shut as announced (domain.md B1-18): a calendar
/// of its own, apart from the city's.
struct PlannedClosures {
  /// From `begins` until before `ends`.
  struct Stop {
    Timestamp begins;
    Timestamp ends;
  };
  /// One that the tz database knows.
  std::string time_zone = "Asia/Tokyo";
  /// The local hours from which and until which it is open.
  int open_from = 0;
  int open_until = 20;
  /// Shut on the Sunday after the third Saturday of each month.
  bool monthly_maintenance = true;
  /// Announced one by one.
  std::vector<Stop> stops;
};

/// Whether the national system is shut as planned at `now`. What fails then
/// tells nothing about it.
bool IsPlannedClosed(PlannedClosures const& closures, Timestamp now);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PLANNED_CLOSURES_H
