#include "tests/benchmarks/clerk_crowd.h"
#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/http_load.h"
#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/servers.h"
#include <sys/types.h>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace madoguchi::benchmark {
namespace {

constexpr int kClients = 16;
// Called once each, as fast as it goes; completed when nobody measures.
constexpr int kCounters = 512;
// Waiting at first, so that calls never find an empty queue.
constexpr int kWaiting = 16'000;
constexpr double kBullmqGoal = 3;
constexpr std::chrono::milliseconds kWindow{2000};

// How much was done, and what it took.
struct Work {
  double count = 0;
  double seconds = 0;
  // Of the server and its Redis.
  double cpu_us = 0;

  double PerSecond() const { return count / seconds; }
};

// Counts the processor time of `server` and `redis` while `run`, which returns
// how much it did, is running.
Work Watch(pid_t server, pid_t redis, std::function<double()> const& run) {
  auto const cpu = [&] {
    return CpuMicroseconds(server) + CpuMicroseconds(redis);
  };
  auto const before = cpu();
  auto const began = std::chrono::steady_clock::now();
  Work work;
  work.count = run();
  work.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began)
          .count();
  work.cpu_us = cpu() - before;
  return work;
}

// BullMQ behind a bare HTTP server, on a Redis of its own.
class BullMq {
 public:
  explicit BullMq(Sync sync)
      : redis_(StartRedis(sync)),
        server_({"node", "tests/benchmarks/bullmq_server.mjs",
                 "--redis=" + redis_->socket()},
                "--port="),
        http_(server_.port(), kClients) {}

  // Numbers, as many as one window sees.
  Work Issue(std::chrono::milliseconds window) {
    auto const end = std::chrono::steady_clock::now() + window;
    return Posts([&](std::size_t) -> std::optional<HttpPost> {
      if (std::chrono::steady_clock::now() >= end) return std::nullopt;
      return IssuePost();
    });
  }

  void IssueMany(int count) {
    Posts([&](std::size_t) -> std::optional<HttpPost> {
      if (count-- <= 0) return std::nullopt;
      return IssuePost();
    });
  }

  // Calls, as many as there are counters.
  Work Call() {
    int left = kCounters;
    return Posts([&](std::size_t) -> std::optional<HttpPost> {
      if (left-- <= 0) return std::nullopt;
      return HttpPost{"/call", "{}"};
    });
  }

  void Complete() {
    Posts([&](std::size_t) -> std::optional<HttpPost> {
      if (held_.empty()) return std::nullopt;
      HttpPost post{"/complete", std::move(held_.back())};
      held_.pop_back();
      return post;
    });
  }

  // A call, then its completion, as often as there are counters.
  Work Visit() {
    std::vector<bool> holds(kClients);
    int left = kCounters;
    auto work = Posts([&](std::size_t client) -> std::optional<HttpPost> {
      holds[client] = !holds[client];
      if (!holds[client]) {
        HttpPost post{"/complete", std::move(held_.back())};
        held_.pop_back();
        return post;
      }
      if (left-- <= 0) return std::nullopt;
      return HttpPost{"/call", "{}"};
    });
    work.count = kCounters;
    return work;
  }

 private:
  static HttpPost IssuePost() {
    return {"/issue",
            R"({"office":"main","service":"service_0","language":"ja"})"};
  }

  Work Posts(HttpLoad::Next const& next) {
    return Watch(server_.pid(), redis_->pid(), [&] {
      int answered = 0;
      http_.Run(next, [&](std::size_t, std::string_view body) {
        ++answered;
        if (body == R"({"id":null})") Die("BullMQ has no job left");
        // The answer to a call is the body of its completion.
        if (body.starts_with(R"({"called":)")) held_.emplace_back(body);
      });
      return answered;
    });
  }

  std::unique_ptr<testing::RedisServer> redis_;
  Program server_;
  HttpLoad http_;
  std::vector<std::string> held_;
};

// Ticketing with as many clients.
class Ours {
 public:
  explicit Ours(Sync sync)
      : hall_(kCounters, kCounters, sync),
        machines_(hall_.address(), kClients, kClients),
        one_service_(hall_.address(), kClients, Serves::kFirst, kCounters),
        all_services_(hall_.address(), kClients, Serves::kAll, kCounters) {}

  Work Issue(std::chrono::milliseconds window) {
    LoadShape shape;
    shape.warm_up = std::chrono::milliseconds(0);
    shape.window = window;
    return Watch(hall_.ticketing(), hall_.redis(), [&] {
      auto const result = machines_.Run(shape, {});
      if (result.failed != 0) Die("a press failed");
      return static_cast<double>(result.latency_ms.size());
    });
  }
  void IssueMany(int count) { machines_.Issue(count); }

  Work Call(Serves serves) { return AtEach(serves, {Step::kCall}); }
  void Complete(Serves serves) {
    AtEach(serves, {Step::kStart, Step::kComplete});
  }
  Work Visit(Serves serves) {
    return AtEach(serves, {Step::kCall, Step::kStart, Step::kComplete});
  }

 private:
  Work AtEach(Serves serves, std::vector<Step> const& steps) {
    auto& crowd = serves == Serves::kAll ? all_services_ : one_service_;
    return Watch(hall_.ticketing(), hall_.redis(), [&] {
      crowd.AtEachCounter(steps);
      return kCounters;
    });
  }

  Hall hall_;
  IssueLoad machines_;
  ClerkCrowd one_service_;
  ClerkCrowd all_services_;
};

struct Series {
  std::vector<Work> ours;
  std::vector<Work> theirs;

  // Takes one of each, in the order given.
  void Take(bool ours_first, std::function<Work()> const& our,
            std::function<Work()> const& their) {
    if (ours_first) ours.push_back(our());
    theirs.push_back(their());
    if (!ours_first) ours.push_back(our());
  }
  std::vector<double> Ratios() const {
    std::vector<double> ratios;
    for (std::size_t i = 0; i != ours.size(); ++i) {
      ratios.push_back(ours[i].PerSecond() / theirs[i].PerSecond());
    }
    return ratios;
  }
  std::string InWords(std::string const& what) const {
    return what + ": " + InWords(ours) + "; BullMQ " + InWords(theirs) + "; " +
           MedianWithSpread(Ratios(), 2) + "x";
  }

 private:
  static std::string InWords(std::vector<Work> const& all) {
    std::vector<double> rates;
    double cpu_us = 0;
    double count = 0;
    for (auto const& work : all) {
      rates.push_back(work.PerSecond());
      cpu_us += work.cpu_us;
      count += work.count;
    }
    return MedianWithSpread(rates, 0) + "/s, " + Fixed(cpu_us / count, 0) +
           " us CPU each";
  }
};

struct Comparison {
  Series issue;
  Series call;
  Series call_of_eight;
  Series visit;
};

Comparison Compare(Sync sync, int rounds, unsigned seed) {
  Ours ours(sync);
  BullMq theirs(sync);
  ours.IssueMany(kWaiting);
  theirs.IssueMany(kWaiting);
  std::mt19937 random(seed);
  Comparison all;
  for (int round = 0; round != rounds; ++round) {
    bool const first = random() % 2 == 0;
    all.issue.Take(
        first, [&] { return ours.Issue(kWindow); },
        [&] { return theirs.Issue(kWindow); });
    all.call.Take(
        first, [&] { return ours.Call(Serves::kFirst); },
        [&] { return theirs.Call(); });
    ours.Complete(Serves::kFirst);
    theirs.Complete();
    all.call_of_eight.Take(
        first, [&] { return ours.Call(Serves::kAll); },
        [&] { return theirs.Call(); });
    ours.Complete(Serves::kAll);
    theirs.Complete();
    all.visit.Take(
        first, [&] { return ours.Visit(Serves::kFirst); },
        [&] { return theirs.Visit(); });
    std::fprintf(stderr, "  round %d: issue %.2fx, call %.2fx\n", round + 1,
                 all.issue.Ratios().back(), all.call.Ratios().back());
  }
  return all;
}

Finding Report(std::string const& row, Series const& series) {
  Finding finding;
  finding.row = row;
  finding.measured = MedianWithSpread(series.Ratios(), 2) + "x";
  finding.goal = ">= 3x";
  finding.met = Median(series.Ratios()) >= kBullmqGoal;
  return finding;
}

}  // namespace

std::vector<Finding> MeasureAgainstBullMq(Effort const& effort) {
  auto const strict =
      Compare(Sync::kAlways, effort.shorter ? 3 : 15, effort.seed);
  auto issue = Report("4a issue / BullMQ add, 16 clients", strict.issue);
  issue.beside = {strict.issue.InWords("issue, always")};
  issue.beside.emplace_back(
      "CPU is that of the server and its Redis, without the clients");
  auto call = Report("4b call / BullMQ take, 16 clients", strict.call);
  call.beside = {
      strict.call.InWords("call, always"),
      strict.call_of_eight.InWords("call from eight services, always"),
      strict.visit.InWords("whole visits (call, start, complete; BullMQ take "
                           "and complete), always")};
  auto const relaxed =
      Compare(Sync::kEverySecond, effort.shorter ? 2 : 5, effort.seed);
  issue.beside.push_back(relaxed.issue.InWords("issue, everysec"));
  call.beside.push_back(relaxed.call.InWords("call, everysec"));
  return {issue, call};
}

}  // namespace madoguchi::benchmark
