#include "services/certification_authority/adapters/weather_file.h"
#include "tests/support/authority_builders.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::certification_authority {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::SizeIs;

constexpr char kGood[] = R"(time_zone: "Asia/Tokyo"
hours { from_hour: 0 until_hour: 10 median_ms: 1500 }
hours { from_hour: 10 until_hour: 24 sigma: 0.6 error_rate: 0.5 median_ms: 4 }
outages { date: "2026-11-24" begins: "10:05" minutes: 55 kind: HANGS }
open_until_hour: 20
refusals { rate: 0.5 refusal: OTHER }
)";

// ctest starts this in the root of the repository.
TEST(WeatherFileTest, TheExampleIsADayAsS32HasIt) {
  auto const weather = ReadWeather("deploy/config/weather.textproto");
  ASSERT_THAT(weather, IsOk());
  EXPECT_EQ(ConditionsAt(*weather, kTen).state, State::kSlow);
  EXPECT_EQ(ConditionsAt(*weather, kTen + 5h).state, State::kOk);
  EXPECT_EQ(ConditionsAt(*weather, kTen + 10h).cause, Cause::kClosed);
  EXPECT_TRUE(weather->monthly_maintenance);
}

TEST(WeatherFileTest, ReadsEachField) {
  auto const weather = ParseWeather(kGood, "w");
  ASSERT_THAT(weather, IsOk());
  ASSERT_THAT(weather->hours, SizeIs(2));
  EXPECT_EQ(weather->hours[1].median, 4ms);
  EXPECT_EQ(weather->hours[1].sigma, 0.6);
  EXPECT_EQ(weather->hours[1].error_rate, 0.5);
  ASSERT_THAT(weather->outages, SizeIs(1));
  EXPECT_EQ(weather->outages[0].date, absl::CivilDay(2026, 11, 24));
  EXPECT_EQ(weather->outages[0].begins, 605min);
  EXPECT_EQ(weather->outages[0].lasts, 55min);
  EXPECT_EQ(weather->outages[0].kind, Outage::Kind::kHangs);
  EXPECT_EQ(weather->open_from, 0);
  EXPECT_EQ(weather->open_until, 20);
  ASSERT_THAT(weather->refusals, SizeIs(1));
  EXPECT_EQ(weather->refusals[0].refusal, Refusal::kOther);
}

struct Slip {
  char const* name;
  std::string from;
  std::string to;
  std::string told;
};

class WeatherSlipTest : public ::testing::TestWithParam<Slip> {};

TEST_P(WeatherSlipTest, IsToldWithItsLine) {
  auto const& slip = GetParam();
  std::string text(kGood);
  auto const at = text.find(slip.from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, slip.from.size(), slip.to);
  EXPECT_THAT(std::string(ParseWeather(text, "w").status().message()),
              HasSubstr(slip.told));
}

INSTANTIATE_TEST_SUITE_P(
    Slips, WeatherSlipTest,
    ::testing::Values(
        Slip{"NoZone", "Asia/Tokyo", "Asia/Akebono", "w:1: time_zone"},
        Slip{"Gap", "until_hour: 10", "until_hour: 9", "name the hour 9 0"},
        Slip{"Overlap", "until_hour: 10", "until_hour: 11",
             "name the hour 10 2"},
        Slip{"Backwards", "until_hour: 24", "until_hour: 10",
             "w:3: hours[1].until_hour"},
        Slip{"NoMedian", "median_ms: 1500", "", "w:2: hours[0].median_ms"},
        Slip{"Rates", "error_rate: 0.5",
             "error_rate: 0.5 lost_answer_rate: 0.6",
             "w:3: hours[1].lost_answer_rate"},
        Slip{"NotANumber", "sigma: 0.6", "sigma: nan", "hours[1].sigma"},
        Slip{"NoSuchDay", "2026-11-24", "2026-11-31", "w:4: outages[0].date"},
        Slip{"NoSuchMinute", "10:05", "10:60", "w:4: outages[0].begins"},
        Slip{"TooLong", "minutes: 55", "minutes: 20161",
             "w:4: outages[0].minutes"},
        Slip{"NoKind", "kind: HANGS", "", "w:4: outages[0].kind"},
        Slip{"NeverOpen", "open_until_hour: 20",
             "open_from_hour: 20 open_until_hour: 20", "open_until_hour"},
        Slip{"TooManyRefusals", "refusal: OTHER }",
             "refusal: OTHER }\nrefusals { rate: 0.6 refusal: OTHER }",
             "w:7: refusals[1].rate"},
        Slip{"NoReason", "refusal: OTHER", "", "w:6: refusals[0].refusal"}),
    [](auto const& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace madoguchi::certification_authority
