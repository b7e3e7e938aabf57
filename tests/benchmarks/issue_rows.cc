#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/servers.h"
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <random>
#include <string>
#include <unistd.h>

namespace madoguchi::benchmark {
namespace {

constexpr int kInFlight = 128;
constexpr int kCallChannels = 8;
constexpr double kThroughputGoal = 0.6;
constexpr double kThroughputGate = 0.5;
constexpr double kTailGoal = 3;

// The same machines at the echo and at ticketing, in turns.
class Pairs {
 public:
  explicit Pairs(unsigned seed)
      : hall_(/*counters_all=*/1, /*counters_first=*/0),
        echo_({BinaryFolder() + "/benchmark_echo_server"},
              "--listen=127.0.0.1:"),
        at_echo_(echo_.address(), kCallChannels, kInFlight),
        at_hall_(hall_.address(), kCallChannels, kInFlight),
        random_(seed) {
    at_hall_.Issue(1000);
    at_echo_.Issue(1000);
  }

  struct Pair {
    LoadResult echo;
    LoadResult issue;
  };

  // One pair; which of the two goes first is drawn.
  Pair Run(LoadShape const& shape) {
    Pair pair;
    auto const echo = [&] {
      pair.echo = at_echo_.Run(shape, {getpid(), echo_.pid()});
    };
    auto const issue = [&] {
      pair.issue =
          at_hall_.Run(shape, {getpid(), hall_.ticketing(), hall_.redis()});
    };
    if (random_() % 2 == 0) {
      echo();
      issue();
    } else {
      issue();
      echo();
    }
    if (pair.echo.failed + pair.issue.failed != 0) Die("a press failed");
    return pair;
  }

  std::string const& folder() const { return hall_.folder(); }

 private:
  Hall hall_;
  Program echo_;
  IssueLoad at_echo_;
  IssueLoad at_hall_;
  std::mt19937 random_;
};

// `client 30, server 20`: the median of each, in microseconds.
std::string CpuInWords(std::vector<LoadResult> const& results) {
  static constexpr std::array<char const*, 3> kNames = {"client", "server",
                                                        "Redis"};
  std::string text;
  double sum = 0;
  for (std::size_t i = 0; i != results.front().cpu_us.size(); ++i) {
    std::vector<double> values;
    for (auto const& result : results) values.push_back(result.cpu_us[i]);
    sum += Median(values);
    text += std::string(kNames[i]) + " " + Fixed(Median(values), 1) + ", ";
  }
  return text + "sum " + Fixed(sum, 1);
}

struct Throughput {
  Finding finding;
  double per_second = 0;
};

Throughput MeasureThroughput(Pairs& pairs, Effort const& effort) {
  int const rounds = effort.shorter ? 3 : 15;
  std::vector<double> ratios;
  std::vector<double> echo_rate;
  std::vector<double> issue_rate;
  std::vector<double> p99;
  std::vector<LoadResult> echoes;
  std::vector<LoadResult> issues;
  for (int round = 0; round != rounds; ++round) {
    auto pair = pairs.Run({});
    ratios.push_back(pair.issue.per_second / pair.echo.per_second);
    echo_rate.push_back(pair.echo.per_second);
    issue_rate.push_back(pair.issue.per_second);
    p99.push_back(Percentile(pair.issue.latency_ms, 0.99));
    std::fprintf(stderr, "  pair %d: echo %.0f/s, issue %.0f/s, %.3f\n",
                 round + 1, echo_rate.back(), issue_rate.back(), ratios.back());
    echoes.push_back(std::move(pair.echo));
    issues.push_back(std::move(pair.issue));
  }
  auto const ratio = Median(ratios);
  Finding finding;
  finding.row = "1 issue throughput / echo, 128 in flight";
  finding.measured = MedianWithSpread(ratios, 3);
  finding.goal = ">= 0.6 (gate 0.5)";
  finding.met = ratio >= kThroughputGoal;
  finding.beside = {std::to_string(rounds) +
                        " shuffled pairs of 2 s; gate of 0.5 " +
                        (ratio >= kThroughputGate ? "passed" : "MISSED"),
                    "echo " + MedianWithSpread(echo_rate, 0) + "/s, issue " +
                        MedianWithSpread(issue_rate, 0) + "/s, issue p99 " +
                        MedianWithSpread(p99, 1) + " ms",
                    "CPU us per echo: " + CpuInWords(echoes),
                    "CPU us per issue: " + CpuInWords(issues),
                    InWords(MeasureSync(pairs.folder()))};
  return {finding, Median(issue_rate)};
}

Finding MeasureTail(Pairs& pairs, double per_second, Effort const& effort) {
  int const rounds = effort.shorter ? 3 : 9;
  LoadShape shape;
  shape.per_second = per_second;
  shape.window = std::chrono::milliseconds(3000);
  std::vector<double> ratios;
  std::vector<double> echo_p99;
  std::vector<double> issue_p99;
  std::vector<double> echo_p50;
  std::vector<double> issue_p50;
  for (int round = 0; round != rounds; ++round) {
    auto const pair = pairs.Run(shape);
    echo_p50.push_back(Percentile(pair.echo.latency_ms, 0.5));
    issue_p50.push_back(Percentile(pair.issue.latency_ms, 0.5));
    echo_p99.push_back(Percentile(pair.echo.latency_ms, 0.99));
    issue_p99.push_back(Percentile(pair.issue.latency_ms, 0.99));
    ratios.push_back(issue_p99.back() / echo_p99.back());
    std::fprintf(stderr, "  tail %d: echo %.2f ms, issue %.2f ms, %.2fx\n",
                 round + 1, echo_p99.back(), issue_p99.back(), ratios.back());
  }
  Finding finding;
  finding.row = "2 issue p99 / echo p99, half that load";
  finding.measured = MedianWithSpread(ratios, 2) + "x";
  finding.goal = "<= 3x";
  finding.met = Median(ratios) <= kTailGoal;
  finding.beside = {Fixed(per_second, 0) + "/s, open loop, " +
                        std::to_string(rounds) + " shuffled pairs of 3 s",
                    "p99: echo " + MedianWithSpread(echo_p99, 2) +
                        " ms, issue " + MedianWithSpread(issue_p99, 2) + " ms",
                    "p50: echo " + MedianWithSpread(echo_p50, 2) +
                        " ms, issue " + MedianWithSpread(issue_p50, 2) + " ms"};
  return finding;
}

}  // namespace

std::vector<Finding> MeasureIssue(Effort const& effort) {
  Pairs pairs(effort.seed);
  auto const throughput = MeasureThroughput(pairs, effort);
  return {throughput.finding,
          MeasureTail(pairs, throughput.per_second / 2, effort)};
}

}  // namespace madoguchi::benchmark
