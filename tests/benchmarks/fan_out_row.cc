#include "tests/benchmarks/call_timing.h"
#include "tests/benchmarks/clerk.h"
#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/servers.h"
#include "tests/benchmarks/watchers.h"
#include <chrono>
#include <string>
#include <thread>

namespace madoguchi::benchmark {
namespace {

constexpr int kFanOutChannels = 20;
constexpr int kStreamsEach = 50;
constexpr double kIdleGoalMs = 40;
constexpr double kLoadedGoalMs = 60;
constexpr int kLoad = 5'000;
constexpr std::chrono::seconds kReaderStartLimit{10};
constexpr std::chrono::seconds kStopLimit{60};
// The load begins before the first call and ends after the last.
constexpr int kLoadMargin = 3;

}  // namespace

std::vector<Finding> MeasureFanOut(Effort const& effort) {
  int const calls = effort.shorter ? 20 : 120;
  Hall hall(/*counters_all=*/1, /*counters_first=*/0);
  IssueLoad(hall.address(), /*channels=*/1, /*in_flight=*/16).Issue(2 * calls);
  Clerk clerk(hall.address(), CounterName(Serves::kAll, 0));
  auto const before = ResidentKib(hall.ticketing());
  Watchers watchers(hall.address(), kFanOutChannels, kStreamsEach);
  auto const each = (ResidentKib(hall.ticketing()) - before) /
                    static_cast<double>(watchers.size());

  auto idle = ReportCalls("5a call pressed -> last of 1,000 streams, idle",
                          TimeCalls(clerk, watchers.told(), calls, effort.seed),
                          kIdleGoalMs);
  idle.beside.push_back("memory of the server: " + Fixed(each, 1) +
                        " KiB a stream");

  testing::ChildOptions options;
  options.command = {BinaryFolder() + "/benchmark_load",
                     "--server=" + hall.address(),
                     "--per_second=" + std::to_string(kLoad),
                     "--seconds=" + std::to_string(calls + kLoadMargin)};
  auto load = testing::ChildProcess::Start(options);
  if (!load.ok()) Die("cannot start benchmark_load");
  if (!(*load)->WaitForLine("ready on", kReaderStartLimit).ok()) {
    Die("benchmark_load is not ready");
  }
  // Past its warm-up.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  auto loaded = ReportCalls(
      "5b the same at 5,000 issues/s",
      TimeCalls(clerk, watchers.told(), calls, effort.seed + 1), kLoadedGoalMs);
  auto const said = (*load)->WaitForLine("load: done", kStopLimit);
  if (!said.ok()) Die("benchmark_load did not end");
  loaded.beside.push_back(*said);
  return {idle, loaded};
}

}  // namespace madoguchi::benchmark
