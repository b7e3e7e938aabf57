#include "clients/ticket_machine/staff_door.h"
#include "clients/ticket_machine/errors.h"
#include <cstddef>

namespace madoguchi::ticket_machine {
namespace {

// How long it takes tells nothing about where `given` is wrong.
bool IsSame(std::string_view given, std::string_view key) {
  unsigned difference = given.size() == key.size() ? 0 : 1;
  for (std::size_t i = 0; i != given.size(); ++i) {
    difference |= static_cast<unsigned char>(given[i]) ^
                  static_cast<unsigned char>(key[i % key.size()]);
  }
  return difference == 0;
}

}  // namespace

absl::Status StaffDoor::Enter(std::string_view key) {
  MutexLock const lock(mu_);
  auto const now = now_();
  if (now < locked_until_) {
    return error::StaffKeyLocked(
        std::chrono::ceil<std::chrono::seconds>(locked_until_ - now));
  }
  if (key_.empty() || !IsSame(key, key_)) {
    if (++wrong_ == kWrongKeys) {
      wrong_ = 0;
      locked_until_ = now + kLockedFor;
    }
    return error::StaffKeyWrong();
  }
  wrong_ = 0;
  present_until_ = now + kPresentFor;
  return absl::OkStatus();
}

void StaffDoor::Leave() {
  MutexLock const lock(mu_);
  present_until_ = MachineTime::min();
}

bool StaffDoor::staff_are_there() {
  MutexLock const lock(mu_);
  return now_() < present_until_;
}

}  // namespace madoguchi::ticket_machine
