#include "services/renewal/domain/retry_budget.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>
#include <vector>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;

TEST(RetryBudgetTest, TenCallsPayForOneRepeat) {
  RetryBudget budget;
  for (int i = 0; i != 9; ++i) budget = NoteCall(budget);
  EXPECT_FALSE(MayRetry(budget));
  budget = NoteCall(budget);
  EXPECT_TRUE(MayRetry(budget));
  EXPECT_FALSE(MayRetry(NoteRetry(budget)));
}

TEST(RetryBudgetTest, AQuietMorningDoesNotPayForAStorm) {
  RetryBudget budget;
  for (int i = 0; i != 10'000; ++i) budget = NoteCall(budget);
  int repeats = 0;
  for (; MayRetry(budget); ++repeats) budget = NoteRetry(budget);
  EXPECT_EQ(repeats, 10);
}

RC_GTEST_PROP(RetryBudgetPropertyTest, RepeatsAreATenthOfCallsAtAnyMoment,
              (std::vector<bool> const& wishes)) {
  RetryBudget budget;
  int calls = 0;
  int repeats = 0;
  for (bool const again : wishes) {
    if (!again) {
      budget = NoteCall(budget);
      ++calls;
    } else if (MayRetry(budget)) {
      budget = NoteRetry(budget);
      ++repeats;
    }
    RC_ASSERT(repeats * 10 <= calls);
  }
}

RC_GTEST_PROP(RetryDelayPropertyTest, DoublesAndIsJittered, ()) {
  int const nth = *rc::gen::inRange(1, 1000);
  auto const seed = *rc::gen::arbitrary<std::uint64_t>();
  auto const whole = nth > 6 ? 60'000ms : 1000ms * (1 << (nth - 1));
  RC_ASSERT(RetryDelay(nth, seed) >= whole / 2);
  RC_ASSERT(RetryDelay(nth, seed) <= whole);
  RC_ASSERT(RetryDelay(nth, seed) == RetryDelay(nth, seed));
}

TEST(RetryDelayTest, ThoseThatFailedTogetherComeBackApart) {
  std::set<std::chrono::milliseconds> delays;
  for (std::uint64_t seed = 0; seed != 100; ++seed) {
    delays.insert(RetryDelay(6, seed));
  }
  EXPECT_GT(delays.size(), 90U);
}

}  // namespace
}  // namespace madoguchi::renewal
