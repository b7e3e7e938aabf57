#ifndef MADOGUCHI_SERVICES_BASE_SCHEDULER_H
#define MADOGUCHI_SERVICES_BASE_SCHEDULER_H

#include "services/base/clock.h"
#include "absl/functional/any_invocable.h"
#include <chrono>

namespace madoguchi {

/// Tells machine time and runs work later. Thread safe.
class Scheduler {
 public:
  virtual ~Scheduler() = default;

  /// Machine time, which deadlines are in.
  virtual MachineTime Now() const { return std::chrono::steady_clock::now(); }

  /// Runs `work` once, not before `delay` has passed, on a thread of the
  /// scheduler's. Work that has not begun when the scheduler ends is destroyed
  /// without being run.
  virtual void After(std::chrono::milliseconds delay,
                     absl::AnyInvocable<void()> work) = 0;
};

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_SCHEDULER_H
