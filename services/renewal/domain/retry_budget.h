#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RETRY_BUDGET_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RETRY_BUDGET_H

#include <chrono>
#include <cstdint>

namespace madoguchi::renewal {

/// How many questions may be asked again: at most a tenth of the calls, so that
/// the counter does not add to the national congestion (queueing.md 3.4). Only
/// questions are: an attempt is sent once (design.md 7).
///
/// A plain record that any adapter may keep.
struct RetryBudget {
  /// Tenths of a repeat that were earned and not spent.
  int tenths = 0;

  friend bool operator==(RetryBudget const&, RetryBudget const&) = default;
};

/// What may be saved up: a quiet morning must not pay for a storm.
inline constexpr int kMostTenths = 100;

/// A call that is no repeat goes out: it earns a tenth of a repeat.
RetryBudget NoteCall(RetryBudget budget);

bool MayRetry(RetryBudget const& budget);

/// A repeat goes out. `MayRetry` must have said yes.
RetryBudget NoteRetry(RetryBudget budget);

inline constexpr std::chrono::milliseconds kFirstRetryDelay{1'000};
inline constexpr std::chrono::milliseconds kLongestRetryDelay{60'000};

/// How long to wait before the `nth` repeat of a call, from 1 on: 1, 2, 4.. to
/// 60 s, of which half to all, as `seed` says. Give each call a seed of its own
/// so that those that failed together do not come back together.
std::chrono::milliseconds RetryDelay(int nth, std::uint64_t seed);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RETRY_BUDGET_H
