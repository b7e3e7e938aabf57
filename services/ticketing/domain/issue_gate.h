#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_ISSUE_GATE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_ISSUE_GATE_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/store_room.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <atomic>

namespace madoguchi::ticketing {

/// Whether new tickets may be made. Every command that makes one asks here
/// first; what moves or ends a ticket that is there does not, for those who
/// wait must be served whatever is short. Thread safe.
class IssueGate {
 public:
  /// What is kept of each for the tickets that are there.
  struct Reserves {
    Reserve disk;
    Reserve memory;
  };

  explicit IssueGate(Reserves const& reserves) : reserves_(reserves) {}

  /// A gate that nobody closes.
  static IssueGate const& AlwaysOpen();

  /// Opens or closes by what the store has left. Returns whether that, or the
  /// reason, is news.
  bool Note(StoreRoom const& room) ABSL_LOCKS_EXCLUDED(mu_);

  /// OK if new tickets may be made, else kResourceExhausted: `STORE_DISK_LOW`
  /// or `STORE_MEMORY_LOW`. Cheap while open.
  absl::Status Check() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  Reserves const reserves_;
  std::atomic<bool> open_{true};
  mutable Mutex mu_;
  bool disk_low_ ABSL_GUARDED_BY(mu_) = false;
  bool memory_low_ ABSL_GUARDED_BY(mu_) = false;
  absl::Status refusal_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_ISSUE_GATE_H
