#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_QUEUE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_QUEUE_H

#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <set>
#include <unordered_map>

namespace madoguchi::ticketing {

/// Tickets in the order of their ranks, each at most once. Not thread safe.
class RankedTickets {
 public:
  void Put(TicketId const& id, Rank rank);
  /// The same, unless it is there with a rank further behind.
  void PutBack(TicketId const& id, Rank rank);
  void Remove(TicketId const& id);
  void RemoveUpTo(Rank rank);
  std::int64_t CountBehind(Rank rank) const;
  std::set<CallOrder> const& InOrder() const { return order_; }

 private:
  std::set<CallOrder> order_;
  std::unordered_map<TicketId, Rank> ranks_;
};

/// A queue in memory.
struct MemoryQueue {
  RankedTickets waiting;
  /// Tickets of other queues that were called before somebody here.
  RankedTickets over;

  /// How many went before somebody here who ranks `rank`.
  std::int64_t Overtakes(Rank rank) const { return over.CountBehind(rank); }
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_QUEUE_H
