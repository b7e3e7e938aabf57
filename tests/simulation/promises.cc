#include "tests/simulation/promises.h"
#include "services/ticketing/domain/office_projection.h"
#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace madoguchi::simulation {
namespace {

using ticketing::Event;
using ticketing::EventKind;
using ticketing::Ticket;
using ticketing::TicketState;

using Broken = std::vector<std::string>;

void CheckOrder(DaySettings const& settings, DayRecord const& record,
                Broken& broken) {
  auto const limit = settings.office.call_policy.overtaking_limit;
  for (auto const& ticket : record.tickets) {
    if (ticket.overtakes > limit) {
      broken.push_back(ticket.id.value + " was overtaken " +
                       std::to_string(ticket.overtakes) + " times, of " +
                       std::to_string(limit));
    }
    if (ticket.overtakes_in_class != 0) {
      broken.push_back(ticket.id.value + " was overtaken by its own service");
    }
  }
}

// Issued is what completed, is absent, was cancelled or is still in the house.
void CheckConservation(DayResult const& result, DayRecord const& record,
                       Broken& broken) {
  std::map<TicketState, std::size_t> states;
  for (auto const& ticket : result.tickets) ++states[ticket.state];
  std::size_t waiting = 0;
  for (auto const& queue : result.queues) {
    waiting += static_cast<std::size_t>(queue.length);
    if (queue.first.size() != static_cast<std::size_t>(queue.length)) {
      broken.push_back("a queue is longer than its tickets");
    }
    for (auto const& each : queue.first) {
      if (each.ticket.state != TicketState::kWaiting) {
        broken.push_back(each.ticket.id.value + " is queued and not waiting");
      }
    }
  }
  auto const busy =
      std::count_if(result.counters.begin(), result.counters.end(),
                    [](auto const& counter) { return counter.Busy(); });
  if (result.tickets.size() != record.tickets.size()) {
    broken.push_back("the store holds another number of tickets than issued");
  }
  if (states[TicketState::kWaiting] != waiting) {
    broken.push_back("others are queued than wait");
  }
  if (states[TicketState::kCalled] + states[TicketState::kServing] !=
      static_cast<std::size_t>(busy)) {
    broken.push_back("others are called than at counters");
  }
}

void CheckLogTellsAll(DaySettings const& settings, DayResult const& result,
                      DayRecord const& record, Broken& broken) {
  for (auto const& ticket : result.tickets) {
    auto const told = record.last_tickets.find(ticket.id);
    if (told == record.last_tickets.end() || told->second != ticket) {
      broken.push_back("the log does not tell what became of " +
                       ticket.id.value);
    }
  }
  for (auto const& counter : result.counters) {
    auto const told = record.last_counters.find(counter.id);
    if (told != record.last_counters.end() ? told->second != counter
                                           : counter.version != 0) {
      broken.push_back("the log does not tell the state of counter " +
                       counter.id.value);
    }
  }
  // And what the hall sees is the same.
  ticketing::OfficeProjection projection(settings.office);
  Timestamp last;
  for (auto const& event : result.log) {
    projection.Apply(event);
    last = event.time;
  }
  auto const picture = projection.Picture(last);
  for (std::size_t i = 0; i != picture.services.size(); ++i) {
    if (picture.services[i].waiting != result.queues[i].length) {
      broken.push_back("the hall sees another queue than there is");
    }
  }
  for (std::size_t i = 0; i != picture.counters.size(); ++i) {
    if (picture.counters[i].open != result.counters[i].open ||
        picture.counters[i].number.empty() == result.counters[i].Busy()) {
      broken.push_back("the hall sees another counter than there is");
    }
  }
  auto const absent = std::count_if(
      result.tickets.begin(), result.tickets.end(),
      [](auto const& ticket) { return ticket.state == TicketState::kAbsent; });
  if (picture.missed.size() != static_cast<std::size_t>(absent)) {
    broken.push_back("the hall sees others missed than are absent");
  }
}

// Each call in the log was told to one clerk by one press, and each told is in
// the log.
void CheckTold(DayResult const& result, Broken& broken) {
  std::set<std::pair<std::string, std::int64_t>> called;
  for (auto const& event : result.log) {
    if (event.kind != EventKind::kTicketCalled) continue;
    called.insert({event.ticket->id.value, event.ticket->version});
  }
  for (auto const& ticket : result.told) {
    if (called.erase({ticket.id.value, ticket.version}) == 0) {
      broken.push_back(ticket.id.value + " was told twice, or never called");
    }
  }
  for (auto const& [ticket, version] : called) {
    broken.push_back(ticket + " was called and nobody told");
  }
}

}  // namespace

std::vector<std::string> BrokenPromises(DaySettings const& settings,
                                        DayResult const& result,
                                        DayRecord const& record) {
  Broken broken = result.complaints;
  broken.insert(broken.end(), record.faults.begin(), record.faults.end());
  CheckOrder(settings, record, broken);
  CheckConservation(result, record, broken);
  CheckLogTellsAll(settings, result, record, broken);
  CheckTold(result, broken);
  return broken;
}

}  // namespace madoguchi::simulation
