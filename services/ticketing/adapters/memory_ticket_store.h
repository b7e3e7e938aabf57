#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_TICKET_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_TICKET_STORE_H

#include "services/base/mutex.h"
#include "services/ticketing/adapters/memory_office.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/statusor.h"
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace madoguchi::ticketing {

/// Keeps everything in memory: for tests and simulations.
///
/// `done` has run when a method returns, on the caller's thread; deadlines do
/// not matter and nothing fails with kUnavailable. Remembers requests until the
/// second opening of a new day after them. Of days that are swept it keeps only
/// the log.
class MemoryTicketStore : public TicketStore {
 public:
  void OpenDay(Hall const& hall, bool carry_over, Timestamp now,
               MachineTime deadline, Done<std::monostate> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void LookDue(OfficeId const& office, Timestamp now, int limit,
               MachineTime deadline, Done<DueView> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void LookSweep(OfficeId const& office, BusinessDay from, int limit,
                 MachineTime deadline, Done<SweepView> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void SettleSweep(SweepSettlement const& settlement, MachineTime deadline,
                   Done<std::monostate> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void TrimLog(OfficeId const& office, int days, MachineTime deadline,
               Done<std::monostate> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void FindNumber(Hall const& hall, Series const& series,
                  std::string const& number, MachineTime deadline,
                  Done<std::optional<Ticket>> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void ListTickets(Hall const& hall, TicketId const& after, int limit,
                   MachineTime deadline, Done<TicketPage> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  absl::Status OpenDayNow(Hall const& hall, bool carry_over, Timestamp now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<Settled> IssueNow(IssueOrder const& order)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<View> LookNow(LookQuery const& query)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<Settled> SettleNow(Settlement const& settlement)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  MemoryOffice& OfficeOf(OfficeId const& id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<MemoryHall*> OpenHall(Hall const& hall)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  SettledRequest const* FindRequest(RequestId const& id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  Mutex mu_;
  std::map<OfficeId, MemoryOffice> offices_ ABSL_GUARDED_BY(mu_);
  BusinessDay newest_day_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<RequestId, SettledRequest> requests_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<RequestId, SettledRequest> earlier_requests_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_TICKET_STORE_H
