#include "services/renewal/domain/daily_hours.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>

namespace madoguchi::renewal {
namespace {

using std::chrono::minutes;
using std::chrono::sys_days;
using ::testing::Optional;

// Minutes on the wall clock of Tokyo.
Circumstances AtTokyo(std::chrono::year_month_day date, int hour, int minute) {
  Office office;
  office.time_zone = "Asia/Tokyo";
  Timestamp const now =
      sys_days(date) + std::chrono::hours(hour - 9) + minutes(minute);
  return CircumstancesAt(office, {}, now);
}

// 2026-06-01 is a Monday.
constexpr auto kMonday = std::chrono::year(2026) / 6 / 1;
constexpr auto kTuesday = std::chrono::year(2026) / 6 / 2;
constexpr auto kFriday = std::chrono::year(2026) / 6 / 5;
constexpr auto kSaturday = std::chrono::year(2026) / 6 / 6;

TEST(DailyHoursTest, TicketsAreGivenFromTheOpeningToTheLastTicket) {
  EXPECT_EQ(AtTokyo(kTuesday, 8, 29).reception, Reception::kOutsideHours);
  EXPECT_EQ(AtTokyo(kTuesday, 8, 30).reception, Reception::kOpen);
  EXPECT_EQ(AtTokyo(kTuesday, 16, 59).reception, Reception::kOpen);
  EXPECT_EQ(AtTokyo(kTuesday, 17, 0).reception, Reception::kAfterLastTicket);
  EXPECT_EQ(AtTokyo(kTuesday, 17, 14).reception, Reception::kAfterLastTicket);
  EXPECT_EQ(AtTokyo(kTuesday, 17, 15).reception, Reception::kOutsideHours);
}

TEST(DailyHoursTest, WeekendsAreClosed) {
  EXPECT_EQ(AtTokyo(kSaturday, 10, 0).reception, Reception::kOutsideHours);
}

TEST(DailyHoursTest, TenToThreeIsBusyAndSoAreMondaysAndFridays) {
  EXPECT_FALSE(AtTokyo(kTuesday, 9, 59).busy_hours);
  EXPECT_TRUE(AtTokyo(kTuesday, 10, 0).busy_hours);
  EXPECT_TRUE(AtTokyo(kTuesday, 14, 59).busy_hours);
  EXPECT_FALSE(AtTokyo(kTuesday, 15, 0).busy_hours);
  EXPECT_TRUE(AtTokyo(kMonday, 9, 0).busy_day);
  EXPECT_TRUE(AtTokyo(kFriday, 9, 0).busy_day);
  EXPECT_FALSE(AtTokyo(kTuesday, 9, 0).busy_day);
}

TEST(DailyHoursTest, TheNextOpenDayIsTodayBeforeItOpensAndSkipsWeekends) {
  EXPECT_THAT(AtTokyo(kMonday, 7, 0).next_open_day, Optional(kMonday));
  EXPECT_THAT(AtTokyo(kMonday, 18, 0).next_open_day, Optional(kTuesday));
  EXPECT_THAT(AtTokyo(kFriday, 18, 0).next_open_day,
              Optional(std::chrono::year(2026) / 6 / 8));
  EXPECT_THAT(AtTokyo(kSaturday, 7, 0).next_open_day,
              Optional(std::chrono::year(2026) / 6 / 8));
}

}  // namespace
}  // namespace madoguchi::renewal
