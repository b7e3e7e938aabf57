#ifndef MADOGUCHI_CLIENTS_REPLAY_TIMED_POOL_H
#define MADOGUCHI_CLIENTS_REPLAY_TIMED_POOL_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include <condition_variable>
#include <map>
#include <thread>
#include <vector>

namespace madoguchi::replay {

/// Runs work at points of the machine's clock on a few threads, in order of
/// time; late when all of them are busy. Thread safe.
class TimedPool {
 public:
  explicit TimedPool(int threads);
  /// Drops work that has not begun and waits for the rest.
  ~TimedPool();
  TimedPool(TimedPool const&) = delete;
  TimedPool& operator=(TimedPool const&) = delete;

  /// Runs `work` once, not before `machine_time`. It may block.
  void At(Timestamp machine_time, absl::AnyInvocable<void()> work)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mu_);

  Mutex mu_;
  std::condition_variable_any changed_;
  std::multimap<Timestamp, absl::AnyInvocable<void()>> due_
      ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_TIMED_POOL_H
