#ifndef MADOGUCHI_SERVICES_BASE_CLOCK_H
#define MADOGUCHI_SERVICES_BASE_CLOCK_H

#include "absl/status/statusor.h"
#include <chrono>
#include <memory>
#include <string>

namespace madoguchi {

/// A point in office time, as finely as the system tells time apart.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// A point in machine time: deadlines, backoff, heartbeats.
using MachineTime = std::chrono::steady_clock::time_point;

/// Tells the time of the office: what people see on the wall. Nothing else may
/// read the system clock for it. Thread safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp Now() const = 0;
};

/// Office time is the system's.
class SystemClock : public Clock {
 public:
  Timestamp Now() const override;
};

/// Office time runs `factor` times as fast as the system's since
/// `machine_start`, when it was `office_start`.
///
/// All processes of a replay are given the same three values and so agree.
class ScaledClock : public Clock {
 public:
  struct Scale {
    double factor = 1;
    Timestamp office_start;
    Timestamp machine_start;
  };
  explicit ScaledClock(Scale const& scale) : scale_(scale) {}

  Scale const& scale() const { return scale_; }

  Timestamp Now() const override;

  /// The system time at which this clock will show `office_time`.
  Timestamp MachineTimeOf(Timestamp office_time) const;

 private:
  Scale scale_;
};

/// Reads `factor,office_start_ms,machine_start_ms`, the last two in
/// milliseconds since 1970. Returns kInvalidArgument, saying what is wrong, if
/// the text is not that or `factor` is not in (0, 100000].
absl::StatusOr<ScaledClock::Scale> ParseScale(std::string const& text);

/// Writes a scale so that `ParseScale` reads it.
std::string FormatScale(ScaledClock::Scale const& scale);

/// The clock that a program's flags name: `kind` is `system`, or `scaled` by
/// `scale`. Returns kInvalidArgument, saying what is wrong.
absl::StatusOr<std::unique_ptr<Clock>> MakeClock(std::string const& kind,
                                                 std::string const& scale);

/// How fast `clock` runs: 1, unless it is scaled.
double SpeedOf(Clock const& clock);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_CLOCK_H
