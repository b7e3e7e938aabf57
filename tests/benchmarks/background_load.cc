// Ticket machines in a process of their own: press at a fixed rate and say what
// became of it.

#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include <chrono>
#include <cstdio>
#include <string>

ABSL_FLAG(std::string, server, "127.0.0.1:8081", "Where ticketing serves.");
ABSL_FLAG(double, per_second, 5'000, "Numbers a second.");
ABSL_FLAG(int, seconds, 60, "How long.");

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  using namespace madoguchi::benchmark;
  IssueLoad load(absl::GetFlag(FLAGS_server), /*channels=*/8,
                 /*in_flight=*/128);
  std::printf("load: ready on %s\n", absl::GetFlag(FLAGS_server).c_str());
  std::fflush(stdout);
  LoadShape shape;
  shape.per_second = absl::GetFlag(FLAGS_per_second);
  shape.window = std::chrono::seconds(absl::GetFlag(FLAGS_seconds));
  auto const result = load.Run(shape, {});
  std::printf("load: done, %.0f/s, p50 %.2f ms, p99 %.2f ms, %lld failed\n",
              result.per_second, Percentile(result.latency_ms, 0.5),
              Percentile(result.latency_ms, 0.99),
              static_cast<long long>(result.failed));
  return 0;
}
