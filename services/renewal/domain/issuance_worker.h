#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ISSUANCE_WORKER_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ISSUANCE_WORKER_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "services/base/scheduler.h"
#include "services/renewal/domain/authority_port.h"
#include "services/renewal/domain/case_settings.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/issuance_queue.h"
#include "services/renewal/domain/upstream_desk.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::renewal {

/// How long an attempt waits for its answer, in office time: the authority acts
/// on none that is older.
inline constexpr std::chrono::seconds kCallLimit{60};

/// How much later that is certain, whatever clocks and wires do. An authority
/// that has not heard of an attempt by then never will.
inline constexpr std::chrono::seconds kFinalAfter{75};

/// What the worker works with. None of it is owned; all of it must outlive the
/// worker and every attempt under way.
struct WorkerContext {
  std::map<OfficeId, CaseSettings> const& settings;
  CaseStore& store;
  IssuanceQueue& queue;
  AuthorityPort& authority;
  UpstreamDesk& upstream;
  /// Office time, and how fast it runs.
  Clock const& clock;
  double speed = 1;
  /// Machine time.
  Scheduler& scheduler;
  /// This process: no other, and none before it, has the same.
  std::string replica;
};

/// Takes planned requests from the queue, asks the authority for each once, and
/// sees to it that what came of it is known.
///
/// * Nothing leaves before the breaker allows it and SENT is kept.
/// * A request that was sent is never sent again. If its answer is missing, the
///   authority is asked what became of it once its answer is final; again only
///   as the retry budget allows, with growing pauses. This is also done by
///   another replica, for one that was killed.
/// * What the authority never heard of was not issued: the clerk may ask anew.
///   What nobody can say stays SENT and becomes UNKNOWN by itself.
///
/// Made with `std::make_shared`. Thread safe; does not block.
class IssuanceWorker : public std::enable_shared_from_this<IssuanceWorker> {
 public:
  explicit IssuanceWorker(WorkerContext context);

  /// Begins what there is to do. To be called several times a second.
  void Pass() ABSL_LOCKS_EXCLUDED(mu_);

  /// Begins nothing more; what is under way goes on.
  void Stop() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  /// One entry of the queue that this replica takes care of.
  struct Held {
    QueuedIssuance issuance;
    bool busy = false;
    /// Not to be looked at before.
    MachineTime next;
    /// Questions that were asked.
    int asked = 0;
    /// Times it could not leave.
    int tries = 0;
  };
  using Number = std::int64_t;

  void Take(int limit);
  void Taken(absl::StatusOr<std::vector<QueuedIssuance>> const& taken)
      ABSL_LOCKS_EXCLUDED(mu_);
  void BeginDue() ABSL_LOCKS_EXCLUDED(mu_);
  /// Whether one of those that are held may be looked at, or is.
  bool IsOneDue() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Step(Number number, QueuedIssuance const& issuance);
  void Decide(Number number, QueuedIssuance const& issuance,
              RenewalCase const& renewal);
  void AskToSend(Number number, RenewalCase const& renewal);
  void Send(Number number, RenewalCase const& renewal, Timestamp began);
  void Call(Number number, RenewalCase const& renewal);
  void TakeCallResult(Number number, RenewalCase const& renewal,
                      absl::StatusOr<AuthorityAnswer> const& answer);
  void Question(Number number, RenewalCase const& renewal);
  void AskToFind(Number number, RenewalCase const& renewal, bool is_repeat);
  void Find(Number number, RenewalCase const& renewal, Timestamp began,
            bool is_repeat);
  void Settle(Number number, RenewalCase const& renewal,
              AuthorityAnswer const& answer);
  void NoteCall(EndedCall::End end, Timestamp began, bool is_repeat);
  void Drop(Number number) ABSL_LOCKS_EXCLUDED(mu_);
  void Later(Number number, std::chrono::milliseconds pause)
      ABSL_LOCKS_EXCLUDED(mu_);
  int QuestionsOf(Number number) ABSL_LOCKS_EXCLUDED(mu_);
  int CountQuestion(Number number) ABSL_LOCKS_EXCLUDED(mu_);
  int CountTry(Number number) ABSL_LOCKS_EXCLUDED(mu_);

  Permission MayCallNow() const;
  MachineTime StoreDeadline() const;
  std::chrono::milliseconds InMachineTime(
      std::chrono::milliseconds office_time) const;
  std::chrono::milliseconds PauseBefore(int nth, Number number) const;

  WorkerContext const context_;
  CallerId const caller_;

  Mutex mu_;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  bool taking_ ABSL_GUARDED_BY(mu_) = false;
  Number last_ ABSL_GUARDED_BY(mu_) = 0;
  /// In the order in which they were taken.
  std::map<Number, Held> held_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ISSUANCE_WORKER_H
