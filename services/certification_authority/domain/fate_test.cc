#include "services/certification_authority/domain/fate.h"
#include "tests/support/authority_builders.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <vector>

namespace madoguchi::certification_authority {
namespace {

using End = Fate::End;

constexpr std::uint64_t kSeed = 20261116;
constexpr int kCalls = 20'000;

Fate FateAt(Weather const& weather, Timestamp now, int under_way = 0,
            std::uint64_t nth = 0) {
  return FateOf(weather, now, under_way, Chance(kSeed, now, nth));
}

// Calls that come one each tenth of a second from ten on.
std::vector<Fate> ManyFates(Weather const& weather) {
  std::vector<Fate> fates;
  for (int i = 0; i != kCalls; ++i) {
    fates.push_back(FateAt(weather, kTen + i * 100ms));
  }
  return fates;
}

double ShareOf(std::vector<Fate> const& fates, End end) {
  auto const count =
      std::count_if(fates.begin(), fates.end(),
                    [&](Fate const& fate) { return fate.end == end; });
  return static_cast<double>(count) / kCalls;
}

TEST(FateTest, IsTheSameForTheSameSeedTimeAndPlace) {
  auto weather = CalmWeather();
  weather.hours = {{0, 24, 1s, 0.5, 0.1, 0.1}};
  EXPECT_EQ(FateAt(weather, kTen, 0, 3), FateAt(weather, kTen, 0, 3));
  EXPECT_NE(FateAt(weather, kTen, 0, 3).delay,
            FateAt(weather, kTen, 0, 4).delay);
  EXPECT_NE(FateAt(weather, kTen).delay, FateAt(weather, kTen + 1ms).delay);
  EXPECT_NE(FateAt(weather, kTen).delay,
            FateOf(weather, kTen, 0, Chance(kSeed + 1, kTen, 0)).delay);
}

TEST(FateTest, DelaysAreLognormal) {
  auto weather = CalmWeather();
  weather.hours = {{0, 24, 4s, 0.6}};
  std::vector<double> logs;
  for (auto const& fate : ManyFates(weather)) {
    logs.push_back(std::log(static_cast<double>(fate.delay.count()) / 4'000));
  }
  double mean = 0;
  for (double const each : logs) mean += each / kCalls;
  double variance = 0;
  for (double const each : logs) variance += each * each / kCalls;

  EXPECT_NEAR(mean, 0, 0.02);
  EXPECT_NEAR(std::sqrt(variance), 0.6, 0.02);
  std::sort(logs.begin(), logs.end());
  EXPECT_NEAR(logs[kCalls / 2], 0, 0.02);
}

TEST(FateTest, MishapsAndRefusalsComeAsOftenAsScripted) {
  auto weather = CalmWeather();
  weather.hours = {{0, 24, 1s, 0.6, 0.1, 0.05}};
  weather.refusals = {{0.2, Refusal::kRegisterDiffers},
                      {0.1, Refusal::kCardNotValid}};
  auto const fates = ManyFates(weather);
  auto const refused = [&](Refusal refusal) {
    return static_cast<double>(std::count_if(
               fates.begin(), fates.end(),
               [&](Fate const& fate) { return fate.refusal == refusal; })) /
           kCalls;
  };

  EXPECT_NEAR(ShareOf(fates, End::kFails), 0.1, 0.01);
  EXPECT_NEAR(ShareOf(fates, End::kAnswerLost), 0.05, 0.01);
  EXPECT_NEAR(ShareOf(fates, End::kAnswered), 0.85, 0.01);
  EXPECT_NEAR(refused(Refusal::kRegisterDiffers), 0.2, 0.01);
  EXPECT_NEAR(refused(Refusal::kCardNotValid), 0.1, 0.01);
}

TEST(FateTest, AnOutageShowsAsItsKind) {
  auto weather = CalmWeather();
  weather.outages = {{std::nullopt, 0min, 1440min, Outage::Kind::kRefuses}};
  EXPECT_EQ(FateAt(weather, kTen), (Fate{End::kFails, 0ms}));
  weather.outages[0].kind = Outage::Kind::kHangs;
  EXPECT_EQ(FateAt(weather, kTen), (Fate{End::kHangs, 0ms}));
  weather.outages[0].kind = Outage::Kind::kLosesAnswers;
  EXPECT_EQ(FateAt(weather, kTen), (Fate{End::kAnswerLost, 1s}));
}

TEST(FateTest, PlannedClosingIsNoOutage) {
  auto weather = CalmWeather();
  weather.open_until = 10;
  weather.outages = {{std::nullopt, 0min, 1440min, Outage::Kind::kHangs}};
  EXPECT_EQ(FateAt(weather, kTen).end, End::kClosed);
}

TEST(FateTest, EachCallTooManyMakesAllSlower) {
  auto weather = CalmWeather();
  weather.overload = {8, 0.5};
  EXPECT_EQ(FateAt(weather, kTen, 8).delay, 1s);
  EXPECT_EQ(FateAt(weather, kTen, 9).delay, 1500ms);
  EXPECT_EQ(FateAt(weather, kTen, 18).delay, 6s);
}

TEST(FateTest, NoAnswerTakesForEver) {
  auto weather = CalmWeather();
  weather.hours = {{0, 24, 10min, 3}};
  for (auto const& fate : ManyFates(weather)) {
    ASSERT_LE(fate.delay, kLongestDelay);
  }
}

}  // namespace
}  // namespace madoguchi::certification_authority
