#include "tests/benchmarks/call_timing.h"
#include "tests/benchmarks/measure.h"
#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace madoguchi::benchmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBetweenCalls{1000};
constexpr milliseconds kLongestTelling{10'000};
// The server says some things once a second; presses keep no step with it.
constexpr int kJitterMs = 250;

}  // namespace

std::vector<double> TimeCalls(Clerk& clerk, Told& told, int calls,
                              unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> jitter(-kJitterMs, kJitterMs);
  std::vector<double> took;
  auto next = steady_clock::now();
  for (int i = 0; i != calls; ++i) {
    std::this_thread::sleep_until(next + milliseconds(jitter(random)));
    told.Expect();
    auto const pressed = steady_clock::now();
    clerk.Call();
    auto const last = told.LastTold(kLongestTelling);
    if (!last) Die("not all streams were told of a call");
    took.push_back(
        std::chrono::duration<double, std::milli>(*last - pressed).count());
    clerk.Serve();
    next += kBetweenCalls;
  }
  std::sort(took.begin(), took.end());
  return took;
}

Finding ReportCalls(std::string const& row, std::vector<double> const& took,
                    double goal_ms) {
  auto const p99 = Percentile(took, 0.99);
  Finding finding;
  finding.row = row;
  finding.measured = "p99 " + Fixed(p99, 1) + " ms";
  finding.goal = "p99 <= " + Fixed(goal_ms, 0) + " ms";
  finding.met = p99 <= goal_ms;
  finding.beside = {"p50 " + Fixed(Percentile(took, 0.5), 1) + " ms, p90 " +
                    Fixed(Percentile(took, 0.9), 1) + " ms, longest " +
                    Fixed(took.back(), 1) + " ms, of " +
                    std::to_string(took.size()) + " calls, one a second"};
  return finding;
}

}  // namespace madoguchi::benchmark
