#include "services/renewal/domain/renewal_window.h"

namespace madoguchi::renewal {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr months kEarliest{3};
constexpr months kEarliestOverseas{12};

// The same day of the month so much earlier, or that month's last.
year_month_day Before(year_month_day day, months ago) {
  auto const same = day - ago;
  if (same.ok()) return same;
  return same.year() / same.month() / std::chrono::last;
}

}  // namespace

year_month_day FirstRenewalDay(year_month_day expiry, Residence residence) {
  auto const ago =
      residence == Residence::kOverseas ? kEarliestOverseas : kEarliest;
  return sys_days(Before(expiry, ago)) + days(1);
}

CertStanding StandingOn(year_month_day today, year_month_day expiry,
                        Residence residence) {
  if (today > expiry) return CertStanding::kExpired;
  if (today < FirstRenewalDay(expiry, residence)) return CertStanding::kNotYet;
  return CertStanding::kInWindow;
}

Values<CertStanding> StandingsOn(year_month_day today,
                                 std::chrono::year_month expiry,
                                 Residence residence) {
  auto standings = Values<CertStanding>::None();
  sys_days const last{expiry / std::chrono::last};
  for (sys_days day{expiry / 1}; day <= last; day += days(1)) {
    standings.Add(StandingOn(today, day, residence));
  }
  return standings;
}

CardStanding CardStandingOn(year_month_day today, year_month_day expiry) {
  switch (StandingOn(today, expiry)) {
    case CertStanding::kNotYet:
      return CardStanding::kValid;
    case CertStanding::kInWindow:
      return CardStanding::kExpiresSoon;
    default:
      return CardStanding::kExpired;
  }
}

}  // namespace madoguchi::renewal
