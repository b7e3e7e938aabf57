#ifndef MADOGUCHI_CLIENTS_REPLAY_PACE_H
#define MADOGUCHI_CLIENTS_REPLAY_PACE_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>

namespace madoguchi::replay {

/// Keeps everybody in step with the office's clock, notes how late they were,
/// and ends the day. Thread safe.
class Pace {
 public:
  explicit Pace(ScaledClock::Scale const& scale)
      : clock_(scale), factor_(scale.factor) {}

  Timestamp Now() const { return clock_.Now(); }
  double factor() const { return factor_; }

  /// When to do, on the machine's clock, what is due at `office_time`.
  Timestamp MachineTimeOf(Timestamp office_time) const {
    return clock_.MachineTimeOf(office_time);
  }

  /// Waits until `due` in office time, or not at all if it has passed, and
  /// notes how late it is then. Returns false, at once, when the day has ended.
  bool SleepUntil(Timestamp due) ABSL_LOCKS_EXCLUDED(mu_);

  /// Notes that what was due at `due` is done only now.
  void NoteDone(Timestamp due) ABSL_LOCKS_EXCLUDED(mu_);

  /// Notes that a server took so long to answer, repeats included.
  void NoteAnswer(std::chrono::milliseconds took) ABSL_LOCKS_EXCLUDED(mu_);

  /// Ends the day: wakes all who sleep.
  void EndDay() ABSL_LOCKS_EXCLUDED(mu_);
  bool DayEnded() const ABSL_LOCKS_EXCLUDED(mu_);

  struct Lag {
    /// The latest that anything began behind its time, in machine time.
    std::chrono::milliseconds latest{0};
    /// The longest wait for an answer, in machine time.
    std::chrono::milliseconds slowest_answer{0};
    int answers = 0;
  };
  Lag lag() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  ScaledClock const clock_;
  double const factor_;

  mutable Mutex mu_;
  std::condition_variable_any ended_;
  bool day_ended_ ABSL_GUARDED_BY(mu_) = false;
  Lag lag_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_PACE_H
