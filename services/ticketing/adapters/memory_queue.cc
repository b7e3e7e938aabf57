#include "services/ticketing/adapters/memory_queue.h"
#include <iterator>

namespace madoguchi::ticketing {

void RankedTickets::Put(TicketId const& id, Rank rank) {
  Remove(id);
  order_.insert({rank, id});
  ranks_[id] = rank;
}

void RankedTickets::PutBack(TicketId const& id, Rank rank) {
  auto const found = ranks_.find(id);
  if (found == ranks_.end() || found->second < rank) Put(id, rank);
}

void RankedTickets::Remove(TicketId const& id) {
  auto const found = ranks_.find(id);
  if (found == ranks_.end()) return;
  order_.erase({found->second, id});
  ranks_.erase(found);
}

void RankedTickets::RemoveUpTo(Rank rank) {
  while (!order_.empty() && order_.begin()->rank <= rank) {
    ranks_.erase(order_.begin()->id);
    order_.erase(order_.begin());
  }
}

std::int64_t RankedTickets::CountBehind(Rank rank) const {
  auto const behind = order_.lower_bound({{rank.ms + 1}, {}});
  return std::distance(behind, order_.end());
}

}  // namespace madoguchi::ticketing
