#include "tests/simulation/day_record.h"
#include <algorithm>
#include <set>
#include <utility>

namespace madoguchi::simulation {
namespace {

using ticketing::Counter;
using ticketing::Event;
using ticketing::EventKind;
using ticketing::Ticket;
using ticketing::TicketId;
using ticketing::TicketState;

// Folds a log, event by event.
class Reader {
 public:
  explicit Reader(Office const& office) : office_(office) {}

  void Read(Event const& event) {
    event_ = &event;
    if (event.sequence != ++sequence_) Fault("is out of sequence");
    if (event.kind == EventKind::kTicketCalled) ReadCall();
    if (event.ticket) ReadTicket();
    if (event.counter) ReadCounter();
    CheckHolders();
  }

  DayRecord Finish() {
    for (auto const& id : order_) {
      day_.tickets.push_back(std::move(records_[id]));
    }
    for (auto const& service : office_.services) {
      day_.waits.push_back(WaitsFor(service.id));
    }
    return std::move(day_);
  }

 private:
  void Fault(std::string const& what) {
    day_.faults.push_back("event " + std::to_string(event_->sequence) + " " +
                          what);
  }

  // Before the call is folded in: who was passed over by it?
  void ReadCall() {
    auto const& called = *event_->ticket;
    auto const* const counter = office_.FindCounter(called.counter);
    if (counter == nullptr) return Fault("calls to no counter");
    if (!Serves(*counter, called.service)) {
      Fault("calls a service that the counter does not serve");
    }
    auto const& held = day_.last_counters[counter->id];
    if (!held.open || held.Busy()) Fault("calls to a counter that is not free");
    for (auto const& [id, ticket] : day_.last_tickets) {
      if (ticket.state != TicketState::kWaiting || id == called.id) continue;
      if (ticket.service == called.service) {
        bool const before =
            std::pair(ticket.rank, id) < std::pair(called.rank, called.id);
        if (before) ++records_[id].overtakes_in_class;
      } else if (Serves(*counter, ticket.service) &&
                 ticket.rank < called.rank) {
        auto& overtakers = overtakers_[id];
        overtakers.insert(called.id);
        auto& most = records_[id].overtakes;
        most = std::max(most, static_cast<int>(overtakers.size()));
      }
    }
    overtakers_.erase(called.id);
  }

  static bool Serves(CounterSettings const& counter, ServiceId const& id) {
    return std::any_of(
        counter.serves.begin(), counter.serves.end(),
        [&](ServedService const& served) { return served.service == id; });
  }

  void ReadTicket() {
    auto const& ticket = *event_->ticket;
    auto const known = day_.last_tickets.find(ticket.id);
    bool const issued = event_->kind == EventKind::kTicketIssued;
    if (issued != (known == day_.last_tickets.end())) {
      Fault("issues a ticket twice, or tells of one never issued");
    }
    if (!issued && known != day_.last_tickets.end()) {
      if (ticket.version != known->second.version + 1) {
        Fault("skips a version of a ticket");
      }
      if (!MayFollow(known->second.state)) Fault("is a step out of order");
      if (ticket.number != known->second.number ||
          ticket.arrival != known->second.arrival) {
        Fault("changes what never changes");
      }
    }
    auto& record = records_[ticket.id];
    record.state = ticket.state;
    record.ended = ticket.ended;
    record.serving_started = ticket.serving_started;
    switch (event_->kind) {
      case EventKind::kTicketIssued:
        for (auto const& [id, other] : day_.last_tickets) {
          if (IsLive(other.state) && other.number == ticket.number) {
            Fault("issues a number that is in use");
          }
        }
        order_.push_back(ticket.id);
        record.id = ticket.id;
        record.service = ticket.service;
        record.issued = event_->time;
        break;
      case EventKind::kTicketCalled:
        ++record.calls;
        if (!record.first_called) record.first_called = event_->time;
        record.last_called = event_->time;
        break;
      case EventKind::kTicketRecalled:
        ++record.recalls;
        break;
      case EventKind::kTicketReturned:
        ++record.returns;
        if (ticket.rank < known->second.rank) Fault("rewards an absence");
        break;
      default:
        break;
    }
    day_.last_tickets[ticket.id] = ticket;
  }

  bool MayFollow(TicketState before) const {
    switch (event_->kind) {
      case EventKind::kTicketCalled:
      case EventKind::kTicketCancelled:
        return before == TicketState::kWaiting;
      case EventKind::kTicketRecalled:
      case EventKind::kServingStarted:
      case EventKind::kTicketMarkedAbsent:
        return before == TicketState::kCalled;
      case EventKind::kTicketCompleted:
        return before == TicketState::kServing;
      case EventKind::kTicketReturned:
        return before == TicketState::kAbsent;
      default:
        return false;
    }
  }

  void ReadCounter() {
    auto const& counter = *event_->counter;
    auto& known = day_.last_counters[counter.id];
    bool const same = counter == known;
    if (!same && counter.version != known.version + 1) {
      Fault("skips a version of a counter");
    }
    if (counter.session < known.session) Fault("goes back to an old session");
    known = counter;
  }

  // Who is called or served is at one counter, and whoever is at a counter is
  // called or served.
  void CheckHolders() {
    std::map<TicketId, int> holders;
    for (auto const& [id, counter] : day_.last_counters) {
      if (counter.Busy()) ++holders[counter.ticket];
    }
    for (auto const& [id, count] : holders) {
      auto const state = day_.last_tickets[id].state;
      if (count != 1) Fault("leaves a ticket at two counters");
      if (state != TicketState::kCalled && state != TicketState::kServing) {
        Fault("leaves a ticket at a counter that is not called there");
      }
    }
    if (!event_->ticket) return;
    bool const at_counter = event_->ticket->state == TicketState::kCalled ||
                            event_->ticket->state == TicketState::kServing;
    if (at_counter != holders.contains(event_->ticket->id)) {
      Fault("leaves a called ticket at no counter");
    }
  }

  Waits WaitsFor(ServiceId const& service) const {
    std::vector<std::chrono::milliseconds> all;
    for (auto const& record : day_.tickets) {
      if (record.service == service && record.Wait()) {
        all.push_back(*record.Wait());
      }
    }
    Waits waits;
    if (all.empty()) return waits;
    std::sort(all.begin(), all.end());
    std::chrono::milliseconds sum{0};
    for (auto const wait : all) sum += wait;
    auto const size = static_cast<std::int64_t>(all.size());
    waits.called = static_cast<int>(size);
    waits.mean = sum / size;
    waits.median = all[(all.size() - 1) / 2];
    waits.p90 = all[(all.size() - 1) * 9 / 10];
    waits.longest = all.back();
    return waits;
  }

  Office const& office_;
  Event const* event_ = nullptr;
  std::int64_t sequence_ = 0;
  DayRecord day_;
  std::vector<TicketId> order_;
  std::map<TicketId, TicketRecord> records_;
  // Of the wait under way.
  std::map<TicketId, std::set<TicketId>> overtakers_;
};

}  // namespace

std::optional<std::chrono::milliseconds> TicketRecord::Wait() const {
  if (!first_called) return std::nullopt;
  return *first_called - issued;
}

DayRecord ReadDay(Office const& office,
                  std::vector<ticketing::Event> const& log) {
  Reader reader(office);
  for (auto const& event : log) reader.Read(event);
  return reader.Finish();
}

}  // namespace madoguchi::simulation
