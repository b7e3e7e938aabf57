#include "services/renewal/domain/renewal_window.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;
using namespace std::chrono_literals;

std::string Written(year_month_day day) {
  std::ostringstream out;
  out << static_cast<int>(day.year()) << "-"
      << static_cast<unsigned>(day.month()) << "-"
      << static_cast<unsigned>(day.day());
  return out.str();
}

struct WindowCase {
  year_month_day expiry;
  year_month_day first;
};

TEST(RenewalWindowTest, OpensTheDayAfterThreeMonthsBefore) {
  std::vector<WindowCase> const cases = {
      // As cities have published it.
      {2022y / 10 / 15, 2022y / 7 / 16},
      {2020y / 9 / 24, 2020y / 6 / 25},
      {2025y / 4 / 10, 2025y / 1 / 11},
      // February has no such day.
      {2025y / 5 / 31, 2025y / 3 / 1},
      {2025y / 5 / 30, 2025y / 3 / 1},
      {2025y / 5 / 29, 2025y / 3 / 1},
      {2025y / 5 / 28, 2025y / 3 / 1},
      {2024y / 5 / 31, 2024y / 3 / 1},
      {2024y / 5 / 29, 2024y / 3 / 1},
      {2024y / 5 / 28, 2024y / 2 / 29},
      // Nor have other months a 31st.
      {2026y / 7 / 31, 2026y / 5 / 1},
      {2026y / 12 / 31, 2026y / 10 / 1},
      // Over the turn of the year.
      {2026y / 3 / 31, 2026y / 1 / 1},
      {2026y / 1 / 1, 2025y / 10 / 2},
      {2028y / 2 / 29, 2027y / 11 / 30},
  };
  for (auto const& each : cases) {
    EXPECT_EQ(Written(FirstRenewalDay(each.expiry)), Written(each.first))
        << Written(each.expiry);
  }
}

TEST(RenewalWindowTest, OpensAYearBeforeForThoseOverseas) {
  EXPECT_EQ(FirstRenewalDay(2026y / 4 / 10, Residence::kOverseas),
            year_month_day(2025y / 4 / 11));
  EXPECT_EQ(FirstRenewalDay(2028y / 2 / 29, Residence::kOverseas),
            year_month_day(2027y / 3 / 1));
  EXPECT_EQ(StandingOn(2025y / 4 / 10, 2026y / 4 / 10, Residence::kOverseas),
            CertStanding::kNotYet);
  EXPECT_EQ(StandingOn(2025y / 4 / 11, 2026y / 4 / 10, Residence::kOverseas),
            CertStanding::kInWindow);
  EXPECT_EQ(StandingOn(2025y / 4 / 11, 2026y / 4 / 10), CertStanding::kNotYet);
}

TEST(RenewalWindowTest, HasTheDayOfExpiryStillInside) {
  EXPECT_EQ(StandingOn(2022y / 7 / 15, 2022y / 10 / 15), CertStanding::kNotYet);
  EXPECT_EQ(StandingOn(2022y / 7 / 16, 2022y / 10 / 15),
            CertStanding::kInWindow);
  EXPECT_EQ(StandingOn(2022y / 10 / 15, 2022y / 10 / 15),
            CertStanding::kInWindow);
  EXPECT_EQ(StandingOn(2022y / 10 / 16, 2022y / 10 / 15),
            CertStanding::kExpired);
}

TEST(RenewalWindowTest, HoldsItsRulesOnEveryDayOfSevenYears) {
  for (auto const residence : {Residence::kJapan, Residence::kOverseas}) {
    auto const ago = residence == Residence::kJapan ? months(3) : months(12);
    year_month_day last_first = 2000y / 1 / 1;
    for (sys_days day = 2024y / 1 / 1; day <= sys_days(2030y / 12 / 31);
         day += days(1)) {
      year_month_day const expiry = day;
      auto const first = FirstRenewalDay(expiry, residence);
      SCOPED_TRACE(Written(expiry) + " from " + Written(first));
      ASSERT_TRUE(first.ok());
      EXPECT_LT(first, expiry);
      EXPECT_GE(first, last_first);
      last_first = first;

      // The day before lies in the month that is so much earlier, and is the
      // same day of it or its last.
      year_month_day const eve = sys_days(first) - days(1);
      EXPECT_EQ(eve.year() / eve.month(), expiry.year() / expiry.month() - ago);
      year_month_day const last = eve.year() / eve.month() / std::chrono::last;
      EXPECT_TRUE(eve.day() == expiry.day() ||
                  (eve == last && eve.day() < expiry.day()));

      EXPECT_EQ(StandingOn(eve, expiry, residence), CertStanding::kNotYet);
      EXPECT_EQ(StandingOn(first, expiry, residence), CertStanding::kInWindow);
      EXPECT_EQ(StandingOn(expiry, expiry, residence), CertStanding::kInWindow);
      EXPECT_EQ(StandingOn(day + days(1), expiry, residence),
                CertStanding::kExpired);
    }
  }
}

RC_GTEST_PROP(RenewalWindowTest, AStandingNeverGoesBack, ()) {
  sys_days const begin = 2024y / 1 / 1;
  auto const expiry = begin + days(*rc::gen::inRange(0, 2557));
  auto const today = begin + days(*rc::gen::inRange(-400, 2957));
  auto const later = today + days(*rc::gen::inRange(0, 400));
  RC_ASSERT(StandingOn(today, expiry) <= StandingOn(later, expiry));
  // Nobody overseas has to wait longer than somebody here.
  RC_ASSERT(StandingOn(today, expiry) <=
            StandingOn(today, expiry, Residence::kOverseas));
}

RC_GTEST_PROP(RenewalWindowTest, AMonthLeavesWhatOneOfItsDaysGives, ()) {
  sys_days const begin = 2024y / 1 / 1;
  year_month_day const expiry = begin + days(*rc::gen::inRange(0, 2557));
  auto const month = expiry.year() / expiry.month();
  auto const today = begin + days(*rc::gen::inRange(-400, 2957));
  auto const standings = StandingsOn(today, month);
  RC_ASSERT(standings.Has(StandingOn(today, expiry)));
  // Never everything: the window is longer than a month.
  RC_ASSERT(!standings.Has(CertStanding::kNotYet) ||
            !standings.Has(CertStanding::kExpired));
  RC_ASSERT(!standings.Has(CertStanding::kRevoked));
}

TEST(RenewalWindowTest, AMonthIsUnclearOnlyAtItsEdges) {
  auto const june = 2027y / 6;
  EXPECT_TRUE(StandingsOn(2027y / 3 / 1, june).Are(CertStanding::kNotYet));
  EXPECT_EQ(
      StandingsOn(2027y / 3 / 2, june),
      (Values<CertStanding>{CertStanding::kNotYet, CertStanding::kInWindow}));
  EXPECT_TRUE(StandingsOn(2027y / 3 / 31, june).Are(CertStanding::kInWindow));
  EXPECT_TRUE(StandingsOn(2027y / 6 / 1, june).Are(CertStanding::kInWindow));
  EXPECT_EQ(
      StandingsOn(2027y / 6 / 2, june),
      (Values<CertStanding>{CertStanding::kInWindow, CertStanding::kExpired}));
  EXPECT_TRUE(StandingsOn(2027y / 7 / 1, june).Are(CertStanding::kExpired));
}

TEST(RenewalWindowTest, ACardExpiresSoonForThreeMonths) {
  EXPECT_EQ(CardStandingOn(2026y / 1 / 10, 2026y / 4 / 10),
            CardStanding::kValid);
  EXPECT_EQ(CardStandingOn(2026y / 1 / 11, 2026y / 4 / 10),
            CardStanding::kExpiresSoon);
  EXPECT_EQ(CardStandingOn(2026y / 4 / 10, 2026y / 4 / 10),
            CardStanding::kExpiresSoon);
  EXPECT_EQ(CardStandingOn(2026y / 4 / 11, 2026y / 4 / 10),
            CardStanding::kExpired);
}

}  // namespace
}  // namespace madoguchi::renewal
