#include "services/ticketing/domain/office_state_fold.h"
#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/settlement.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticketing {
namespace {

bool IsOfNewTicket(EventKind kind) {
  return kind == EventKind::kTicketIssued ||
         kind == EventKind::kTicketArrived || kind == EventKind::kVisitorServed;
}

bool IsByTurn(Event const& event) {
  return event.kind == EventKind::kTicketCalled &&
         CallReasonOf(event.reason) != CallReason::kByNumber;
}

// Whether the ticket of the event is one that waits, or ended, today.
bool IsOfToday(Event const& event, BusinessDay day) {
  auto const& ticket = *event.ticket;
  return event.kind == EventKind::kTicketCarriedOver || DayOf(ticket.id) == day;
}

template <typename Map>
void EraseIfEmpty(Map& map, typename Map::key_type const& key) {
  auto const at = map.find(key);
  if (at != map.end() && at->second.empty()) map.erase(at);
}

}  // namespace

std::vector<std::string> OfficeStateFold::Apply(Event const& event) {
  impossible_.clear();
  auto const expected = state_.sequence + 1;
  bool const begins_later = state_.sequence == 0 && event.sequence > 1 &&
                            event.kind == EventKind::kDayOpened;
  if (event.sequence != expected && !begins_later) {
    Complain("SEQUENCE_GAP", absl::StrCat("event ", event.sequence,
                                          " came instead of ", expected));
    if (event.sequence < expected) return std::exchange(impossible_, {});
  }
  if (begins_later) leftovers_known_ = false;
  state_.sequence = event.sequence;
  if (event.kind == EventKind::kDayOpened) {
    OpenDay(event);
    // Of the day after, all is known.
    if (!begins_later) leftovers_known_ = true;
    return std::exchange(impossible_, {});
  }
  if (state_.day.yyyymmdd == 0) {
    Complain("DAY_NOT_OPEN", "there was no day yet");
  } else if (event.day != state_.day) {
    Complain("DAY_OTHER", absl::StrCat("it is of ", event.day.yyyymmdd,
                                       ", open is ", state_.day.yyyymmdd));
  }
  if (event.ticket) {
    ApplyTicket(event);
  } else if (!event.counter) {
    Complain("TICKET_MISSING", "it has neither ticket nor counter");
  }
  if (event.counter) ApplyCounter(event);
  return std::exchange(impossible_, {});
}

void OfficeStateFold::OpenDay(Event const& event) {
  if (event.day <= state_.day) {
    Complain("DAY_NOT_LATER",
             absl::StrCat(event.day.yyyymmdd, " after ", state_.day.yyyymmdd));
  }
  if (!state_.leftovers.empty()) {
    Complain("DAY_NOT_SWEPT", absl::StrCat(state_.leftovers.size(),
                                           " tickets were not settled"));
    for (auto const& [id, ticket] : state_.leftovers) ClearDue(ticket);
    state_.leftovers.clear();
  }
  for (auto const& [id, counter] : state_.counters) ClearDue(counter);
  std::erase_if(state_.tickets,
                [](auto const& entry) { return !IsLive(entry.second.state); });
  state_.leftovers = std::exchange(state_.tickets, {});
  state_.counters.clear();
  state_.waiting.clear();
  state_.over.clear();
  state_.next_serials.clear();
  state_.day = event.day;
}

void OfficeStateFold::ApplyTicket(Event const& event) {
  auto const& ticket = *event.ticket;
  // Before the ticket leaves its queue: heads are compared.
  if (IsByTurn(event)) NoteCall(event);
  if (auto const at = state_.tickets.find(ticket.id);
      at != state_.tickets.end()) {
    auto const before = at->second;
    Forget(event, state_.tickets, before);
  } else if (auto const left = state_.leftovers.find(ticket.id);
             left != state_.leftovers.end()) {
    auto const before = left->second;
    Forget(event, state_.leftovers, before);
    // It ended with its day.
    if (!IsOfToday(event, state_.day)) return;
  } else if (DayOf(ticket.id) != state_.day && !leftovers_known_) {
    if (!IsOfToday(event, state_.day)) return;
  } else {
    CheckNew(event);
  }
  state_.tickets[ticket.id] = ticket;
  if (DayOf(ticket.id) == state_.day) NoteSerial(ticket.id);
  if (ticket.state == TicketState::kWaiting) {
    state_.waiting[QueueOf(ticket)].insert(CallOrderOf(ticket));
  }
  SetDue(ticket);
}

void OfficeStateFold::Forget(Event const& event,
                             std::map<TicketId, Ticket>& from,
                             Ticket const& before) {
  auto const& after = *event.ticket;
  if (IsOfNewTicket(event.kind)) {
    Complain("TICKET_KNOWN", before.id.value + " was issued before");
  } else if (after.version != before.version + 1) {
    Complain("VERSION_NOT_NEXT",
             absl::StrCat(before.id.value, " goes from ", before.version,
                          " to ", after.version));
  }
  if (event.waited_in != WaitsIn(before)) {
    Complain(
        "QUEUE_OTHER",
        absl::StrCat(before.id.value, " waited in `", WaitsIn(before).value,
                     "`, the event says `", event.waited_in.value, "`"));
  }
  auto const queue = QueueOf(before);
  if (auto const at = state_.waiting.find(queue); at != state_.waiting.end()) {
    at->second.erase(CallOrderOf(before));
    EraseIfEmpty(state_.waiting, queue);
  }
  ClearDue(before);
  from.erase(before.id);
}

void OfficeStateFold::CheckNew(Event const& event) {
  auto const& ticket = *event.ticket;
  if (!IsOfNewTicket(event.kind)) {
    Complain("TICKET_UNKNOWN", ticket.id.value + " was never issued");
  } else if (ticket.version != 1) {
    Complain("VERSION_NOT_NEXT",
             absl::StrCat(ticket.id.value, " begins with ", ticket.version));
  }
}

void OfficeStateFold::NoteCall(Event const& event) {
  auto const order = CallOrderOf(*event.ticket);
  auto const own = state_.waiting.find(event.waited_in);
  if (own == state_.waiting.end() || *own->second.begin() != order) {
    Complain("NOT_HEAD", absl::StrCat(order.id.value, " is not the first in `",
                                      event.waited_in.value, "`"));
  }
  auto const* const counter = office_.FindCounter(event.ticket->counter);
  if (counter == nullptr) {
    Complain("COUNTER_UNKNOWN", event.ticket->counter.value);
    return;
  }
  for (auto const& queue : OthersServed(office_, *counter, event.waited_in)) {
    auto const other = state_.waiting.find(queue);
    if (other == state_.waiting.end() || order < *other->second.begin()) {
      continue;
    }
    auto& rank =
        state_.over[queue].try_emplace(order.id, order.rank).first->second;
    // Once for all those whom the visitor ever went before.
    rank = std::max(rank, order.rank);
  }
  auto const overtakers = state_.over.find(event.waited_in);
  if (overtakers == state_.over.end()) return;
  std::erase_if(overtakers->second,
                [&](auto const& entry) { return entry.second <= order.rank; });
  EraseIfEmpty(state_.over, event.waited_in);
}

void OfficeStateFold::NoteSerial(TicketId const& id) {
  auto const& text = id.value;
  auto const series = text.find('-') + 1;
  auto const series_end = text.rfind('-');
  std::int64_t serial = 0;
  if (!absl::SimpleAtoi(text.substr(series_end + 1), &serial)) return;
  auto& next = state_.next_serials[{text.substr(series, series_end - series)}];
  next = std::max(next, serial + 1);
}

void OfficeStateFold::ApplyCounter(Event const& event) {
  auto const& counter = *event.counter;
  // Commands that ask nothing of a counter name one that nobody has opened.
  if (counter.version == 0) return;
  auto const known = state_.counters.find(counter.id);
  auto const version =
      known == state_.counters.end() ? 0 : known->second.version;
  bool const unchanged =
      known != state_.counters.end() && known->second == counter;
  if (!unchanged && counter.version != version + 1) {
    Complain("VERSION_NOT_NEXT",
             absl::StrCat("counter ", counter.id.value, " goes from ", version,
                          " to ", counter.version));
  }
  if (counter.Busy()) {
    for (auto const& [id, other] : state_.counters) {
      if (id == counter.id || other.ticket != counter.ticket) continue;
      Complain("TICKET_AT_TWO_COUNTERS",
               absl::StrCat(counter.ticket.value, " is at ", id.value, " and ",
                            counter.id.value));
    }
  }
  if (known != state_.counters.end()) ClearDue(known->second);
  state_.counters[counter.id] = counter;
  SetDue(counter);
}

template <typename Record>
void OfficeStateFold::SetDue(Record const& record) {
  for (auto const& entry : DueOf(office_, record)) {
    state_.due[KeyOf(entry)] = entry.time;
  }
}

template <typename Record>
void OfficeStateFold::ClearDue(Record const& record) {
  for (auto const& entry : DueOf(office_, record)) {
    state_.due.erase(KeyOf(entry));
  }
}

void OfficeStateFold::Complain(std::string_view name,
                               std::string const& words) {
  impossible_.push_back(absl::StrCat(std::string(name), ": event ",
                                     state_.sequence, ": ", words));
}

}  // namespace madoguchi::ticketing
