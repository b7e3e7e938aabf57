#ifndef MADOGUCHI_TESTS_SUPPORT_MANUAL_SCHEDULER_H
#define MADOGUCHI_TESTS_SUPPORT_MANUAL_SCHEDULER_H

#include "services/base/mutex.h"
#include "services/base/scheduler.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include <chrono>
#include <cstddef>
#include <map>
#include <utility>

namespace madoguchi {

/// Machine time that only passes when told to; work that falls due runs on the
/// thread that lets it pass. Thread safe.
class ManualScheduler : public Scheduler {
 public:
  MachineTime Now() const override ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    return now_;
  }

  void After(std::chrono::milliseconds delay,
             absl::AnyInvocable<void()> work) override
      ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    work_.emplace(now_ + delay, std::move(work));
  }

  /// Lets `by` pass and runs what falls due, in order of time.
  void Advance(std::chrono::milliseconds by) ABSL_LOCKS_EXCLUDED(mu_) {
    auto const until = Now() + by;
    while (RunNext(until)) {
    }
    MutexLock const lock(mu_);
    now_ = until;
  }

  /// How much work waits for its time.
  std::size_t Pending() const ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    return work_.size();
  }

 private:
  bool RunNext(MachineTime until) ABSL_LOCKS_EXCLUDED(mu_) {
    absl::AnyInvocable<void()> work;
    {
      MutexLock const lock(mu_);
      if (work_.empty() || work_.begin()->first > until) return false;
      now_ = work_.begin()->first;
      work = std::move(work_.begin()->second);
      work_.erase(work_.begin());
    }
    work();
    return true;
  }

  mutable Mutex mu_;
  MachineTime now_ ABSL_GUARDED_BY(mu_){};
  std::multimap<MachineTime, absl::AnyInvocable<void()>> work_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi

#endif  // MADOGUCHI_TESTS_SUPPORT_MANUAL_SCHEDULER_H
