#include "tests/simulation/witness.h"
#include <algorithm>
#include <limits>
#include <sstream>
#include <utility>

namespace madoguchi::simulation {
namespace {

using ticketing::Counter;
using ticketing::Event;
using ticketing::Hall;
using ticketing::Outcome;
using ticketing::Settled;
using ticketing::Ticket;
using ticketing::TicketState;

constexpr int kAll = std::numeric_limits<int>::max();

std::int64_t Ms(std::optional<Timestamp> const& time) {
  return time ? time->time_since_epoch().count() : 0;
}

std::string Words(Ticket const& ticket) {
  std::ostringstream out;
  out << ticket.id.value << " state " << static_cast<int>(ticket.state) << " v"
      << ticket.version << " for " << ticket.service.value << " in '"
      << ticket.queue.value << "' rank " << ticket.rank.ms << " at "
      << ticket.counter.value << " recalls " << ticket.recalls << " called "
      << Ms(ticket.called) << " serving " << Ms(ticket.serving_started)
      << " ended " << Ms(ticket.ended) << " queued " << Ms(ticket.queued)
      << " hold " << (ticket.hold ? Ms(ticket.hold->deadline) : 0) << " served "
      << ticket.served.count() << " pickup " << ticket.pickup << " uncertain "
      << ticket.time_uncertain << " note '" << ticket.note << "' start "
      << ticket.head_start.count() << " next " << ticket.next_services.size()
      << " " << ticket.language << " " << ticket.outcome << " carried "
      << (ticket.carried_over_from ? ticket.carried_over_from->yyyymmdd : 0);
  return out.str();
}

std::string Words(Counter const& counter) {
  std::ostringstream out;
  out << counter.id.value << " open " << counter.open << " session "
      << counter.session << " staff " << counter.staff.value << " ticket "
      << counter.ticket.value << " v" << counter.version << " activity "
      << static_cast<int>(counter.activity) << " since "
      << Ms(counter.activity_since);
  return out.str();
}

std::string Words(Event const& event) {
  std::ostringstream out;
  out << "kind " << static_cast<int>(event.kind) << " by " << event.staff.value
      << " at " << event.at.value << " of " << event.device << " because "
      << event.reason << " waited in '" << event.waited_in.value << "' day "
      << event.day.yyyymmdd << " time " << Ms(event.time);
  if (event.ticket) out << "\n      " << Words(*event.ticket);
  if (event.counter) out << "\n      " << Words(*event.counter);
  return out.str();
}

// What a store that answers at once has answered.
template <typename T, typename Ask>
absl::StatusOr<T> Asked(Ask ask) {
  absl::StatusOr<T> answer = absl::UnknownError("not answered");
  ask([&](absl::StatusOr<T> told) { answer = std::move(told); });
  return answer;
}

}  // namespace

Witness::Witness(ticketing::TicketStore& store, City const& city,
                 std::function<Timestamp()> now)
    : Passing(store), store_(store), now_(std::move(now)), model_(city) {
  for (auto const& office : city.offices) {
    pictures_.emplace(office.id, office);
  }
}

Outcome const* Witness::OutcomeOf(std::string const& id) const {
  auto const found = settled_.find({id});
  return found == settled_.end() ? nullptr : &found->second;
}

BusinessDay Witness::NewestDay() const {
  BusinessDay newest;
  for (auto const& [id, at] : model_.All()) {
    newest = std::max(newest, at.day);
  }
  return newest;
}

std::vector<std::string> Witness::TakeFaults() {
  auto faults = std::exchange(faults_, {});
  auto const& of_model = model_.Faults();
  faults.insert(faults.end(), of_model.begin(), of_model.end());
  return faults;
}

void Witness::OpenDay(Hall const& hall, bool carry_over, Timestamp now,
                      MachineTime deadline, Done<std::monostate> done) {
  Passing::OpenDay(
      hall, carry_over, now, deadline,
      [&, done = std::move(done)](auto const& opened) mutable {
        if (opened.ok() && model_.At(hall.office).day != hall.day) {
          CompareLogs(model_.OpenDay(hall.office, hall.day, now_()));
        }
        done(opened);
      });
}

// What was settled under the id of an order, now.
void Witness::TakeOrder(RequestId const& id,
                        ticketing::SettledRequest const& settled) {
  settled_[id] = settled.outcome;
  auto const found = orders_.find(id);
  if (found == orders_.end()) {
    return Fault("settled an order that was never given");
  }
  auto const& order = found->second;
  auto const reasons = model_.Refusals(order, now_());
  if (!reasons.empty()) {
    return Fault("settled, though " + *reasons.begin() + ": " +
                 simulation::Words(order));
  }
  CompareLogs(model_.Take(order, settled.outcome, now_()));
  if (!settled.outcome.ticket || order.verb == Verb::kClose) return;
  auto const& told = *settled.outcome.ticket;
  auto const& tickets = model_.At(order.office).tickets;
  auto const known = tickets.find(told.id);
  if (known == tickets.end() || known->second != told) {
    Fault("answers " + Words(told) + "\n  instead of " +
          (known == tickets.end() ? "nobody" : Words(known->second)));
  }
}

void Witness::Issue(ticketing::IssueOrder const& order, MachineTime deadline,
                    Done<Settled> done) {
  Passing::Issue(order, deadline,
                 [&, done = std::move(done)](auto const& settled) mutable {
                   auto const& id = order.request.id;
                   if (settled.ok() && !settled_.contains(id)) {
                     TakeOrder(id, settled->request);
                   }
                   done(settled);
                 });
}

void Witness::Look(ticketing::LookQuery const& query, MachineTime deadline,
                   Done<ticketing::View> done) {
  model_.DecidedOn(std::nullopt);
  Passing::Look(query, deadline, std::move(done));
}

void Witness::Settle(ticketing::Settlement const& settlement,
                     MachineTime deadline, Done<Settled> done) {
  Passing::Settle(settlement, deadline,
                  [&, done = std::move(done)](auto const& settled) mutable {
                    auto const& id = settlement.request.id;
                    if (settled.ok() && !settled_.contains(id)) {
                      if (settlement.fires) {
                        settled_[id] = {};
                        auto const events = model_.Fire(
                            settlement.hall.office, *settlement.fires, now_());
                        fired_ += static_cast<int>(events.size());
                        CompareLogs(events);
                      } else {
                        TakeOrder(id, settled->request);
                      }
                    }
                    model_.DecidedOn(std::nullopt);
                    done(settled);
                  });
}

void Witness::SettleSweep(ticketing::SweepSettlement const& settlement,
                          MachineTime deadline, Done<std::monostate> done) {
  Passing::SettleSweep(
      settlement, deadline,
      [&, done = std::move(done)](auto const& settled) mutable {
        if (settled.ok()) {
          std::vector<ticketing::TicketId> ids;
          for (auto const& change : settlement.changes) {
            ids.push_back(change.ticket.after.id);
          }
          CompareLogs(model_.Sweep(settlement.office, ids,
                                   settlement.next.empty(), now_()));
        }
        done(settled);
      });
}

// Exactly what the model says was appended, and nothing else.
void Witness::CompareLogs(CityModel::Events const& expected) {
  std::map<OfficeId, std::vector<Event>> by_office;
  for (auto const& [office, event] : expected) {
    by_office[office].push_back(event);
  }
  for (auto const& [office, at] : model_.All()) {
    auto& read = read_[office];
    auto const page = Asked<ticketing::EventPage>(
        [&](auto done) { store_.ReadLog(office, read, kAll, {}, done); });
    auto const& wanted = by_office[office];
    if (page->events.size() != wanted.size()) {
      Fault("appended " + std::to_string(page->events.size()) +
            " events instead of " + std::to_string(wanted.size()));
    }
    for (std::size_t i = 0; i != page->events.size(); ++i) {
      auto event = page->events[i];
      if (event.sequence != ++read) Fault("an event is out of sequence");
      pictures_.at(office).Apply(event);
      event.sequence = 0;
      if (i < wanted.size() && event != wanted[i]) {
        Fault("appended " + Words(event) + "\n    instead of " +
              Words(wanted[i]));
      }
    }
  }
}

std::vector<std::string> Witness::CompareAll() {
  for (auto const& [id, at] : model_.All()) {
    if (at.day.yyyymmdd != 0) Compare(at);
  }
  return TakeFaults();
}

void Witness::Compare(ModelOffice const& at) {
  auto const due = Asked<ticketing::DueView>([&](auto done) {
    store_.LookDue(at.office->id, Timestamp::max(), kAll, {}, done);
  });
  std::map<std::string, Timestamp> entries;
  for (auto const& entry : due->entries) entries[KeyOf(entry)] = entry.time;
  if (entries != at.due) {
    std::string words = "other things are due:";
    for (auto const& [key, time] : entries) {
      if (!at.due.contains(key) || at.due.at(key) != time) {
        words += " +" + key + " " + std::to_string(Ms(time));
      }
    }
    for (auto const& [key, time] : at.due) {
      if (!entries.contains(key)) words += " -" + key;
    }
    Fault(words);
  }
  if (due->day != at.day || due->sweeping.has_value() != at.sweeping) {
    Fault("another day is open or being swept");
  }
  auto const house =
      static_cast<std::int64_t>(at.tickets.size() + at.leftovers.size());
  if (at.issued != at.gone + house) {
    Fault("issued " + std::to_string(at.issued) + ", gone " +
          std::to_string(at.gone) + ", in the house " + std::to_string(house));
  }
  bool const hidden = at.sweeping && at.office->day_end == DayEnd::kCarryOver;
  if (!hidden) CompareHall(at);
}

void Witness::CompareHall(ModelOffice const& at) {
  ticketing::LookQuery query;
  query.hall = {at.office->id, at.day};
  query.depth = kAll;
  std::vector<std::string> queues;
  std::map<std::string, std::int64_t> waiting;
  for (auto const& service : at.office->services) {
    queues.push_back(service.id.value);
    queues.push_back(service.id.value + "~en");
  }
  for (auto const& counter : at.office->counters) {
    queues.push_back("@" + counter.id.value);
    query.counters.push_back(counter.id);
  }
  for (auto const& queue : queues) query.queues.push_back({queue});
  auto const view =
      Asked<ticketing::View>([&](auto done) { store_.Look(query, {}, done); });
  auto const page = Asked<ticketing::TicketPage>(
      [&](auto done) { store_.ListTickets(query.hall, {}, kAll, {}, done); });
  if (!view.ok() || !page.ok()) return Fault(view.status().ToString());

  std::map<ticketing::TicketId, int> held;
  for (auto const& counter : view->counters) {
    auto const& wanted = at.counters.at(counter.id);
    if (counter != wanted) {
      Fault("counter " + Words(counter) + "\n  instead of " + Words(wanted));
    }
    if (counter.Busy()) ++held[counter.ticket];
  }
  std::int64_t sum = 0;
  for (auto const& ticket : page->tickets) {
    auto const wanted = at.tickets.find(ticket.id);
    if (wanted == at.tickets.end() || wanted->second != ticket) {
      Fault("ticket " + Words(ticket) + "\n  instead of " +
            (wanted == at.tickets.end() ? "nobody" : Words(wanted->second)));
    }
    bool const at_counter = ticket.state == TicketState::kCalled ||
                            ticket.state == TicketState::kServing;
    if (held[ticket.id] != (at_counter ? 1 : 0)) {
      Fault(ticket.id.value + " is at " + std::to_string(held[ticket.id]) +
            " counters");
    }
    sum += ticket.state == TicketState::kWaiting ? 1 : 0;
  }
  if (page->tickets.size() != at.tickets.size()) Fault("a ticket is missing");
  for (auto const& queue : view->queues) {
    sum -= queue.length;
    auto const wanted = CityModel::InOrder(at, queue.queue.value);
    bool same = queue.first.size() == wanted.size() &&
                queue.length == static_cast<std::int64_t>(wanted.size());
    for (std::size_t i = 0; same && i != wanted.size(); ++i) {
      same = queue.first[i].ticket == wanted[i];
    }
    if (!same) Fault("others wait in " + queue.queue.value);
    if (auto const service =
            queue.queue.value.substr(0, queue.queue.value.find('~'));
        service.front() != '@') {
      waiting[service] += queue.length;
    }
  }
  if (sum != 0) Fault("others are queued than wait");
  for (auto const& service :
       pictures_.at(at.office->id).Picture(now_()).services) {
    if (service.waiting != waiting[service.service.value]) {
      Fault("the hall sees " + std::to_string(service.waiting) +
            " waiting for " + service.service.value);
    }
  }
}

}  // namespace madoguchi::simulation
