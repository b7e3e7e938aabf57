#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_REDIS_CASE_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_REDIS_CASE_STORE_H

#include "services/redis/client.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/issuance_queue.h"
#include <string>
#include <vector>

namespace madoguchi::renewal {

/// The cases of a city in Redis; README.md has its keys and records.
///
/// Thread safe. Answers on the thread of the client's loop. Besides what the
/// port says, methods fail with kUnavailable `STORE_READ_ONLY`,
/// kResourceExhausted `STORE_FULL` (a new case only), and kInternal
/// `STORE_KEY_FOREIGN` or `STORE_ERROR`: nothing was changed.
class RedisCaseStore : public CaseStore, public IssuanceQueue {
 public:
  /// `client` must greet with `LoadRenewalLibrary` and outlive this.
  RedisCaseStore(redis::Client& client, CityId const& city);

  void Look(OfficeId const& office, RequestId const& request, CaseId const& id,
            MachineTime deadline, Done<CaseView> done) override;
  void Settle(CaseSettlement const& settlement, MachineTime deadline,
              Done<SettledCase> done) override;
  void ListOfTicket(OfficeId const& office, TicketRef const& ticket,
                    MachineTime deadline,
                    Done<std::vector<RenewalCase>> done) override;
  void ListLive(OfficeId const& office, CaseId const& after, int limit,
                MachineTime deadline,
                Done<std::vector<RenewalCase>> done) override;
  void ListParked(OfficeId const& office, MachineTime deadline,
                  Done<std::vector<CaseId>> done) override;
  void TakeQueued(std::string const& consumer, int limit,
                  std::chrono::milliseconds idle, MachineTime deadline,
                  Done<std::vector<QueuedIssuance>> done) override;
  void DropQueued(std::string const& entry, MachineTime deadline,
                  Done<std::monostate> done) override;
  void LookWork(OfficeId const& office, Timestamp now, int limit,
                MachineTime deadline, Done<CaseWork> done) override;

 private:
  void AddKey(redis::CommandLine& to, OfficeId const& office,
              std::string_view name) const;
  void AddDayKey(redis::CommandLine& to, OfficeId const& office,
                 std::string_view name, std::string_view id) const;

  redis::Client& client_;
  std::string const prefix_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_REDIS_CASE_STORE_H
