#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_STAFF_DOOR_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_STAFF_DOOR_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace madoguchi::ticket_machine {

/// Lets staff in by their key, and knows whether they are there. Thread safe.
class StaffDoor {
 public:
  /// Staff who do nothing for so long have gone: they forget to say so.
  static constexpr std::chrono::seconds kPresentFor{60};
  /// So many wrong keys in a row are no slip of a finger.
  static constexpr int kWrongKeys = 5;
  static constexpr std::chrono::seconds kLockedFor{30};

  StaffDoor(std::string key, std::function<MachineTime()> now)
      : key_(std::move(key)), now_(std::move(now)) {}

  /// OK if `key` is right; staff are then there. Else kPermissionDenied,
  /// `STAFF_KEY_WRONG`, or, whatever the key, kResourceExhausted,
  /// `STAFF_KEY_LOCKED`.
  absl::Status Enter(std::string_view key) ABSL_LOCKS_EXCLUDED(mu_);

  /// Says that they have gone.
  void Leave() ABSL_LOCKS_EXCLUDED(mu_);

  bool staff_are_there() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  std::string const key_;
  std::function<MachineTime()> const now_;
  Mutex mu_;
  int wrong_ ABSL_GUARDED_BY(mu_) = 0;
  MachineTime locked_until_ ABSL_GUARDED_BY(mu_) = MachineTime::min();
  MachineTime present_until_ ABSL_GUARDED_BY(mu_) = MachineTime::min();
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_STAFF_DOOR_H
