#include "services/ticketing/domain/settlement.h"
#include "services/ticketing/domain/queues.h"

namespace madoguchi::ticketing {
namespace {

template <typename T>
void AddDue(Office const& office, Change<T> const& change, DueChange& due) {
  AddDueChange(DueOf(office, change.before), DueOf(office, change.after), due);
}

}  // namespace

void FillIn(Office const& office, Settlement& settlement) {
  if (settlement.counter) AddDue(office, *settlement.counter, settlement.due);
  if (settlement.ticket) {
    AddDue(office, *settlement.ticket, settlement.due);
    if (settlement.event) {
      settlement.event->waited_in = WaitsIn(settlement.ticket->before);
    }
  }
  if (settlement.event && settlement.issue) {
    settlement.issue->event.device = settlement.event->device;
  }
  for (auto& further : settlement.further) {
    if (settlement.event) further.event.device = settlement.event->device;
    AddDue(office, further.ticket, settlement.due);
    further.event.waited_in = WaitsIn(further.ticket.before);
  }
  if (settlement.fires) {
    // Firing removes it anyway.
    std::erase(settlement.due.cleared, KeyOf(*settlement.fires));
  }
}

void GuardTarget(QueueId const& queue, std::span<Counter const> seen,
                 Settlement& settlement) {
  for (auto const& counter : seen) {
    bool const is_own =
        settlement.counter && settlement.counter->before.id == counter.id;
    if (!is_own && queue == CounterQueue(counter.id)) {
      settlement.target = counter;
    }
  }
}

QueueId WaitsIn(Ticket const& ticket) {
  return ticket.state == TicketState::kWaiting ? QueueOf(ticket) : QueueId();
}

}  // namespace madoguchi::ticketing
