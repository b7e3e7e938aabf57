#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DAILY_HOURS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DAILY_HOURS_H

#include "services/base/clock.h"
#include "services/office/office.h"
#include "services/renewal/domain/circumstances.h"
#include <chrono>

namespace madoguchi::renewal {

/// When an office is open, the same on every weekday (S-30): in the place of a
/// calendar, which knows holidays and the weekend counter. Minutes since local
/// midnight.
struct DailyHours {
  std::chrono::minutes opens{8 * 60 + 30};
  /// Until when tickets are given (B2-04).
  std::chrono::minutes last_ticket{17 * 60};
  std::chrono::minutes closes{17 * 60 + 15};
};

/// What holds at `now` by these hours, apart from the upstream: reception, the
/// busy hours of 10:00 to 15:00 (S-32), Mondays and Fridays (S-33), and the
/// next open day. Pure.
Circumstances CircumstancesAt(Office const& office, DailyHours const& hours,
                              Timestamp now);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DAILY_HOURS_H
