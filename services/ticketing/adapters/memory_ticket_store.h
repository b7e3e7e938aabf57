#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_TICKET_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_TICKET_STORE_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {

/// Keeps everything in memory: for tests and simulations.
///
/// `done` has run when a method returns, on the caller's thread; deadlines do
/// not matter and nothing fails with kUnavailable. Remembers requests until the
/// second opening of a new day after them. Logs grow for ever.
class MemoryTicketStore : public TicketStore {
 public:
  void OpenDay(Hall const& hall, Timestamp now, MachineTime deadline,
               Done<std::monostate> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void ListTickets(Hall const& hall, TicketId const& after, int limit,
                   MachineTime deadline, Done<TicketPage> done) override
      ABSL_LOCKS_EXCLUDED(mu_);
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  // Tickets in the order of their ranks, each at most once.
  class RankedTickets {
   public:
    void Put(TicketId const& id, Rank rank);
    void Remove(TicketId const& id);
    void RemoveUpTo(Rank rank);
    std::size_t CountBehind(Rank rank) const;
    std::set<CallOrder> const& InOrder() const { return order_; }

   private:
    std::set<CallOrder> order_;
    std::unordered_map<TicketId, Rank> ranks_;
  };

  struct ServiceQueue {
    RankedTickets waiting;
    // Tickets of other services that were called before somebody here.
    RankedTickets over;
  };

  struct OfficeState {
    BusinessDay day;
    Rank last_rank{-1};
    // The log; the sequence of its first event is 1.
    std::vector<Event> log;
    // Of the day.
    std::map<SeriesId, std::int64_t> next_serial;
    std::map<std::pair<SeriesId, std::int64_t>, TicketId> issued;
    std::unordered_map<TicketId, Ticket> tickets;
    std::unordered_map<CounterId, Counter> counters;
    std::map<ServiceId, ServiceQueue> queues;

    std::int64_t Append(Event event);
    Counter CounterNow(CounterId const& id) const;
    ServiceQueue const& Queue(ServiceId const& service) const;
  };

  absl::Status OpenDayNow(Hall const& hall, Timestamp now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<Settled> IssueNow(IssueOrder const& order)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<View> LookNow(LookQuery const& query)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<Settled> SettleNow(Settlement const& settlement)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<TicketPage> ListNow(Hall const& hall, TicketId const& after,
                                     int limit)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  EventPage ReadLogNow(OfficeId const& office, std::int64_t after, int limit)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  absl::StatusOr<OfficeState*> OpenHall(Hall const& hall)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  SettledRequest const* FindRequest(RequestId const& id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  Mutex mu_;
  std::map<OfficeId, OfficeState> offices_ ABSL_GUARDED_BY(mu_);
  BusinessDay newest_day_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<RequestId, SettledRequest> requests_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<RequestId, SettledRequest> earlier_requests_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_TICKET_STORE_H
