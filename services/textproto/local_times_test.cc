#include "services/textproto/local_times.h"
#include <gtest/gtest.h>

namespace madoguchi::textproto {
namespace {

using std::chrono::minutes;

TEST(LocalTimesTest, ReadsWhatTheCalendarHas) {
  EXPECT_EQ(ParseDate("2024-02-29"), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(ParseTimeOfDay("00:00"), minutes(0));
  EXPECT_EQ(ParseTimeOfDay("23:59"), minutes(23 * 60 + 59));
  EXPECT_EQ(ParseLocalTime("2026-05-03T08:30"),
            absl::CivilMinute(2026, 5, 3, 8, 30));
}

TEST(LocalTimesTest, ReadsNothingElse) {
  for (auto const* const text :
       {"", "2025-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01",
        "26-01-01", "2026-01-01 "}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
  for (auto const* const text :
       {"", "24:00", "12:60", "8:30", "08.30", "08:30:00", "-1:30"}) {
    EXPECT_EQ(ParseTimeOfDay(text), std::nullopt) << text;
  }
  for (auto const* const text :
       {"", "2026-05-03", "2026-05-03 08:30", "2026-05-03T", "2026-05-03T8:30",
        "2026-02-30T08:30", "T08:30"}) {
    EXPECT_EQ(ParseLocalTime(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace madoguchi::textproto
