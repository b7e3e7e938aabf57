#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_CASE_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_CASE_STORE_H

#include "services/base/mutex.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/issuance_queue.h"
#include "absl/base/thread_annotations.h"
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::renewal {

/// The twin of `RedisCaseStore` for tests: in memory, answers on the caller's
/// thread, never fails by itself. Thread safe.
class MemoryCaseStore : public CaseStore, public IssuanceQueue {
 public:
  void Look(OfficeId const& office, RequestId const& request, CaseId const& id,
            MachineTime deadline, Done<CaseView> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void Settle(CaseSettlement const& settlement, MachineTime deadline,
              Done<SettledCase> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void ListOfTicket(OfficeId const& office, TicketRef const& ticket,
                    MachineTime deadline,
                    Done<std::vector<RenewalCase>> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void ListLive(OfficeId const& office, CaseId const& after, int limit,
                MachineTime deadline,
                Done<std::vector<RenewalCase>> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void ListParked(OfficeId const& office, MachineTime deadline,
                  Done<std::vector<CaseId>> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void TakeQueued(std::string const& consumer, int limit,
                  std::chrono::milliseconds idle, MachineTime deadline,
                  Done<std::vector<QueuedIssuance>> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void DropQueued(std::string const& entry, MachineTime deadline,
                  Done<std::monostate> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void LookWork(OfficeId const& office, Timestamp now, int limit,
                MachineTime deadline, Done<CaseWork> done) override
      ABSL_LOCKS_EXCLUDED(mu_);

  /// The log of an office, in order.
  std::vector<CaseEvent> Events(OfficeId const& office)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  using Key = std::pair<OfficeId, CaseId>;
  struct Kept {
    RenewalCase renewal;
    std::optional<Timestamp> loses_track;
  };

  absl::StatusOr<SettledCase> SettleNow(CaseSettlement const& settlement)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  struct Queued {
    QueuedIssuance issuance;
    /// When it was taken last; nothing if never.
    std::optional<MachineTime> taken;
  };

  Mutex mu_;
  std::vector<Queued> queue_ ABSL_GUARDED_BY(mu_);
  int entries_ ABSL_GUARDED_BY(mu_) = 0;
  std::map<Key, Kept> cases_ ABSL_GUARDED_BY(mu_);
  std::map<RequestId, SettledCase> settled_ ABSL_GUARDED_BY(mu_);
  std::map<OfficeId, std::vector<CaseEvent>> logs_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_CASE_STORE_H
