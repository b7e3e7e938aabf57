#include "services/base/mix_bits.h"
#include "services/renewal/domain/breaker.h"
#include "services/renewal/domain/retry_budget.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

// What the breaker and the budget do over hours, in figures. They are printed,
// and held to what queueing.md 3.4 asks.
namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using End = CallResult::End;

// 2026-11-16, a Monday, at 10:00 in Tokyo.
constexpr Timestamp kDayBegins{std::chrono::milliseconds{1'794'790'800'000}};
constexpr int kSeeds = 100;

// Calls of an outage that fails with `share` of them, after a healthy morning:
// how many were made until it opened, and how many of them failed.
struct Opening {
  int calls = 0;
  int failed = 0;
};

Opening OpenAgainst(double share, std::uint64_t seed,
                    std::chrono::seconds every) {
  BreakerSettings const settings;
  Breaker breaker;
  auto now = kDayBegins;
  for (int i = 0; i != 20; ++i) {
    breaker =
        NoteResult(breaker, settings, {End::kAnswered, now, {"1"}, 1.0}, now);
    now += every;
  }
  Opening opening;
  while (breaker.state == BreakerState::kClosed && opening.calls != 1000) {
    bool const failed =
        UnitOf(MixBits(MixBits(seed) +
                       static_cast<std::uint64_t>(opening.calls))) < share;
    ++opening.calls;
    if (failed) ++opening.failed;
    breaker = NoteResult(
        breaker, settings,
        {failed ? End::kFailed : End::kAnswered, now, {"1"}, 1.0}, now);
    now += every;
  }
  return opening;
}

TEST(BreakerFiguresTest, OpensWithinTenCallsOfAnOutage) {
  for (auto const every : {1s, 60s, 300s}) {
    auto const total = OpenAgainst(1, 0, every);
    std::printf("all calls fail, one each %3d s: opens at failure %d\n",
                static_cast<int>(every.count()), total.failed);
    EXPECT_LE(total.failed, 10);
  }
  int most = 0;
  int sum = 0;
  for (int seed = 0; seed != kSeeds; ++seed) {
    auto const part = OpenAgainst(0.8, static_cast<std::uint64_t>(seed), 5s);
    most = std::max(most, part.failed);
    sum += part.failed;
  }
  std::printf("four in five calls fail: opens at failure %.1f, at most %d\n",
              static_cast<double>(sum) / kSeeds, most);
  EXPECT_LE(most, 10);
}

// A hall of counters on two replicas that share a breaker through an adapter:
// each looks, decides, and writes only over the version that it saw.
class Hall {
 public:
  struct Counter {
    Timestamp wants;
    Timestamp ends;
    std::optional<CallResult> call;
  };

  explicit Hall(std::uint64_t seed) { settings_.seed = seed; }

  // Plays from `begin` until `end`; the upstream hangs from `down` until `up`.
  void Play(Timestamp begin, Timestamp end, Timestamp down, Timestamp up) {
    down_ = down;
    up_ = up;
    for (std::size_t i = 0; i != counters_.size(); ++i) {
      counters_[i].wants = begin + i * 15s;
    }
    for (auto now = begin; now != end; now += 1s) {
      for (auto& counter : counters_) Finish(counter, now);
      // All that begin now have seen the same breaker.
      auto const seen = breaker_;
      for (std::size_t i = 0; i != counters_.size(); ++i) {
        Begin(counters_[i], CallerId{std::to_string(i)}, seen, now);
      }
      CountProbes();
    }
  }

  int calls_while_down = 0;
  int probes = 0;
  int most_probes_at_once = 0;
  std::chrono::milliseconds opened_after{-1};
  std::chrono::milliseconds closed_after{-1};
  int probes_to_close = 0;

 private:
  static constexpr auto kTimeout = 30s;
  static constexpr auto kAnswer = 4s;
  static constexpr auto kThink = 120s;

  void Finish(Counter& counter, Timestamp now) {
    if (!counter.call || now < counter.ends) return;
    auto const result = *counter.call;
    counter.call.reset();
    counter.wants = now + kThink;
    auto const before = breaker_.state;
    breaker_ = NoteResult(breaker_, settings_, result, now);
    if (before == BreakerState::kClosed &&
        breaker_.state == BreakerState::kOpen && opened_after < 0ms) {
      opened_after = now - down_;
    }
    if (result.began >= up_ && result.probe != 0) ++probes_to_close;
    if (before != BreakerState::kClosed &&
        breaker_.state == BreakerState::kClosed) {
      closed_after = now - up_;
    }
  }

  void Begin(Counter& counter, CallerId const& caller, Breaker const& seen,
             Timestamp now) {
    if (counter.call || now < counter.wants) return;
    auto const may = MayCall(seen, settings_, now, caller);
    if (may == Permission::kNo) return;
    CallResult result;
    if (may == Permission::kProbe) {
      auto taken = TakeProbe(seen, settings_, now, caller);
      // A rival wrote first.
      if (seen.version != breaker_.version) return;
      breaker_ = *taken;
      result.probe = breaker_.probe->number;
      ++probes;
    }
    bool const down = down_ <= now && now < up_;
    if (down) ++calls_while_down;
    result.end = down ? End::kTimedOut : End::kAnswered;
    result.began = now;
    result.caller = caller;
    if (!down) result.stretch = 1.0;
    counter.ends = now + (down ? kTimeout : kAnswer);
    counter.call = result;
  }

  void CountProbes() {
    int at_once = 0;
    for (auto const& counter : counters_) {
      if (counter.call && counter.call->probe != 0) ++at_once;
    }
    most_probes_at_once = std::max(most_probes_at_once, at_once);
  }

  BreakerSettings settings_;
  Breaker breaker_;
  std::vector<Counter> counters_ = std::vector<Counter>(8);
  Timestamp down_;
  Timestamp up_;
};

TEST(BreakerFiguresTest, AnOutageOfFourHoursCostsFewCallsAndEndsSoon) {
  int most_calls = 0;
  int most_probes = 0;
  std::vector<std::chrono::milliseconds> opened;
  std::vector<std::chrono::milliseconds> closed;
  for (int seed = 0; seed != kSeeds; ++seed) {
    Hall hall(static_cast<std::uint64_t>(seed));
    // The outage ends at another moment each time.
    auto const up = kDayBegins + 5h + seed * 7s;
    hall.Play(kDayBegins, kDayBegins + 7h, kDayBegins + 1h, up);
    most_calls = std::max(most_calls, hall.calls_while_down);
    most_probes = std::max(most_probes, hall.most_probes_at_once);
    opened.push_back(hall.opened_after);
    closed.push_back(hall.closed_after);
    EXPECT_EQ(hall.probes_to_close, 3) << "seed " << seed;
    EXPECT_GE(hall.closed_after, 0ms) << "seed " << seed;
  }
  auto const minutes = [](std::chrono::milliseconds each) {
    return static_cast<double>(each.count()) / 60'000;
  };
  std::sort(closed.begin(), closed.end());
  std::printf(
      "8 counters, upstream hangs for 4 h (%d seeds):\n"
      "  open after %.1f min at most; %d calls in the outage at most, 768 "
      "without a breaker\n"
      "  probes at once: %d at most; probes until closed: 3\n"
      "  closed %.1f min after it is back (median), %.1f at most\n",
      kSeeds, minutes(*std::max_element(opened.begin(), opened.end())),
      most_calls, most_probes, minutes(closed[closed.size() / 2]),
      minutes(closed.back()));
  EXPECT_EQ(most_probes, 1);
  EXPECT_LE(most_calls, 60);
  EXPECT_LE(closed.back(), 24min);
}

// Every question fails for hours and everybody would ask again.
TEST(BreakerFiguresTest, RepeatsStayBelowATenthInALastingOutage) {
  constexpr int kAskers = 20;
  RetryBudget budget;
  std::int64_t calls = 0;
  std::int64_t repeats = 0;
  std::int64_t wished = 0;
  double most = 0;
  // When the next repeat of a question is due, and its how-manieth it is.
  std::multimap<Timestamp, int> due;
  for (auto now = kDayBegins; now != kDayBegins + 6h; now += 1s) {
    for (int asker = 0; asker != kAskers; ++asker) {
      if ((now - kDayBegins) % 60s != asker * 3s) continue;
      budget = NoteCall(budget);
      ++calls;
      due.emplace(now + RetryDelay(1, static_cast<std::uint64_t>(calls)), 1);
    }
    while (!due.empty() && due.begin()->first <= now) {
      int const nth = due.begin()->second;
      due.erase(due.begin());
      ++wished;
      if (!MayRetry(budget)) continue;
      budget = NoteRetry(budget);
      ++repeats;
      due.emplace(
          now + RetryDelay(nth + 1, static_cast<std::uint64_t>(repeats)),
          nth + 1);
    }
    most = std::max(most,
                    static_cast<double>(repeats) /
                        static_cast<double>(std::max<std::int64_t>(calls, 1)));
  }
  std::printf(
      "6 h in which every question fails: %lld calls, %lld repeats of %lld "
      "wished, at most %.1f%% of calls at any moment\n",
      static_cast<long long>(calls), static_cast<long long>(repeats),
      static_cast<long long>(wished), 100 * most);
  EXPECT_LE(most, 0.1);
  EXPECT_GT(repeats, calls / 20);
}

}  // namespace
}  // namespace madoguchi::renewal
