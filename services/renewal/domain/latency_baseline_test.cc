#include "services/renewal/domain/latency_baseline.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

TEST(LatencyBaselineTest, IsTheMedianOfTheSameHour) {
  LatencyBaseline baseline;
  for (int i = 1; i <= 5; ++i) {
    AddLatency(baseline, {100, 10}, i * 1000ms);
    AddLatency(baseline, {100, 16}, i * 100ms);
  }
  EXPECT_EQ(UsualLatency(baseline, {101, 10}), 3000ms);
  EXPECT_EQ(UsualLatency(baseline, {101, 16}), 300ms);
  EXPECT_EQ(StretchOf(baseline, {101, 10}, 6s), 2.0);
  EXPECT_EQ(StretchOf(baseline, {101, 16}, 6s), 20.0);
}

TEST(LatencyBaselineTest, AnEvenNumberHasTheMeanOfTheMiddle) {
  LatencyBaseline baseline;
  for (int i = 1; i <= 6; ++i) AddLatency(baseline, {100, 10}, i * 1000ms);
  EXPECT_EQ(UsualLatency(baseline, {101, 10}), 3500ms);
}

TEST(LatencyBaselineTest, WhatIsSlowTodayDoesNotLookUsual) {
  LatencyBaseline baseline;
  for (int i = 0; i != 5; ++i) AddLatency(baseline, {100, 10}, 1s);
  for (int i = 0; i != 50; ++i) AddLatency(baseline, {101, 10}, 60s);
  EXPECT_EQ(UsualLatency(baseline, {101, 10}), 1s);
  EXPECT_EQ(UsualLatency(baseline, {102, 10}), 60s);
}

TEST(LatencyBaselineTest, ForgetsAfterTwoWeeks) {
  LatencyBaseline baseline;
  for (int i = 0; i != 5; ++i) AddLatency(baseline, {100, 10}, 1s);
  EXPECT_EQ(UsualLatency(baseline, {114, 10}), 1s);
  EXPECT_EQ(UsualLatency(baseline, {115, 10}), std::nullopt);
  AddLatency(baseline, {115, 10}, 1s);
  EXPECT_EQ(baseline.took.size(), 1U);
}

TEST(LatencyBaselineTest, AnHourWithFewAnswersIsJudgedByAll) {
  LatencyBaseline baseline;
  for (int i = 0; i != 9; ++i) AddLatency(baseline, {100, 10}, 2s);
  for (int i = 0; i != 4; ++i) AddLatency(baseline, {100, 16}, 1s);
  EXPECT_EQ(UsualLatency(baseline, {101, 16}), 2s);
  EXPECT_EQ(StretchOf(LatencyBaseline(), {101, 16}, 2s), std::nullopt);
}

// Against sorting everything.
RC_GTEST_PROP(LatencyBaselinePropertyTest, IsTheMedian, ()) {
  auto const took = *rc::gen::suchThat(
      rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 10'000)),
      [](auto const& all) { return all.size() >= kFewestOfAnHour; });
  LatencyBaseline baseline;
  std::vector<milliseconds> sorted;
  for (auto const each : took) {
    AddLatency(baseline, {100, 10}, milliseconds(each));
    if (sorted.size() < kMostOfAnHour) sorted.emplace_back(each);
  }
  std::sort(sorted.begin(), sorted.end());
  auto const half = sorted.size() / 2;
  auto const median = sorted.size() % 2 == 1
                          ? sorted[half]
                          : (sorted[half - 1] + sorted[half]) / 2;
  RC_ASSERT(UsualLatency(baseline, {101, 10}) == median);
}

}  // namespace
}  // namespace madoguchi::renewal
