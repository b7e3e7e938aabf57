#include "services/renewal/domain/planned_closures.h"
#include <gtest/gtest.h>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;

// 2026-11-16, a Monday, at 10:00 in Tokyo.
constexpr Timestamp kMonday{std::chrono::milliseconds{1'794'790'800'000}};

TEST(PlannedClosuresTest, IsClosedFromEightInTheEvening) {
  PlannedClosures closures;
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + 10h - 1ms));
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday + 10h));
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday + 14h - 1ms));
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + 14h));
  closures.open_from = 8;
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday + 14h));
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday - 2h - 1ms));
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday - 2h));
}

TEST(PlannedClosuresTest, IsClosedOnTheSundayAfterTheThirdSaturday) {
  PlannedClosures closures;
  auto const days = [](int count) { return count * 24h; };
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday - days(1)));
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + days(5)));
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday + days(6)));
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + days(7)));
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + days(13)));
  closures.monthly_maintenance = false;
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + days(6)));
}

TEST(PlannedClosuresTest, IsClosedWhileAnAnnouncedStopLasts) {
  PlannedClosures closures;
  closures.stops = {{kMonday, kMonday + 1h}};
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday - 1ms));
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday));
  EXPECT_TRUE(IsPlannedClosed(closures, kMonday + 1h - 1ms));
  EXPECT_FALSE(IsPlannedClosed(closures, kMonday + 1h));
}

}  // namespace
}  // namespace madoguchi::renewal
