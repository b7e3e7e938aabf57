#ifndef MADOGUCHI_SERVICES_BASE_SCHEDULER_H
#define MADOGUCHI_SERVICES_BASE_SCHEDULER_H

#include "absl/functional/any_invocable.h"
#include <chrono>

namespace madoguchi {

/// Runs work later, in machine time. Thread safe.
class Scheduler {
 public:
  virtual ~Scheduler() = default;

  /// Runs `work` once, not before `delay` has passed, on a thread of the
  /// scheduler's. Work that has not begun when the scheduler ends is destroyed
  /// without being run.
  virtual void After(std::chrono::milliseconds delay,
                     absl::AnyInvocable<void()> work) = 0;
};

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_SCHEDULER_H
