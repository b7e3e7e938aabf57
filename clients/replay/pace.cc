#include "clients/replay/pace.h"
#include <algorithm>

namespace madoguchi::replay {

bool Pace::SleepUntil(Timestamp due) {
  auto const machine_due = MachineTimeOf(due);
  {
    MutexLock lock(mu_);
    while (!day_ended_ && std::chrono::system_clock::now() < machine_due) {
      ended_.wait_until(mu_, machine_due);
    }
    if (day_ended_) return false;
  }
  NoteDone(due);
  return true;
}

void Pace::NoteDone(Timestamp due) {
  auto const late = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now() - MachineTimeOf(due));
  MutexLock lock(mu_);
  lag_.latest = std::max(lag_.latest, late);
}

void Pace::NoteAnswer(std::chrono::milliseconds took) {
  MutexLock lock(mu_);
  lag_.slowest_answer = std::max(lag_.slowest_answer, took);
  ++lag_.answers;
}

void Pace::EndDay() {
  MutexLock lock(mu_);
  day_ended_ = true;
  ended_.notify_all();
}

bool Pace::DayEnded() const {
  MutexLock lock(mu_);
  return day_ended_;
}

Pace::Lag Pace::lag() const {
  MutexLock lock(mu_);
  return lag_;
}

}  // namespace madoguchi::replay
