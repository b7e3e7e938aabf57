#include "tests/benchmarks/clerk.h"
#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/servers.h"
#include "tests/benchmarks/watchers.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <thread>

namespace madoguchi::benchmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kChannels = 20;
constexpr int kStreamsEach = 50;
constexpr double kIdleGoalMs = 40;
constexpr double kLoadedGoalMs = 60;
constexpr int kLoad = 5'000;
constexpr milliseconds kBetweenCalls{1000};
constexpr milliseconds kLongestTelling{10'000};
constexpr std::chrono::seconds kStartLimit{10};
constexpr std::chrono::seconds kStopLimit{60};
// The load begins before the first call and ends after the last.
constexpr int kLoadMargin = 3;
// The server says some things once a second; presses keep no step with it.
constexpr int kJitterMs = 250;

// From each press to the last stream's receipt, in ms, sorted.
std::vector<double> TimeCalls(Clerk& clerk, Watchers& watchers, int calls,
                              unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> jitter(-kJitterMs, kJitterMs);
  std::vector<double> took;
  auto next = steady_clock::now();
  for (int i = 0; i != calls; ++i) {
    std::this_thread::sleep_until(next + milliseconds(jitter(random)));
    watchers.Expect();
    auto const pressed = steady_clock::now();
    clerk.Call();
    auto const told = watchers.LastTold(kLongestTelling);
    if (!told) Die("not all streams were told of a call");
    took.push_back(
        std::chrono::duration<double, std::milli>(*told - pressed).count());
    clerk.Serve();
    next += kBetweenCalls;
  }
  std::sort(took.begin(), took.end());
  return took;
}

Finding Report(std::string const& row, std::vector<double> const& took,
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

}  // namespace

std::vector<Finding> MeasureFanOut(Effort const& effort) {
  int const calls = effort.shorter ? 20 : 120;
  Hall hall(/*counters_all=*/1, /*counters_first=*/0);
  IssueLoad(hall.address(), /*channels=*/1, /*in_flight=*/16).Issue(2 * calls);
  Clerk clerk(hall.address(), CounterName(Serves::kAll, 0));
  auto const before = ResidentKib(hall.ticketing());
  Watchers watchers(hall.address(), kChannels, kStreamsEach);
  auto const each = (ResidentKib(hall.ticketing()) - before) /
                    static_cast<double>(watchers.size());

  auto idle =
      Report("5a call pressed -> last of 1,000 streams, idle",
             TimeCalls(clerk, watchers, calls, effort.seed), kIdleGoalMs);
  idle.beside.push_back("memory of the server: " + Fixed(each, 1) +
                        " KiB a stream");

  testing::ChildOptions options;
  options.command = {BinaryFolder() + "/benchmark_load",
                     "--server=" + hall.address(),
                     "--per_second=" + std::to_string(kLoad),
                     "--seconds=" + std::to_string(calls + kLoadMargin)};
  auto load = testing::ChildProcess::Start(options);
  if (!load.ok()) Die("cannot start benchmark_load");
  if (!(*load)->WaitForLine("ready on", kStartLimit).ok()) {
    Die("benchmark_load is not ready");
  }
  // Past its warm-up.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  auto loaded =
      Report("5b the same at 5,000 issues/s",
             TimeCalls(clerk, watchers, calls, effort.seed + 1), kLoadedGoalMs);
  auto const said = (*load)->WaitForLine("load: done", kStopLimit);
  if (!said.ok()) Die("benchmark_load did not end");
  loaded.beside.push_back(*said);
  return {idle, loaded};
}

}  // namespace madoguchi::benchmark
