#include "services/office/office.h"
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using namespace std::chrono_literals;

Office OfficeAt(std::string const& time_zone, int cut_over_hour) {
  Office office;
  office.time_zone = time_zone;
  office.cut_over_hour = cut_over_hour;
  return office;
}

TEST(BusinessDayTest, FollowsTheWallClockNotUtc) {
  auto const tokyo = OfficeAt("Asia/Tokyo", 0);
  // Midnight in Tokyo is 15:00 UTC of the day before.
  Timestamp const midnight = sys_days(2025y / 7 / 15) + hours(15);
  EXPECT_EQ(BusinessDayOf(tokyo, midnight - milliseconds(1)).yyyymmdd,
            20250715);
  EXPECT_EQ(BusinessDayOf(tokyo, midnight).yyyymmdd, 20250716);
}

TEST(BusinessDayTest, BeginsAtTheCutOverHour) {
  auto const tokyo = OfficeAt("Asia/Tokyo", 4);
  Timestamp const four = sys_days(2025y / 7 / 15) + hours(19);
  EXPECT_EQ(BusinessDayOf(tokyo, four - milliseconds(1)).yyyymmdd, 20250715);
  EXPECT_EQ(BusinessDayOf(tokyo, four).yyyymmdd, 20250716);
}

TEST(BusinessDayTest, TheNightAfterNewYearsEveBelongsToTheOldYear) {
  auto const tokyo = OfficeAt("Asia/Tokyo", 4);
  Timestamp const two = sys_days(2025y / 12 / 31) + hours(17);
  EXPECT_EQ(BusinessDayOf(tokyo, two).yyyymmdd, 20251231);
}

TEST(BusinessDayTest, KnowsLeapDays) {
  auto const tokyo = OfficeAt("Asia/Tokyo", 4);
  Timestamp const noon = sys_days(2028y / 2 / 29) + hours(3);
  EXPECT_EQ(BusinessDayOf(tokyo, noon).yyyymmdd, 20280229);
}

// In New York the clock jumps from 2:00 to 3:00 on 2025-03-09 and falls back
// from 2:00 to 1:00 on 2025-11-02. A day must still begin when the wall clock
// says so, not 24 hours after the last one.
TEST(BusinessDayTest, BeginsByTheWallClockWhenSummerTimeBegins) {
  auto const new_york = OfficeAt("America/New_York", 4);
  Timestamp const four = sys_days(2025y / 3 / 9) + hours(8);
  EXPECT_EQ(WallClock(new_york, four), "04:00");
  EXPECT_EQ(BusinessDayOf(new_york, four - milliseconds(1)).yyyymmdd, 20250308);
  EXPECT_EQ(BusinessDayOf(new_york, four).yyyymmdd, 20250309);
}

TEST(BusinessDayTest, BeginsByTheWallClockWhenSummerTimeEnds) {
  auto const new_york = OfficeAt("America/New_York", 4);
  Timestamp const four = sys_days(2025y / 11 / 2) + hours(9);
  EXPECT_EQ(WallClock(new_york, four), "04:00");
  EXPECT_EQ(BusinessDayOf(new_york, four - milliseconds(1)).yyyymmdd, 20251101);
  EXPECT_EQ(BusinessDayOf(new_york, four).yyyymmdd, 20251102);
}

// A day that went back would find itself closed.
TEST(BusinessDayTest, NeverGoesBackWhenAnHourIsRepeated) {
  for (int cut_over = 0; cut_over <= 12; ++cut_over) {
    auto const new_york = OfficeAt("America/New_York", cut_over);
    Timestamp const start = sys_days(2025y / 11 / 1);
    auto last = BusinessDayOf(new_york, start);
    for (auto at = start; at < start + hours(72); at += minutes(5)) {
      auto const day = BusinessDayOf(new_york, at);
      EXPECT_GE(day, last) << "cut-over hour " << cut_over;
      last = day;
    }
  }
}

TEST(WallClockTest, ShowsHoursAndMinutesOfTheOffice) {
  Timestamp const at = sys_days(2025y / 7 / 16) + minutes(5) + seconds(59);
  EXPECT_EQ(WallClock(OfficeAt("Asia/Tokyo", 4), at), "09:05");
  EXPECT_EQ(WallClock(OfficeAt("UTC", 4), at), "00:05");
}

TEST(TimeZoneTest, KnowsTheTzDatabaseAlone) {
  EXPECT_TRUE(IsKnownTimeZone("Asia/Tokyo"));
  EXPECT_TRUE(IsKnownTimeZone("America/New_York"));
  EXPECT_FALSE(IsKnownTimeZone("Asia/Akebono"));
  EXPECT_FALSE(IsKnownTimeZone(""));
}

TEST(OfficeTest, FindsByIdOrNot) {
  City city;
  city.offices.push_back(OfficeAt("UTC", 0));
  auto& office = city.offices[0];
  office.id = {"honcho"};
  office.series.push_back({{"a"}, "A", 101, 100});
  office.services.push_back({{"consult"}, {}, {"a"}, minutes(8), minutes(15)});
  office.counters.push_back({{"2"}, {}, {}});

  EXPECT_EQ(city.FindOffice({"honcho"}), &office);
  EXPECT_EQ(city.FindOffice({"tobu"}), nullptr);
  EXPECT_EQ(office.FindSeries({"a"}), &office.series[0]);
  EXPECT_EQ(office.FindSeries({"b"}), nullptr);
  EXPECT_EQ(office.FindService({"consult"}), &office.services[0]);
  EXPECT_EQ(office.FindService({"renew_self"}), nullptr);
  EXPECT_EQ(office.FindCounter({"2"}), &office.counters[0]);
  EXPECT_EQ(office.FindCounter({"3"}), nullptr);
}

}  // namespace
}  // namespace madoguchi
