#include "services/ticketing/domain/store_room.h"
#include <gtest/gtest.h>

namespace madoguchi::ticketing {
namespace {

constexpr std::int64_t kGiB = std::int64_t{1} << 30;
constexpr Reserve kUsual{.percent = 10, .bytes = kGiB};

TEST(StoreRoomTest, ASmallDiskIsLowBelowItsShare) {
  EXPECT_FALSE(IsLow({.free = 100, .total = 1'000}, kUsual, false));
  EXPECT_TRUE(IsLow({.free = 99, .total = 1'000}, kUsual, false));
}

TEST(StoreRoomTest, ALargeDiskIsLowBelowTheBytesThatAreEnough) {
  EXPECT_FALSE(IsLow({.free = kGiB, .total = 1'000 * kGiB}, kUsual, false));
  EXPECT_TRUE(IsLow({.free = kGiB - 1, .total = 1'000 * kGiB}, kUsual, false));
}

TEST(StoreRoomTest, OnceLowItTakesAQuarterMoreToBeEnough) {
  EXPECT_TRUE(IsLow({.free = 124, .total = 1'000}, kUsual, true));
  EXPECT_FALSE(IsLow({.free = 125, .total = 1'000}, kUsual, true));
}

TEST(StoreRoomTest, WithoutAReserveNothingIsLow) {
  EXPECT_FALSE(IsLow({.free = 0, .total = 1'000}, {.percent = 0}, false));
  EXPECT_FALSE(
      IsLow({.free = 0, .total = 1'000}, {.percent = 10, .bytes = 0}, true));
}

// Memory may be over its limit: settling goes on.
TEST(StoreRoomTest, LessThanNothingIsLow) {
  EXPECT_TRUE(IsLow({.free = -5, .total = 1'000}, kUsual, false));
}

}  // namespace
}  // namespace madoguchi::ticketing
