#ifndef MADOGUCHI_TESTS_ROBUSTNESS_WATCHERS_H
#define MADOGUCHI_TESTS_ROBUSTNESS_WATCHERS_H

#include "clients/sdk/office_watch.h"
#include "services/base/mutex.h"
#include "tests/robustness/history.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/client_context.h>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::robustness {

/// A wall display: follows an office through the client library, and writes
/// down what it is told.
class Display {
 public:
  Display(std::string name, sdk::ClientOptions options, std::string office);

  /// Waits until it was told of `sequence`; false after `limit`.
  bool WaitFor(std::int64_t sequence, std::chrono::milliseconds limit)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Stops watching and answers all it was told.
  Watch Take() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Hear(ticketing::v1::OfficeUpdate const& update) ABSL_LOCKS_EXCLUDED(mu_);

  std::string const name_;
  Mutex mu_;
  std::condition_variable_any told_;
  std::vector<Heard> heard_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<sdk::OfficeWatch> watch_;
};

/// Another service of the house: follows the whole log of an office from its
/// beginning, and where a stream breaks goes on behind the last event, at the
/// next replica. Nothing but the servers' promise keeps it from hearing an
/// event twice.
class Follower {
 public:
  Follower(std::vector<std::string> targets, std::string office);
  ~Follower();
  Follower(Follower const&) = delete;
  Follower& operator=(Follower const&) = delete;

  /// Waits for an event of `ticket` and answers its sequence; 0 after `limit`.
  std::int64_t WaitForTicket(std::string const& ticket,
                             std::chrono::milliseconds limit)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until it heard of `count` days that began; false after `limit`.
  bool WaitForDays(int count, std::chrono::milliseconds limit)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Everything heard so far, in order of arrival.
  std::vector<LogEntry> Entries() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Follow() ABSL_LOCKS_EXCLUDED(mu_);
  // One stream, to its end.
  void Read(std::string const& target) ABSL_LOCKS_EXCLUDED(mu_);

  std::vector<std::string> const targets_;
  std::string const office_;
  mutable Mutex mu_;
  std::condition_variable_any news_;
  std::vector<LogEntry> entries_ ABSL_GUARDED_BY(mu_);
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mu_) = nullptr;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

/// What a follower heard, as the checker judges watchers.
Watch AsWatch(std::string const& name, std::vector<LogEntry> const& entries);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_WATCHERS_H
