#include "clients/counter_terminal/floor.h"
#include "clients/counter_terminal/words.h"
#include <algorithm>
#include <chrono>
#include <utility>

namespace madoguchi::counter_terminal {

using ticketing::v1::Counter;
using ticketing::v1::OfficeEvent;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::Ticket;

namespace {

// A heartbeat comes every 2 s.
constexpr std::chrono::seconds kClockRunsOn{3};

bool EndsSooner(Ticket const& a, Ticket const& b) {
  return a.hold().deadline_time().seconds() <
         b.hold().deadline_time().seconds();
}

bool EndedLater(Ticket const& a, Ticket const& b) {
  return a.end_time().seconds() > b.end_time().seconds();
}

}  // namespace

absl::StatusOr<std::vector<Ticket>> ListAllTickets(
    CounterCalls& calls, std::string const& office,
    std::vector<Ticket::State> const& states) {
  ticketing::v1::ListTicketsRequest request;
  request.set_office(office);
  for (auto const state : states) request.add_states(state);
  std::vector<Ticket> tickets;
  while (true) {
    auto const page = calls.ListTickets(request);
    if (!page.ok()) return page.status();
    tickets.insert(tickets.end(), page->tickets().begin(),
                   page->tickets().end());
    if (page->next_page_token().empty()) return tickets;
    request.set_page_token(page->next_page_token());
  }
}

void SortByDeadline(std::vector<Ticket>& parked) {
  std::stable_sort(parked.begin(), parked.end(), EndsSooner);
}

absl::StatusOr<FloorLists> LookAtFloor(CounterCalls& calls,
                                       std::string const& office,
                                       MachineTime now) {
  FloorLists lists;
  lists.asked_at = now;
  auto const away =
      ListAllTickets(calls, office, {Ticket::ON_HOLD, Ticket::ABSENT});
  if (!away.ok()) return away.status();
  for (auto const& ticket : *away) {
    (ticket.state() == Ticket::ON_HOLD ? lists.parked : lists.missed)
        .push_back(ticket);
  }
  SortByDeadline(lists.parked);
  std::stable_sort(lists.missed.begin(), lists.missed.end(), EndedLater);

  ticketing::v1::ListCountersRequest request;
  request.set_office(office);
  auto const counters = calls.ListCounters(request);
  if (!counters.ok()) return counters.status();
  lists.counters.assign(counters->counters().begin(),
                        counters->counters().end());
  lists.office_time = counters->office_time();
  return lists;
}

std::optional<int> OthersAbleToCall(Floor const& floor,
                                    std::string const& counter) {
  if (!floor.lists) return std::nullopt;
  int others = 0;
  for (auto const& other : floor.lists->counters) {
    bool const able = other.open() && other.activity() != Counter::PAUSED;
    if (able && LastPart(other.name()) != counter) ++others;
  }
  return others;
}

void FloorBoard::Take(OfficeUpdate const& update, MachineTime heard_at) {
  MutexLock const lock(mu_);
  floor_.office_time = update.office_time();
  heard_at_ = heard_at;
  if (update.has_snapshot()) {
    floor_.services.assign(update.snapshot().services().begin(),
                           update.snapshot().services().end());
  }
  if (update.event().kind() == OfficeEvent::DAY_OPENED) {
    for (auto& service : floor_.services) service.set_waiting_count(0);
    floor_.lists.reset();
  }
  for (auto const& changed : update.event().services()) {
    for (auto& service : floor_.services) {
      if (service.service() == changed.service()) {
        service.set_waiting_count(changed.waiting_count());
      }
    }
  }
}

void FloorBoard::SetConnected(bool connected) {
  MutexLock const lock(mu_);
  floor_.connected = connected;
}

void FloorBoard::Put(FloorLists lists) {
  MutexLock const lock(mu_);
  floor_.lists = std::move(lists);
}

Floor FloorBoard::Get(MachineTime now) const {
  MutexLock const lock(mu_);
  auto floor = floor_;
  if (floor.office_time.seconds() != 0) {
    auto const since = std::chrono::floor<std::chrono::seconds>(
        std::clamp<MachineTime::duration>(now - heard_at_, {}, kClockRunsOn));
    floor.office_time.set_seconds(floor.office_time.seconds() + since.count());
  }
  return floor;
}

}  // namespace madoguchi::counter_terminal
