#ifndef MADOGUCHI_TESTS_SIMULATION_TIMELINE_H
#define MADOGUCHI_TESTS_SIMULATION_TIMELINE_H

#include "services/base/clock.h"
#include "services/base/scheduler.h"
#include "absl/functional/any_invocable.h"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <utility>

namespace madoguchi::simulation {

/// The moments of a simulated day and what happens at them, in order of time;
/// at one moment in the order in which it was planned. Not thread safe.
class Timeline {
 public:
  explicit Timeline(Timestamp start) : start_(start), now_(start) {}

  Timestamp Start() const { return start_; }
  Timestamp Now() const { return now_; }

  void At(Timestamp when, absl::AnyInvocable<void()> what) {
    planned_.emplace(std::max(when, now_), std::move(what));
  }
  void After(std::chrono::milliseconds delay, absl::AnyInvocable<void()> what) {
    At(now_ + delay, std::move(what));
  }

  /// Lets everything planned happen, and what it plans in turn.
  void Run() {
    while (!planned_.empty()) {
      now_ = planned_.begin()->first;
      auto what = std::move(planned_.begin()->second);
      planned_.erase(planned_.begin());
      ++happened_;
      what();
    }
  }

  std::int64_t Happened() const { return happened_; }

 private:
  Timestamp const start_;
  Timestamp now_;
  std::int64_t happened_ = 0;
  std::multimap<Timestamp, absl::AnyInvocable<void()>> planned_;
};

/// Shows the time of a timeline as office time.
class TimelineClock : public Clock {
 public:
  explicit TimelineClock(Timeline const& timeline) : timeline_(timeline) {}
  Timestamp Now() const override { return timeline_.Now(); }

 private:
  Timeline const& timeline_;
};

/// Machine time that passes as the timeline does.
class TimelineScheduler : public Scheduler {
 public:
  explicit TimelineScheduler(Timeline& timeline) : timeline_(timeline) {}

  MachineTime Now() const override {
    return MachineTime(timeline_.Now() - timeline_.Start());
  }

  /// In steps of 10 ms, so that the few milliseconds of jitter with which
  /// rivals look again, drawn from the machine, leave the day what it is.
  void After(std::chrono::milliseconds delay,
             absl::AnyInvocable<void()> work) override {
    constexpr std::int64_t kStep = 10;
    auto const steps = (delay.count() + kStep - 1) / kStep;
    timeline_.After(std::chrono::milliseconds(steps * kStep), std::move(work));
  }

 private:
  Timeline& timeline_;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_TIMELINE_H
