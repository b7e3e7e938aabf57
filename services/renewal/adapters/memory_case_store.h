#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_CASE_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_CASE_STORE_H

#include "services/base/mutex.h"
#include "services/renewal/domain/case_store.h"
#include "absl/base/thread_annotations.h"
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::renewal {

/// The twin of `RedisCaseStore` for tests: in memory, answers on the caller's
/// thread, never fails by itself. Thread safe.
class MemoryCaseStore : public CaseStore {
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

  Mutex mu_;
  std::map<Key, Kept> cases_ ABSL_GUARDED_BY(mu_);
  std::map<RequestId, SettledCase> settled_ ABSL_GUARDED_BY(mu_);
  std::map<OfficeId, std::vector<CaseEvent>> logs_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_CASE_STORE_H
