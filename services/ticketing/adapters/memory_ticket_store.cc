#include "services/ticketing/adapters/memory_ticket_store.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

namespace madoguchi::ticketing {
namespace {

constexpr int kMaxSkipped = 16;

// Whether the number of the `serial`-th ticket belongs to a live one.
template <typename Tickets>
bool IsNumberInUse(Tickets const& tickets, BusinessDay day,
                   Series const& series, std::int64_t serial) {
  for (auto earlier = serial - series.size; earlier >= 0;
       earlier -= series.size) {
    auto const found = tickets.find(MakeTicketId(day, series.id, earlier));
    // A number skipped in an earlier round has no ticket there.
    if (found != tickets.end()) return IsLive(found->second.state);
  }
  return false;
}

// The place of a ticket in a list; the beginning if `id` is no ticket's.
std::pair<SeriesId, std::int64_t> PlaceOf(TicketId const& id) {
  if (!DayOf(id)) return {{}, -1};
  std::string_view const text = id.value;
  auto const day_end = text.find('-');
  auto const series_end = text.rfind('-');
  std::int64_t serial = -1;
  std::from_chars(text.data() + series_end + 1, text.data() + text.size(),
                  serial);
  return {{std::string(text.substr(day_end + 1, series_end - day_end - 1))},
          serial};
}

}  // namespace

void MemoryTicketStore::RankedTickets::Put(TicketId const& id, Rank rank) {
  Remove(id);
  order_.insert({rank, id});
  ranks_[id] = rank;
}

void MemoryTicketStore::RankedTickets::Remove(TicketId const& id) {
  auto const found = ranks_.find(id);
  if (found == ranks_.end()) return;
  order_.erase({found->second, id});
  ranks_.erase(found);
}

void MemoryTicketStore::RankedTickets::RemoveUpTo(Rank rank) {
  while (!order_.empty() && order_.begin()->rank <= rank) {
    ranks_.erase(order_.begin()->id);
    order_.erase(order_.begin());
  }
}

std::size_t MemoryTicketStore::RankedTickets::CountBehind(Rank rank) const {
  auto const behind = order_.lower_bound({{rank.ms + 1}, {}});
  return static_cast<std::size_t>(std::distance(behind, order_.end()));
}

std::int64_t MemoryTicketStore::OfficeState::Append(Event event) {
  event.sequence = static_cast<std::int64_t>(log.size()) + 1;
  log.push_back(std::move(event));
  return log.back().sequence;
}

Counter MemoryTicketStore::OfficeState::CounterNow(CounterId const& id) const {
  auto const found = counters.find(id);
  if (found != counters.end()) return found->second;
  Counter closed;
  closed.id = id;
  return closed;
}

MemoryTicketStore::ServiceQueue const& MemoryTicketStore::OfficeState::Queue(
    ServiceId const& service) const {
  static ServiceQueue const kNobody;
  auto const found = queues.find(service);
  return found == queues.end() ? kNobody : found->second;
}

absl::StatusOr<MemoryTicketStore::OfficeState*> MemoryTicketStore::OpenHall(
    Hall const& hall) {
  auto const found = offices_.find(hall.office);
  if (found == offices_.end() || found->second.day < hall.day) {
    return error::DayNotOpen(hall.day);
  }
  if (hall.day < found->second.day) return error::DayClosed(hall.day);
  return &found->second;
}

SettledRequest const* MemoryTicketStore::FindRequest(RequestId const& id) {
  for (auto const* const requests : {&requests_, &earlier_requests_}) {
    auto const found = requests->find(id);
    if (found != requests->end()) return &found->second;
  }
  return nullptr;
}

absl::Status MemoryTicketStore::OpenDayNow(Hall const& hall, Timestamp now) {
  auto& office = offices_[hall.office];
  if (hall.day < office.day) return error::DayClosed(hall.day);
  if (hall.day == office.day) return absl::OkStatus();
  OfficeState next;
  next.day = hall.day;
  next.last_rank = office.last_rank;
  next.log = std::move(office.log);
  office = std::move(next);
  Event opened;
  opened.kind = EventKind::kDayOpened;
  opened.day = hall.day;
  opened.time = now;
  office.Append(std::move(opened));
  if (newest_day_ < hall.day) {
    newest_day_ = hall.day;
    earlier_requests_ = std::exchange(requests_, {});
  }
  return absl::OkStatus();
}

absl::StatusOr<Settled> MemoryTicketStore::IssueNow(IssueOrder const& order) {
  if (auto const* const settled = FindRequest(order.request.id)) {
    return Settled{*settled, 0};
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto* const office, OpenHall(order.hall));
  auto const& series = order.series;
  auto serial = office->next_serial[series.id];
  auto const last = serial + kMaxSkipped;
  while (IsNumberInUse(office->tickets, order.hall.day, series, serial)) {
    if (++serial == last) return error::SeriesExhausted(series.id);
  }

  Ticket ticket;
  ticket.id = MakeTicketId(order.hall.day, series.id, serial);
  ticket.number = NumberOf(series, serial);
  ticket.service = order.service;
  ticket.arrival = order.now;
  ticket.rank.ms = std::max<std::int64_t>(order.now.time_since_epoch().count(),
                                          office->last_rank.ms + 1);
  ticket.language = order.language;
  office->next_serial[series.id] = serial + 1;
  office->last_rank = ticket.rank;
  office->issued[{series.id, serial}] = ticket.id;
  office->tickets[ticket.id] = ticket;
  office->queues[ticket.service].waiting.Put(ticket.id, ticket.rank);
  Event issued;
  issued.kind = EventKind::kTicketIssued;
  issued.day = order.hall.day;
  issued.time = order.now;
  issued.ticket = ticket;
  auto const sequence = office->Append(std::move(issued));
  SettledRequest settled;
  settled.command = order.request.command;
  settled.outcome.ticket = std::move(ticket);
  requests_[order.request.id] = settled;
  return Settled{std::move(settled), sequence};
}

absl::StatusOr<View> MemoryTicketStore::LookNow(LookQuery const& query) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const* const office, OpenHall(query.hall));
  View view;
  for (auto const& id : query.requests) {
    auto const* const settled = FindRequest(id);
    auto& seen = view.requests.emplace_back();
    if (settled != nullptr) seen = *settled;
  }
  for (auto const& id : query.counters) {
    view.counters.push_back(office->CounterNow(id));
  }
  for (auto const& id : query.tickets) {
    auto const found = office->tickets.find(id);
    auto& seen = view.tickets.emplace_back();
    if (found != office->tickets.end()) seen = found->second;
  }
  for (auto const& service : query.services) {
    auto const& queue = office->Queue(service);
    auto const& waiting = queue.waiting.InOrder();
    auto& seen = view.queues.emplace_back();
    seen.service = service;
    seen.length = static_cast<std::int64_t>(waiting.size());
    int left = query.depth;
    for (auto const& [rank, id] : waiting) {
      if (left-- <= 0) break;
      seen.first.push_back(
          {office->tickets.at(id),
           static_cast<std::int64_t>(queue.over.CountBehind(rank))});
    }
  }
  return view;
}

absl::StatusOr<Settled> MemoryTicketStore::SettleNow(
    Settlement const& settlement) {
  if (auto const* const settled = FindRequest(settlement.request.id)) {
    return Settled{*settled, 0};
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto* const office, OpenHall(settlement.hall));
  auto const& counter = settlement.counter;
  auto const& ticket = settlement.ticket;
  if (counter && office->CounterNow(counter->after.id) != counter->before) {
    return error::LookAgain();
  }
  if (ticket) {
    auto const found = office->tickets.find(ticket->after.id);
    if (found == office->tickets.end() || found->second != ticket->before) {
      return error::LookAgain();
    }
  }
  std::vector<ServiceId> overtaken;
  if (ticket && settlement.call) {
    auto const called = CallOrderOf(ticket->before);
    auto const& own = office->Queue(ticket->before.service).waiting.InOrder();
    if (own.empty() || own.begin()->id != called.id) return error::LookAgain();
    for (auto const& other : settlement.call->others) {
      auto const& queue = office->Queue(other);
      auto const& waiting = queue.waiting.InOrder();
      if (waiting.empty() || called < *waiting.begin()) continue;
      auto const overtakes = queue.over.CountBehind(waiting.begin()->rank);
      if (std::cmp_greater_equal(overtakes, settlement.call->limit)) {
        return error::LookAgain();
      }
      overtaken.push_back(other);
    }
  }
  for (auto const& service : settlement.empty_queues) {
    if (!office->Queue(service).waiting.InOrder().empty()) {
      return error::LookAgain();
    }
  }

  if (counter) office->counters[counter->after.id] = counter->after;
  if (ticket) {
    auto const& [before, after] = *ticket;
    office->tickets[after.id] = after;
    if (before.state == TicketState::kWaiting) {
      office->queues[before.service].waiting.Remove(before.id);
    }
    if (after.state == TicketState::kWaiting) {
      office->queues[after.service].waiting.Put(after.id, after.rank);
    }
    if (settlement.call) {
      for (auto const& other : overtaken) {
        office->queues[other].over.Put(before.id, before.rank);
      }
      office->queues[before.service].over.RemoveUpTo(before.rank);
    }
  }
  SettledRequest settled{settlement.request.command, settlement.outcome};
  requests_[settlement.request.id] = settled;
  return Settled{std::move(settled),
                 settlement.event ? office->Append(*settlement.event) : 0};
}

absl::StatusOr<TicketPage> MemoryTicketStore::ListNow(Hall const& hall,
                                                      TicketId const& after,
                                                      int limit) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const* const office, OpenHall(hall));
  TicketPage page;
  auto at = office->issued.upper_bound(PlaceOf(after));
  for (; at != office->issued.end() && limit > 0; ++at, --limit) {
    page.tickets.push_back(office->tickets.at(at->second));
  }
  page.more = at != office->issued.end();
  return page;
}

EventPage MemoryTicketStore::ReadLogNow(OfficeId const& office,
                                        std::int64_t after, int limit) {
  EventPage page;
  auto const found = offices_.find(office);
  if (found == offices_.end()) return page;
  auto const& log = found->second.log;
  auto const size = static_cast<std::int64_t>(log.size());
  auto const begin = std::clamp<std::int64_t>(after, 0, size);
  auto const end = std::min<std::int64_t>(size, begin + std::max(limit, 0));
  page.events.assign(log.begin() + begin, log.begin() + end);
  page.last_sequence = size;
  page.first_sequence = size == 0 ? 0 : 1;
  return page;
}

// `done` runs outside the lock: it may call the store again.
void MemoryTicketStore::OpenDay(Hall const& hall, Timestamp now,
                                MachineTime /*deadline*/,
                                Done<std::monostate> done) {
  absl::Status status;
  {
    MutexLock const lock(mu_);
    status = OpenDayNow(hall, now);
  }
  if (!status.ok()) return done(std::move(status));
  done(std::monostate());
}

void MemoryTicketStore::Issue(IssueOrder const& order, MachineTime /*deadline*/,
                              Done<Settled> done) {
  done([&] {
    MutexLock const lock(mu_);
    return IssueNow(order);
  }());
}

void MemoryTicketStore::Look(LookQuery const& query, MachineTime /*deadline*/,
                             Done<View> done) {
  done([&] {
    MutexLock const lock(mu_);
    return LookNow(query);
  }());
}

void MemoryTicketStore::Settle(Settlement const& settlement,
                               MachineTime /*deadline*/, Done<Settled> done) {
  done([&] {
    MutexLock const lock(mu_);
    return SettleNow(settlement);
  }());
}

void MemoryTicketStore::ListTickets(Hall const& hall, TicketId const& after,
                                    int limit, MachineTime /*deadline*/,
                                    Done<TicketPage> done) {
  done([&] {
    MutexLock const lock(mu_);
    return ListNow(hall, after, limit);
  }());
}

void MemoryTicketStore::ReadLog(OfficeId const& office, std::int64_t after,
                                int limit, MachineTime /*deadline*/,
                                Done<EventPage> done) {
  done([&] {
    MutexLock const lock(mu_);
    return ReadLogNow(office, after, limit);
  }());
}

}  // namespace madoguchi::ticketing
