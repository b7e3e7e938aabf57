#include "services/renewal/domain/daily_hours.h"

namespace madoguchi::renewal {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

// S-32.
constexpr hours kBusyFrom{10};
constexpr hours kBusyUntil{15};

bool IsWeekday(year_month_day date) {
  weekday const day{sys_days(date)};
  return day != std::chrono::Saturday && day != std::chrono::Sunday;
}

Reception ReceptionAt(DailyHours const& hours, LocalTime const& now) {
  if (!IsWeekday(now.date) || now.since_midnight < hours.opens ||
      now.since_midnight >= hours.closes) {
    return Reception::kOutsideHours;
  }
  return now.since_midnight < hours.last_ticket ? Reception::kOpen
                                                : Reception::kAfterLastTicket;
}

}  // namespace

Circumstances CircumstancesAt(Office const& office, DailyHours const& hours,
                              Timestamp now) {
  auto const local = LocalTimeOf(office, now);
  weekday const day{sys_days(local.date)};
  Circumstances circumstances;
  circumstances.reception = ReceptionAt(hours, local);
  circumstances.busy_hours =
      local.since_midnight >= kBusyFrom && local.since_midnight < kBusyUntil;
  circumstances.busy_day =
      day == std::chrono::Monday || day == std::chrono::Friday;
  // Before it opens, the next open day is today.
  auto next = sys_days(local.date);
  if (local.since_midnight >= hours.opens) next += days(1);
  while (!IsWeekday(next)) next += days(1);
  circumstances.next_open_day = year_month_day(next);
  return circumstances;
}

}  // namespace madoguchi::renewal
