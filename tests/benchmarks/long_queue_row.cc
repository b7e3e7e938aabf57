#include "tests/benchmarks/clerk.h"
#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/servers.h"
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>

namespace madoguchi::benchmark {
namespace {

constexpr double kLongQueueGoal = 1.15;
constexpr std::int64_t kLong = 100'000;
constexpr std::int64_t kShort = 10;

// A hall in which always the same number waits.
class Queue {
 public:
  explicit Queue(std::int64_t waiting)
      : hall_(/*counters_all=*/1, /*counters_first=*/0),
        machine_(hall_.address(), /*channels=*/4, /*in_flight=*/128),
        clerk_(hall_.address(), CounterName(Serves::kAll, 0)) {
    machine_.Issue(waiting);
  }

  // The median time of that many calls, in ms. One number is issued for each.
  double CallTime(int calls) {
    std::vector<double> took;
    for (int i = 0; i != calls; ++i) {
      machine_.Issue(1);
      took.push_back(clerk_.Call());
      clerk_.Serve();
    }
    return Median(took);
  }

 private:
  Hall hall_;
  IssueLoad machine_;
  Clerk clerk_;
};

}  // namespace

std::vector<Finding> MeasureLongQueue(Effort const& effort) {
  int const calls = effort.shorter ? 200 : 1000;
  int const rounds = 5;
  Queue many(kLong);
  Queue few(kShort);
  // Both are new: the first calls of a process are slower.
  few.CallTime(calls / 5);
  many.CallTime(calls / 5);
  std::vector<double> ratios;
  std::vector<double> many_p50;
  std::vector<double> few_p50;
  for (int round = 0; round != rounds; ++round) {
    bool const many_first =
        (effort.seed + static_cast<unsigned>(round)) % 2 == 0;
    if (many_first) many_p50.push_back(many.CallTime(calls));
    few_p50.push_back(few.CallTime(calls));
    if (!many_first) many_p50.push_back(many.CallTime(calls));
    ratios.push_back(many_p50.back() / few_p50.back());
    std::fprintf(stderr, "  round %d: %.3f ms and %.3f ms, %.3fx\n", round + 1,
                 many_p50.back(), few_p50.back(), ratios.back());
  }
  Finding finding;
  finding.row = "3 CallNext p50, 100,000 waiting / 10";
  finding.measured = MedianWithSpread(ratios, 3) + "x";
  finding.goal = "<= 1.15x";
  finding.met = Median(ratios) <= kLongQueueGoal;
  finding.beside = {"p50 with 100,000: " + MedianWithSpread(many_p50, 3) +
                        " ms, with 10: " + MedianWithSpread(few_p50, 3) + " ms",
                    std::to_string(rounds) + " alternations of " +
                        std::to_string(calls) +
                        " calls, the counter serves 8 services"};
  return {finding};
}

}  // namespace madoguchi::benchmark
