#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_TICKET_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_TICKET_STORE_H

#include "services/redis/client.h"
#include "services/ticketing/adapters/issue_batcher.h"
#include "services/ticketing/domain/ticket_store.h"
#include <memory>
#include <optional>
#include <string>

namespace madoguchi::ticketing {

/// Keeps everything in Redis 7, so that any number of processes may work on it.
/// The keys and commands are in README.md.
///
/// Each method is one round trip: one Redis Function; tickets that are ordered
/// at the same time share one. `done` runs on the thread
/// of the client's event loop.
class RedisTicketStore : public TicketStore {
 public:
  /// `client` must outlive this and greet with `LoadTicketingLibrary()`. Calls
  /// may be pending when this is destroyed.
  RedisTicketStore(redis::Client& client, CityId const& city);
  ~RedisTicketStore() override;

  void OpenDay(Hall const& hall, bool carry_over, Timestamp now,
               MachineTime deadline, Done<std::monostate> done) override;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override;
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override;
  void LookDue(OfficeId const& office, Timestamp now, int limit,
               MachineTime deadline, Done<DueView> done) override;
  void LookSweep(OfficeId const& office, BusinessDay from, int limit,
                 MachineTime deadline, Done<SweepView> done) override;
  void SettleSweep(SweepSettlement const& settlement, MachineTime deadline,
                   Done<std::monostate> done) override;
  void TrimLog(OfficeId const& office, int days, MachineTime deadline,
               Done<std::monostate> done) override;
  void FindNumber(Hall const& hall, Series const& series,
                  std::string const& number, MachineTime deadline,
                  Done<std::optional<Ticket>> done) override;
  void ListTickets(Hall const& hall, TicketId const& after, int limit,
                   MachineTime deadline, Done<TicketPage> done) override;
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override;

 private:
  redis::Client& client_;
  std::string const prefix_;
  std::shared_ptr<IssueBatcher> const issues_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_TICKET_STORE_H
