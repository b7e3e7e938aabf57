#include "services/renewal/domain/drain.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Timestamp kParkedFrom{std::chrono::milliseconds{1'794'790'800'000}};

Parked ParkedAt(int minute, std::string const& id) {
  return {{id}, kParkedFrom + minute * 1min};
}

TEST(DrainTest, ReleasesTheFirstAtOnceAndTheRestAtTheRate) {
  DrainRate const rate{3, 4};  // One each five minutes.
  std::vector<Parked> const parked = {ParkedAt(9, "c"), ParkedAt(1, "b"),
                                      ParkedAt(1, "a")};
  auto const first = DrainNow(parked, kParkedFrom + 1h, rate, std::nullopt);
  EXPECT_THAT(first.released, ElementsAre(CaseId{"a"}));
  auto const after = [&](std::chrono::milliseconds by) {
    return DrainNow(parked, kParkedFrom + 1h + by, rate, first.last_release)
        .released;
  };
  EXPECT_THAT(after(5min - 1ms), IsEmpty());
  EXPECT_THAT(after(5min), ElementsAre(CaseId{"a"}));
  EXPECT_THAT(after(14min), ElementsAre(CaseId{"a"}, CaseId{"b"}));
}

TEST(DrainTest, WhatIsLeftOfAnIntervalIsNotLost) {
  auto const drain =
      DrainNow({ParkedAt(1, "a")}, kParkedFrom + 9min, {3, 4}, kParkedFrom);
  EXPECT_EQ(drain.last_release, kParkedFrom + 5min);
}

TEST(DrainTest, WhatWasMissedIsNoStampede) {
  std::vector<Parked> parked;
  for (int i = 0; i != 100; ++i) {
    parked.push_back(ParkedAt(i, std::to_string(i)));
  }
  auto const late = DrainNow(parked, kParkedFrom + 5h, {3, 4}, kParkedFrom);
  EXPECT_EQ(late.released.size(), 3U);
  EXPECT_EQ(late.last_release, kParkedFrom + 5h);
}

TEST(DrainTest, NobodyIsReleasedToNoCounter) {
  EXPECT_EQ(DrainNow({ParkedAt(1, "a")}, kParkedFrom, {0, 4}, std::nullopt),
            (Drain{{}, std::nullopt}));
  EXPECT_EQ(DrainNow({}, kParkedFrom, {3, 4}, kParkedFrom - 1h),
            (Drain{{}, kParkedFrom - 1h}));
}

// However often or seldom it is asked: in order of rank, all of them in the
// end, and in any time t at most s + 1 + s*mu*t.
RC_GTEST_PROP(DrainPropertyTest, KeepsTheOrderAndTheRate, ()) {
  DrainRate const rate{*rc::gen::inRange(1, 9),
                       *rc::gen::inRange(1, 400) / 10.0};
  double const per_ms = rate.counters * rate.cases_per_hour / 3'600'000;
  std::vector<Parked> parked;
  int const count = *rc::gen::inRange(1, 60);
  for (int i = 0; i != count; ++i) {
    parked.push_back(
        ParkedAt(*rc::gen::inRange(0, 30), "case" + std::to_string(i)));
  }
  int const longest_pause = *rc::gen::element(2, 60, 3000);
  auto now = kParkedFrom + 1h;
  std::optional<Timestamp> last;
  std::vector<Timestamp> times;
  std::optional<std::pair<Timestamp, CaseId>> before;
  while (!parked.empty()) {
    // At the slowest rate the last leaves after 600 h.
    RC_ASSERT(now < kParkedFrom + 1000h);
    auto const drain = DrainNow(parked, now, rate, last);
    last = drain.last_release;
    for (auto const& id : drain.released) {
      auto const at =
          std::find_if(parked.begin(), parked.end(),
                       [&](Parked const& each) { return each.id == id; });
      RC_ASSERT(at != parked.end());
      std::pair const place{at->rank, at->id};
      RC_ASSERT(!before || *before < place);
      before = place;
      parked.erase(at);
      times.push_back(now);
    }
    now += std::chrono::seconds(*rc::gen::inRange(1, longest_pause));
    // Nothing happens before the next is due, so do not ask all the while.
    if (drain.released.empty() && last) now += 30s;
  }
  for (std::size_t from = 0; from != times.size(); ++from) {
    for (std::size_t to = from; to != times.size(); ++to) {
      auto const t = static_cast<double>((times[to] - times[from]).count());
      RC_ASSERT(static_cast<double>(to - from + 1) <=
                rate.counters + 1 + per_ms * t);
    }
  }
}

}  // namespace
}  // namespace madoguchi::renewal
