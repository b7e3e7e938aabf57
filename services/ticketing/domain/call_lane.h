#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_CALL_LANE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_CALL_LANE_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/desk_context.h"
#include "absl/base/thread_annotations.h"
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// One press of "next" at a counter.
struct CallPress {
  CounterSettings const* counter;
  std::int64_t session;
  Request request;
  MachineTime deadline;
  Done<Outcome> done;
  /// For the event.
  std::string device = {};
};

/// Takes every press of "next" in one office, in this process.
///
/// Presses that come while others are under way wait and then go together: one
/// look for all of them, one decision after the other, each on what the ones
/// before it leave, and all settled in one flight. So presses of one process
/// are never rivals, and a press costs a settle and its share of a look. Rivals
/// exist only in other processes; whoever they beat looks again after a few
/// milliseconds.
///
/// Thread safe. Made with `std::make_shared`; stays alive while presses are
/// under way. The context and `office` must outlive it.
class CallLane : public std::enable_shared_from_this<CallLane> {
 public:
  CallLane(DeskContext const& context, Office const& office)
      : context_(context), office_(office) {}

  /// Fails with `COUNTER_CLOSED`, `COUNTER_TAKEN_OVER`, `COUNTER_BUSY`,
  /// `COUNTER_PAUSED`, `REQUEST_ID_REUSED`, `QUEUE_CONTENDED` and as the store
  /// does. When nobody waits, the outcome has no ticket.
  void Call(CallPress press) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  struct Batch;

  void Start() ABSL_LOCKS_EXCLUDED(mu_);
  void Look(std::shared_ptr<Batch> const& batch);
  void Looked(std::shared_ptr<Batch> const& batch, absl::StatusOr<View> view);
  void Fail(std::shared_ptr<Batch> const& batch, absl::Status const& status)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Finish(std::shared_ptr<Batch> const& batch) ABSL_LOCKS_EXCLUDED(mu_);

  DeskContext const context_;
  Office const& office_;

  Mutex mu_;
  bool running_ ABSL_GUARDED_BY(mu_) = false;
  std::deque<CallPress> waiting_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_CALL_LANE_H
