#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_GUARD_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_GUARD_H

#include "services/base/clock.h"
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace madoguchi::ticket_machine {

/// Tells a press from a tremble: a finger that hits the same key again at once,
/// or rests on it, pressed it once. Used by one thread.
class PressGuard {
 public:
  static constexpr std::chrono::milliseconds kTremble{700};

  explicit PressGuard(std::function<MachineTime()> now)
      : now_(std::move(now)) {}

  /// Whether `pressed` counts: not if it is what was pressed less than
  /// `kTremble` ago, counted or not.
  bool Accept(std::string const& pressed) {
    auto const now = now_();
    bool const again =
        last_time_ && pressed == last_ && now - *last_time_ < kTremble;
    last_ = pressed;
    last_time_ = now;
    return !again;
  }

 private:
  std::function<MachineTime()> const now_;
  std::string last_;
  std::optional<MachineTime> last_time_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_GUARD_H
