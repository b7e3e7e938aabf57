#include "services/ticketing/adapters/memory_ticket_store.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

// What a settlement changes, checked against `hall`: the queues that its call
// overtakes.
absl::StatusOr<std::vector<QueueId>> CheckSettlement(
    MemoryOffice const& office, MemoryHall const& hall,
    Settlement const& settlement) {
  if (settlement.fires && !office.IsDue(*settlement.fires)) {
    return error::LookAgain();
  }
  auto const& [counter, ticket, further] =
      std::tie(settlement.counter, settlement.ticket, settlement.further);
  if ((counter && !hall.Holds(*counter)) || (ticket && !hall.Holds(*ticket)) ||
      !std::all_of(further.begin(), further.end(),
                   [&](auto const& each) { return hall.Holds(each.ticket); })) {
    return error::LookAgain();
  }
  auto const& target = settlement.target;
  if (target && hall.CounterNow(target->id) != *target) {
    return error::LookAgain();
  }
  std::vector<QueueId> overtaken;
  if (ticket && settlement.call) {
    MADOGUCHI_ASSIGN_OR_RETURN(
        overtaken, hall.CheckCall(ticket->before, *settlement.call));
  }
  for (auto const& [queue, length] : settlement.lengths) {
    if (std::ssize(hall.Queue(queue).waiting.InOrder()) != length) {
      return error::LookAgain();
    }
  }
  if (ticket && counter && settlement.number_back &&
      hall.WasNumberGivenSince(*settlement.number_back, ticket->after.id)) {
    return error::NothingToUndo(counter->after.id);
  }
  return overtaken;
}

// Issues the new ticket of a settlement under `serial` and puts it everywhere
// in `settlement` where it belongs.
void IssueInto(MemoryOffice& office, MemoryHall& hall, std::int64_t serial,
               Settlement& settlement) {
  auto& issue = *settlement.issue;
  auto& ticket = issue.ticket;
  hall.Number(issue.series, serial, ticket);
  if (issue.ranked_now) ticket.rank = office.NextRank(issue.event.time);
  hall.Put(ticket);
  for (auto& entry : issue.due) {
    entry.subject = ticket.id.value;
    office.Put(entry);
  }
  if (issue.at_counter) {
    if (settlement.counter) settlement.counter->after.ticket = ticket.id;
    if (issue.event.counter) issue.event.counter->ticket = ticket.id;
  }
  issue.event.ticket = ticket;
  auto& outcome = settlement.outcome;
  (settlement.ticket ? outcome.arrived : outcome.ticket) = ticket;
}

}  // namespace

MemoryOffice& MemoryTicketStore::OfficeOf(OfficeId const& id) {
  return offices_.try_emplace(id, id).first->second;
}

absl::StatusOr<MemoryHall*> MemoryTicketStore::OpenHall(Hall const& hall) {
  return OfficeOf(hall.office).OpenHall(hall.day);
}

SettledRequest const* MemoryTicketStore::FindRequest(RequestId const& id) {
  for (auto const* const requests : {&requests_, &earlier_requests_}) {
    auto const found = requests->find(id);
    if (found != requests->end()) return &found->second;
  }
  return nullptr;
}

absl::Status MemoryTicketStore::OpenDayNow(Hall const& hall, bool carry_over,
                                           Timestamp now) {
  MADOGUCHI_ASSIGN_OR_RETURN(
      bool const opened,
      OfficeOf(hall.office).OpenDay(hall.day, carry_over, now));
  if (opened && newest_day_ < hall.day) {
    newest_day_ = hall.day;
    earlier_requests_ = std::exchange(requests_, {});
  }
  return absl::OkStatus();
}

absl::StatusOr<Settled> MemoryTicketStore::IssueNow(IssueOrder const& order) {
  if (auto const* const settled = FindRequest(order.request.id)) {
    return Settled{*settled, 0};
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto* const hall, OpenHall(order.hall));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const serial, hall->FreeSerial(order.series));
  auto& office = OfficeOf(order.hall.office);
  Ticket ticket;
  hall->Number(order.series, serial, ticket);
  ticket.service = order.service;
  ticket.arrival = order.now;
  ticket.rank = office.NextRank(order.now);
  ticket.language = order.language;
  if (order.queue.value != order.service.value) ticket.queue = order.queue;
  ticket.next_services = order.next_services;
  hall->Put(ticket);
  Event issued;
  issued.kind = EventKind::kTicketIssued;
  issued.day = order.hall.day;
  issued.time = order.now;
  issued.ticket = ticket;
  issued.device = order.device;
  auto const sequence = office.Append(std::move(issued));
  SettledRequest settled;
  settled.command = order.request.command;
  settled.outcome.ticket = std::move(ticket);
  requests_[order.request.id] = settled;
  return Settled{std::move(settled), sequence};
}

absl::StatusOr<View> MemoryTicketStore::LookNow(LookQuery const& query) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const* const hall, OpenHall(query.hall));
  View view;
  for (auto const& id : query.requests) {
    auto const* const settled = FindRequest(id);
    auto& seen = view.requests.emplace_back();
    if (settled != nullptr) seen = *settled;
  }
  for (auto const& id : query.counters) {
    view.counters.push_back(hall->CounterNow(id));
  }
  for (auto const& id : query.tickets) {
    auto const* const ticket = hall->Find(id);
    auto& seen = view.tickets.emplace_back();
    if (ticket != nullptr) seen = *ticket;
  }
  for (auto const& queue : query.queues) {
    view.queues.push_back(hall->ViewQueue(queue, query.depth));
  }
  if (query.undo_at) view.undo = hall->StepOf(*query.undo_at);
  return view;
}

absl::StatusOr<Settled> MemoryTicketStore::SettleNow(Settlement const& asked) {
  if (auto const* const settled = FindRequest(asked.request.id)) {
    return Settled{*settled, 0};
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto* const hall, OpenHall(asked.hall));
  auto& office = OfficeOf(asked.hall.office);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const overtaken,
                             CheckSettlement(office, *hall, asked));
  MemoryHall* new_hall = nullptr;
  std::int64_t serial = 0;
  if (asked.issue) {
    MADOGUCHI_ASSIGN_OR_RETURN(new_hall, OpenHall(asked.issue->hall));
    MADOGUCHI_ASSIGN_OR_RETURN(serial,
                               new_hall->FreeSerial(asked.issue->series));
  }

  auto settlement = asked;
  if (settlement.fires) office.Remove(*settlement.fires);
  office.Apply(settlement.due);
  if (auto& ticket = settlement.ticket) {
    hall->Apply(*ticket);
    if (settlement.call) hall->NoteCall(ticket->before, overtaken);
  }
  std::int64_t sequence = 0;
  if (settlement.event) sequence = office.Append(*settlement.event);
  for (auto const& [ticket, event] : settlement.further) {
    hall->Apply(ticket);
    office.Append(event);
  }
  if (settlement.issue) {
    auto& new_office = OfficeOf(settlement.issue->hall.office);
    IssueInto(new_office, *new_hall, serial, settlement);
    new_office.Append(settlement.issue->event);
  }
  if (auto const& counter = settlement.counter) {
    hall->Put(counter->after);
    if (settlement.undoable) {
      hall->Put(counter->after.id, *settlement.undoable);
    }
  }
  SettledRequest settled{settlement.request.command, settlement.outcome};
  requests_[settlement.request.id] = settled;
  return Settled{std::move(settled), sequence};
}

// `done` runs outside the lock: it may call the store again.
void MemoryTicketStore::OpenDay(Hall const& hall, bool carry_over,
                                Timestamp now, MachineTime /*deadline*/,
                                Done<std::monostate> done) {
  auto const status = [&] {
    MutexLock const lock(mu_);
    return OpenDayNow(hall, carry_over, now);
  }();
  if (!status.ok()) return done(status);
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

void MemoryTicketStore::LookDue(OfficeId const& office, Timestamp now,
                                int limit, MachineTime /*deadline*/,
                                Done<DueView> done) {
  done([&] {
    MutexLock const lock(mu_);
    return OfficeOf(office).LookDue(now, limit);
  }());
}

void MemoryTicketStore::LookSweep(OfficeId const& office, BusinessDay from,
                                  int limit, MachineTime /*deadline*/,
                                  Done<SweepView> done) {
  done([&] {
    MutexLock const lock(mu_);
    return OfficeOf(office).LookSweep(from, limit);
  }());
}

void MemoryTicketStore::SettleSweep(SweepSettlement const& settlement,
                                    MachineTime /*deadline*/,
                                    Done<std::monostate> done) {
  auto const status = [&] {
    MutexLock const lock(mu_);
    return OfficeOf(settlement.office).SettleSweep(settlement);
  }();
  if (!status.ok()) return done(status);
  done(std::monostate());
}

void MemoryTicketStore::TrimLog(OfficeId const& office, int days,
                                MachineTime /*deadline*/,
                                Done<std::monostate> done) {
  {
    MutexLock const lock(mu_);
    OfficeOf(office).TrimLog(days);
  }
  done(std::monostate());
}

void MemoryTicketStore::FindNumber(Hall const& hall, Series const& series,
                                   std::string const& number,
                                   MachineTime /*deadline*/,
                                   Done<std::optional<Ticket>> done) {
  done([&]() -> absl::StatusOr<std::optional<Ticket>> {
    MutexLock const lock(mu_);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const* const open, OpenHall(hall));
    return open->FindNumber(series, number);
  }());
}

void MemoryTicketStore::ListTickets(Hall const& hall, TicketId const& after,
                                    int limit, MachineTime /*deadline*/,
                                    Done<TicketPage> done) {
  done([&]() -> absl::StatusOr<TicketPage> {
    MutexLock const lock(mu_);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const* const open, OpenHall(hall));
    return open->List(after, limit);
  }());
}

void MemoryTicketStore::ReadLog(OfficeId const& office, std::int64_t after,
                                int limit, MachineTime /*deadline*/,
                                Done<EventPage> done) {
  done([&] {
    MutexLock const lock(mu_);
    return OfficeOf(office).ReadLog(after, limit);
  }());
}

}  // namespace madoguchi::ticketing
