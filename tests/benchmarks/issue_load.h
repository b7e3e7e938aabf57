#ifndef MADOGUCHI_TESTS_BENCHMARKS_ISSUE_LOAD_H
#define MADOGUCHI_TESTS_BENCHMARKS_ISSUE_LOAD_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include <sys/types.h>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// How the presses of one run come.
struct LoadShape {
  /// Evenly spaced, whatever the server does; a press counts from when it was
  /// due. 0: the next as soon as one is answered.
  double per_second = 0;
  std::chrono::milliseconds warm_up{500};
  std::chrono::milliseconds window{2000};
};

/// What a window saw.
struct LoadResult {
  double per_second = 0;
  /// Sorted.
  std::vector<double> latency_ms;
  std::int64_t failed = 0;
  /// Per press, one for each process watched.
  std::vector<double> cpu_us;
};

/// Ticket machines that press at a server: the echo or ticketing, it cannot
/// tell. Its channels stay open between runs. Used by one thread.
class IssueLoad {
 public:
  /// With `in_flight` presses at most under way in a closed loop, spread over
  /// `channels` connections and over all services of the hall.
  IssueLoad(std::string const& address, int channels, int in_flight);
  ~IssueLoad();

  /// Runs and measures. `watched` are the processes whose processor time is
  /// counted.
  LoadResult Run(LoadShape const& shape, std::vector<pid_t> const& watched);

  /// Issues `count` numbers as fast as it goes.
  void Issue(std::int64_t count);

 private:
  using Stub = ticketing::v1::TicketService::Stub;
  struct Press;

  Press& MakePress();
  void Send(Press& press, MachineTime due);
  void Answered(Press& press, bool ok);
  void SendAllDue(double per_second, std::chrono::milliseconds length);
  void Await(std::int64_t open);

  std::vector<std::unique_ptr<Stub>> stubs_;
  int const in_flight_;

  std::atomic<bool> again_{false};
  std::atomic<bool> measuring_{false};
  // Presses that `Issue` may still send.
  std::atomic<std::int64_t> left_{0};
  std::vector<std::unique_ptr<Press>> presses_;

  Mutex mu_;
  std::condition_variable_any idle_;
  std::vector<Press*> free_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_ISSUE_LOAD_H
