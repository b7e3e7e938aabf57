#include "services/ticketing/domain/issue_gate.h"
#include "services/ticketing/domain/errors.h"
#include <utility>

namespace madoguchi::ticketing {

IssueGate const& IssueGate::AlwaysOpen() {
  static IssueGate const gate{Reserves{}};
  return gate;
}

bool IssueGate::Note(StoreRoom const& room) {
  MutexLock lock(mu_);
  disk_low_ = room.disk && IsLow(*room.disk, reserves_.disk, disk_low_);
  memory_low_ =
      room.memory && IsLow(*room.memory, reserves_.memory, memory_low_);
  // The disk first: when it is full, everything stands still.
  auto refusal = disk_low_     ? error::StoreDiskLow()
                 : memory_low_ ? error::StoreMemoryLow()
                               : absl::OkStatus();
  if (refusal == refusal_) return false;
  refusal_ = std::move(refusal);
  open_ = refusal_.ok();
  return true;
}

absl::Status IssueGate::Check() const {
  if (open_) return absl::OkStatus();
  MutexLock lock(mu_);
  return refusal_;
}

}  // namespace madoguchi::ticketing
