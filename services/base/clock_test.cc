#include "services/base/clock.h"
#include "absl/status/status.h"
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Timestamp SystemNow() { return SystemClock().Now(); }

TEST(SystemClockTest, ShowsTheTimeOfTheSystem) {
  auto const before = std::chrono::system_clock::now();
  auto const shown = SystemNow();
  auto const after = std::chrono::system_clock::now();
  EXPECT_GE(shown, std::chrono::floor<milliseconds>(before));
  EXPECT_LE(shown, after);
}

TEST(ScaledClockTest, StartsAtTheOfficeStart) {
  Timestamp const start(hours(24 * 365 * 50));
  auto const now = SystemNow();
  // So slow that the time the test takes does not show.
  ScaledClock const clock({1e-9, start, now});
  EXPECT_EQ(clock.Now(), start);
}

TEST(ScaledClockTest, RunsAsManyTimesAsFastAsItsFactor) {
  Timestamp const start(hours(1000));
  auto const began = SystemNow();
  ScaledClock const clock({60, start, began - minutes(10)});
  auto const shown = clock.Now() - start;
  EXPECT_GE(shown, 60 * minutes(10));
  EXPECT_LE(shown, 60 * (minutes(10) + (SystemNow() - began) + seconds(1)));
}

TEST(ScaledClockTest, TellsWhenItWillShowATime) {
  Timestamp const start(hours(1000));
  Timestamp const machine_start(hours(2000));
  ScaledClock const clock({60, start, machine_start});
  EXPECT_EQ(clock.MachineTimeOf(start), machine_start);
  EXPECT_EQ(clock.MachineTimeOf(start + hours(1)), machine_start + minutes(1));
  EXPECT_EQ(clock.MachineTimeOf(start - hours(1)), machine_start - minutes(1));
}

TEST(ParseScaleTest, ReadsWhatFormatScaleWrites) {
  for (double const factor : {1.0, 60.0, 0.5, 1.0 / 3, 100'000.0}) {
    ScaledClock::Scale const scale{factor,
                                   Timestamp(milliseconds(1'790'000'000'123)),
                                   Timestamp(milliseconds(-5))};
    auto const read = ParseScale(FormatScale(scale));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->factor, factor);
    EXPECT_EQ(read->office_start, scale.office_start);
    EXPECT_EQ(read->machine_start, scale.machine_start);
  }
}

TEST(ParseScaleTest, ReadsTheFormThatItsErrorShows) {
  EXPECT_TRUE(ParseScale("60,1790000000000,1790000000000").ok());
}

class WrongScaleTest : public ::testing::TestWithParam<std::string> {};

TEST_P(WrongScaleTest, IsAnInvalidArgument) {
  EXPECT_EQ(ParseScale(GetParam()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Texts, WrongScaleTest,
                         ::testing::Values("", "60", "60,1", "60,1,", "60,,2",
                                           "60,1,2,", "60,1,2,3", "x,1,2",
                                           "60,1,2 ", " 60,1,2", "60,1.5,2",
                                           "0,1,2", "-1,1,2", "nan,1,2",
                                           "inf,1,2", "100001,1,2",
                                           "60,99999999999999999999,2"));

TEST(MakeClockTest, IsWhatTheFlagsName) {
  EXPECT_EQ(SpeedOf(**MakeClock("system", "")), 1);
  EXPECT_EQ(SpeedOf(**MakeClock("scaled", "60,0,0")), 60);
  for (auto const& [kind, scale] :
       {std::pair("sundial", ""), std::pair("scaled", "fast")}) {
    EXPECT_EQ(MakeClock(kind, scale).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace madoguchi
