#ifndef MADOGUCHI_TESTS_SUPPORT_FAKE_CLOCK_H
#define MADOGUCHI_TESTS_SUPPORT_FAKE_CLOCK_H

#include "services/base/clock.h"
#include <atomic>
#include <chrono>

namespace madoguchi {

/// Office time that only changes when told to. Thread safe.
class FakeClock : public Clock {
 public:
  explicit FakeClock(Timestamp now) : now_(now) {}

  Timestamp Now() const override { return now_; }
  void Set(Timestamp now) { now_ = now; }
  void Advance(std::chrono::milliseconds by) { now_ = Now() + by; }

 private:
  std::atomic<Timestamp> now_;
};

}  // namespace madoguchi

#endif  // MADOGUCHI_TESTS_SUPPORT_FAKE_CLOCK_H
