#include "services/certification_authority/domain/weather.h"
#include "tests/support/authority_builders.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace madoguchi::certification_authority {
namespace {

// Slow from ten to three, open until eight.
Weather SlowAtNoon() {
  Weather weather;
  weather.time_zone = "Asia/Tokyo";
  weather.hours = {{0, 10, 1s}, {10, 15, 4s}, {15, 24, 1s}};
  weather.slow_from = 3s;
  weather.open_until = 20;
  weather.monthly_maintenance = true;
  return weather;
}

Conditions At(Weather const& weather, Local local) {
  return ConditionsAt(weather, InTokyo(local));
}

constexpr Conditions kFine{};
constexpr Conditions kBusyHours{State::kSlow, Cause::kBusy};
constexpr Conditions kShut{State::kUnavailable, Cause::kClosed};
constexpr Conditions kMaintained{State::kUnavailable, Cause::kMaintenance};

TEST(WeatherTest, IsSlowFromTenToThree) {
  auto const weather = SlowAtNoon();
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 9, 59)), kFine);
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 10, 0)), kBusyHours);
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 14, 59)), kBusyHours);
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 15, 0)), kFine);
}

TEST(WeatherTest, ClosesAtEightUntilMidnight) {
  auto const weather = SlowAtNoon();
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 19, 59)), kFine);
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 20, 0)), kShut);
  EXPECT_EQ(At(weather, Local(2026, 11, 16, 23, 59)), kShut);
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 0, 0)), kFine);
}

// B1-18. In a month that begins on a Sunday the third Saturday is the 21st; in
// one that begins on a Saturday, the 15th.
TEST(WeatherTest, IsMaintainedOnTheSundayAfterTheThirdSaturday) {
  auto const weather = SlowAtNoon();
  EXPECT_EQ(At(weather, Local(2026, 11, 21, 12, 0)), kBusyHours);
  EXPECT_EQ(At(weather, Local(2026, 11, 22, 0, 0)), kMaintained);
  EXPECT_EQ(At(weather, Local(2026, 11, 22, 23, 59)), kMaintained);
  EXPECT_EQ(At(weather, Local(2026, 11, 23, 0, 0)), kFine);
  EXPECT_EQ(At(weather, Local(2026, 11, 15, 12, 0)), kBusyHours);
  EXPECT_EQ(At(weather, Local(2026, 8, 16, 12, 0)), kMaintained);
  EXPECT_EQ(At(weather, Local(2026, 8, 23, 12, 0)), kBusyHours);
}

TEST(WeatherTest, AnOutageOfADayIsThatDaysAlone) {
  auto weather = SlowAtNoon();
  weather.outages = {
      {absl::CivilDay(2026, 11, 17), 10h + 5min, 55min, Outage::Kind::kHangs}};
  Conditions const out{State::kUnavailable, Cause::kOutage,
                       Outage::Kind::kHangs};
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 10, 4)), kBusyHours);
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 10, 5)), out);
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 10, 59)), out);
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 11, 0)), kBusyHours);
  EXPECT_EQ(At(weather, Local(2026, 11, 18, 10, 30)), kBusyHours);
}

TEST(WeatherTest, ADailyOutageLastsOverMidnight) {
  auto weather = SlowAtNoon();
  weather.open_until = 24;
  weather.outages = {{std::nullopt, 23h, 120min, Outage::Kind::kRefuses}};
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 22, 59)), kFine);
  EXPECT_EQ(At(weather, Local(2026, 11, 17, 23, 0)).cause, Cause::kOutage);
  EXPECT_EQ(At(weather, Local(2026, 11, 18, 0, 59)).cause, Cause::kOutage);
  EXPECT_EQ(At(weather, Local(2026, 11, 18, 1, 0)), kFine);
}

TEST(WeatherTest, TellsSinceWhen) {
  auto weather = SlowAtNoon();
  weather.outages = {
      {absl::CivilDay(2026, 11, 17), 10h + 5min, 55min, Outage::Kind::kHangs}};
  auto const since = [&](Local local) {
    return ConditionsSince(weather, InTokyo(local));
  };
  EXPECT_EQ(since(Local(2026, 11, 17, 10, 3)),
            InTokyo(Local(2026, 11, 17, 10, 0)));
  EXPECT_EQ(since(Local(2026, 11, 17, 10, 30)),
            InTokyo(Local(2026, 11, 17, 10, 5)));
  EXPECT_EQ(since(Local(2026, 11, 17, 13, 0)),
            InTokyo(Local(2026, 11, 17, 11, 0)));
  EXPECT_EQ(since(Local(2026, 11, 17, 9, 0)),
            InTokyo(Local(2026, 11, 17, 0, 0)));
  EXPECT_EQ(since(Local(2026, 11, 22, 23, 0)),
            InTokyo(Local(2026, 11, 22, 0, 0)));
  EXPECT_EQ(ConditionsSince(CalmWeather(), kTen), kTen - 24h * 7);
}

// What `ConditionsSince` says is true at every minute, and was not before.
RC_GTEST_PROP(WeatherPropertyTest, HasBeenSoSinceThenAndNotBefore, ()) {
  auto weather = SlowAtNoon();
  int const outages = *rc::gen::inRange(0, 3);
  for (int i = 0; i != outages; ++i) {
    Outage outage;
    if (*rc::gen::arbitrary<bool>()) outage.date = absl::CivilDay(2026, 11, 21);
    outage.begins = std::chrono::minutes(*rc::gen::inRange(0, 1440));
    outage.lasts = std::chrono::minutes(*rc::gen::inRange(1, 1440));
    weather.outages.push_back(outage);
  }
  auto const now = kTen + std::chrono::minutes(*rc::gen::inRange(0, 10'080));
  auto const conditions = ConditionsAt(weather, now);
  auto const since = ConditionsSince(weather, now);

  RC_ASSERT(since <= now);
  for (auto at = since; at <= now; at += 1min) {
    RC_ASSERT(ConditionsAt(weather, at) == conditions);
  }
  RC_ASSERT(since == now - 24h * 7 ||
            ConditionsAt(weather, since - 1ms) != conditions);
}

}  // namespace
}  // namespace madoguchi::certification_authority
