#include "services/renewal/domain/retry_budget.h"
#include "services/base/mix_bits.h"
#include <algorithm>

namespace madoguchi::renewal {
namespace {

constexpr int kTenthsOfARetry = 10;
// 2^16 s is beyond the longest delay.
constexpr int kMostRetryDoublings = 16;

}  // namespace

RetryBudget NoteCall(RetryBudget budget) {
  budget.tenths = std::min(budget.tenths + 1, kMostTenths);
  return budget;
}

bool MayRetry(RetryBudget const& budget) {
  return budget.tenths >= kTenthsOfARetry;
}

RetryBudget NoteRetry(RetryBudget budget) {
  budget.tenths -= kTenthsOfARetry;
  return budget;
}

std::chrono::milliseconds RetryDelay(int nth, std::uint64_t seed) {
  int const doublings = std::clamp(nth - 1, 0, kMostRetryDoublings);
  auto const whole =
      std::min(kFirstRetryDelay * (1 << doublings), kLongestRetryDelay);
  double const share =
      0.5 + UnitOf(MixBits(MixBits(seed) + static_cast<unsigned>(nth))) / 2;
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(share * static_cast<double>(whole.count())));
}

}  // namespace madoguchi::renewal
