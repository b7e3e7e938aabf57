#include "tests/simulation/city_model.h"
#include "tests/simulation/city_model_step.h"
#include "tests/simulation/model_changes.h"
#include <algorithm>

namespace madoguchi::simulation {

using ticketing::Counter;
using ticketing::CounterActivity;
using ticketing::EventKind;
using ticketing::Outcome;
using ticketing::Ticket;
using ticketing::TicketState;

CityModel::CityModel(City const& city) : city_(city) {
  for (auto const& office : city.offices) {
    auto& at = offices_[office.id];
    at.office = &office;
    for (auto const& counter : office.counters) {
      at.counters[counter.id].id = counter.id;
    }
  }
}

std::string CityModel::QueueName(Ticket const& ticket) {
  return ticket.queue.value.empty() ? ticket.service.value : ticket.queue.value;
}

std::string CityModel::ServiceQueueName(Office const& office,
                                        ServiceId const& service,
                                        std::string const& language) {
  for (auto const& routed : office.routed_languages) {
    if (routed == language) return service.value + "~" + language;
  }
  return service.value;
}

std::vector<std::string> CityModel::TurnQueues(Office const& office,
                                               CounterSettings const& counter) {
  std::vector<std::string> queues;
  for (auto const& served : counter.serves) {
    queues.push_back(served.service.value);
    for (auto const& language : office.routed_languages) {
      queues.push_back(served.service.value + "~" + language);
    }
  }
  return queues;
}

std::vector<Ticket> CityModel::InOrder(ModelOffice const& at,
                                       std::string const& queue) {
  std::vector<Ticket> waiting;
  for (auto const& [id, ticket] : at.tickets) {
    if (ticket.state == TicketState::kWaiting && QueueName(ticket) == queue) {
      waiting.push_back(ticket);
    }
  }
  std::sort(waiting.begin(), waiting.end(), [](auto const& a, auto const& b) {
    return std::pair(a.rank.ms, a.id) < std::pair(b.rank.ms, b.id);
  });
  return waiting;
}

void CityModel::Put(ModelOffice& at, Ticket const& ticket) {
  auto const known = at.tickets.find(ticket.id);
  if (known != at.tickets.end()) {
    auto const& before = known->second;
    for (auto const& [key, time] : DueAbout(*at.office, before)) {
      at.due.erase(key);
    }
    if (before.rank != ticket.rank || QueueName(before) != QueueName(ticket) ||
        before.queued != ticket.queued) {
      at.overtakers.erase(ticket.id);
    }
  }
  at.due.merge(DueAbout(*at.office, ticket));
  at.tickets[ticket.id] = ticket;
}

void CityModel::Put(ModelOffice& at, Counter const& counter) {
  auto const before = std::exchange(at.counters[counter.id], counter);
  auto const key = "wrap-up:" + counter.id.value;
  if (before.activity == CounterActivity::kWrapUp) at.due.erase(key);
  if (counter.activity == CounterActivity::kWrapUp) {
    at.due[key] = *counter.activity_since + at.office->desk_policy.wrap_up;
  }
}

// Believes the answer's id and number, if they may be given.
void CityModel::PutNew(ModelOffice& at, Ticket& ticket,
                       std::optional<Ticket> const& answered, Timestamp now,
                       bool ranked_now) {
  if (!answered) return Fault("a ticket was issued and not answered");
  ticket.id = answered->id;
  ticket.number = answered->number;
  if (ranked_now) {
    at.last_rank = std::max(Ms(now), at.last_rank + 1);
    ticket.rank.ms = at.last_rank;
  }
  if (at.tickets.contains(ticket.id) || at.leftovers.contains(ticket.id)) {
    Fault(ticket.id.value + " was issued twice");
  }
  if (!ticket.id.value.starts_with(std::to_string(at.day.yyyymmdd))) {
    Fault(ticket.id.value + " is not of the day");
  }
  for (auto const& [id, other] : at.tickets) {
    if (other.number == ticket.number && IsLive(other.state)) {
      Fault(ticket.number + " was issued while in use by " + id.value);
    }
  }
  ++at.issued;
  Put(at, ticket);
}

CityModel::Events CityModel::Take(Order const& order, Outcome const& outcome,
                                  Timestamp now) {
  Step step{order, outcome, now, offices_.at(order.office), Seen(order.office)};
  switch (order.verb) {
    case Verb::kIssue:
      TakeIssue(step);
      break;
    case Verb::kCancel:
      TakeCancel(step);
      break;
    case Verb::kOpen:
      TakeOpen(step);
      break;
    case Verb::kClose:
      TakeClose(step);
      break;
    case Verb::kPause:
      TakePause(step);
      break;
    case Verb::kEndActivity:
      TakeEndActivity(step);
      break;
    case Verb::kCallNext:
      TakeCallNext(step);
      break;
    case Verb::kServeVisitor:
      TakeServeVisitor(step);
      break;
    case Verb::kUndo:
      TakeUndo(step);
      break;
    case Verb::kTransfer:
      if (!order.transfer.office.value.empty()) {
        TakeAway(step);
        break;
      }
      TakeTransfer(step);
      break;
    case Verb::kDesignate:
      TakeTransfer(step);
      break;
    case Verb::kSetAssist:
    case Verb::kEdit:
    case Verb::kReturn:
    case Verb::kEndHold:
      TakePlacing(step);
      break;
    default:
      TakeVisitStep(step);
  }
  return std::move(step.events);
}

void CityModel::TakeIssue(Step& step) {
  Ticket ticket;
  ticket.service = step.order.service;
  ticket.language = step.order.language.empty() ? "ja" : step.order.language;
  ticket.arrival = step.now;
  ticket.next_services = step.order.next_services;
  SetQueue(ticket,
           ServiceQueueName(step.office(), ticket.service, ticket.language));
  PutNew(step.at, ticket, step.outcome.ticket, step.now, /*ranked_now=*/true);
  step.Tell(EventKind::kTicketIssued, {}, ticket, {});
}

void CityModel::TakeCancel(Step& step) {
  auto const before = step.at.tickets.at(step.order.ticket);
  auto after = before;
  ++after.version;
  End(after, TicketState::kCancelled, step.now);
  Put(step.at, after);
  step.Tell(EventKind::kTicketCancelled, before, after, {});
}

void CityModel::TakeOpen(Step& step) {
  auto counter = step.counter();
  bool const was_open = counter.open;
  counter.open = true;
  counter.staff = step.order.staff;
  counter.session =
      std::max(counter.session, std::int64_t{step.at.day.yyyymmdd} * 10'000) +
      1;
  ++counter.version;
  SetReady(counter);
  Put(step.at, counter);
  step.Tell(EventKind::kCounterOpened, {}, {}, counter).reason =
      was_open ? "TAKEN_OVER" : "";
}

void CityModel::TakeClose(Step& step) {
  auto counter = step.counter();
  auto const staff = counter.staff;
  counter.open = false;
  counter.staff = {};
  ++counter.version;
  SetReady(counter);
  Put(step.at, counter);
  step.Tell(EventKind::kCounterClosed, {}, {}, counter).staff = staff;
  for (auto const& before : InOrder(step.seen, "@" + counter.id.value)) {
    auto after = before;
    ++after.version;
    SetQueue(after,
             ServiceQueueName(step.office(), after.service, after.language));
    Put(step.at, after);
    auto& event = step.Tell(EventKind::kTicketTransferred, before, after, {});
    event.staff = staff;
    event.reason = "COUNTER_CLOSED";
  }
}

void CityModel::TakePause(Step& step) {
  auto counter = step.counter();
  ++counter.version;
  counter.activity = CounterActivity::kPaused;
  counter.activity_reason = step.order.code;
  counter.activity_since = step.now;
  Put(step.at, counter);
  step.Tell(EventKind::kCounterPaused, {}, {}, counter).reason =
      step.order.code;
}

void CityModel::TakeEndActivity(Step& step) {
  auto counter = step.counter();
  ++counter.version;
  SetReady(counter);
  Put(step.at, counter);
  step.Tell(EventKind::kCounterResumed, {}, {}, counter);
}

// A call by turn goes to the head of a queue, and overtakes nobody too often.
void CityModel::NoteCall(ModelOffice& at, CounterSettings const& counter,
                         Ticket const& called) {
  for (auto const& queue : TurnQueues(*at.office, counter)) {
    if (queue == QueueName(called)) continue;
    for (auto const& other : InOrder(at, queue)) {
      if (other.rank.ms >= called.rank.ms) continue;
      auto& overtakers = at.overtakers[other.id];
      overtakers.insert(called.id);
      auto const limit = at.office->call_policy.overtaking_limit;
      if (static_cast<int>(overtakers.size()) > limit) {
        Fault(other.id.value + " was overtaken " +
              std::to_string(overtakers.size()) + " times");
      }
    }
  }
}

void CityModel::TakeCallNext(Step& step) {
  auto const& settings = *step.office().FindCounter(step.order.counter);
  auto const own = "@" + settings.id.value;
  auto queues = TurnQueues(step.office(), settings);
  if (!step.outcome.ticket) {
    queues.push_back(own);
    for (auto const& queue : queues) {
      if (!InOrder(step.at, queue).empty()) {
        Fault("nobody was called though somebody waits in " + queue);
      }
    }
    return;
  }
  auto const found = step.at.tickets.find(step.outcome.ticket->id);
  if (found == step.at.tickets.end() ||
      found->second.state != TicketState::kWaiting) {
    return Fault(step.outcome.ticket->id.value + " was called and waits not");
  }
  auto const before = found->second;
  auto const queue = QueueName(before);
  bool const sent = !InOrder(step.at, own).empty();
  if (sent ? queue != own
           : std::find(queues.begin(), queues.end(), queue) == queues.end()) {
    Fault(before.id.value + " was called from the wrong queue " + queue);
  }
  if (InOrder(step.at, queue).front().id != before.id) {
    Fault(before.id.value + " was called and is not the head of " + queue);
  }
  if (sent != (step.outcome.reason == "SENT_TO_COUNTER")) {
    Fault("called for the wrong reason " + step.outcome.reason);
  }
  if (!sent) NoteCall(step.at, settings, before);
  auto after = before;
  ++after.version;
  CallTo(after, settings.id, step.now);
  Put(step.at, after);
  Put(step.at, With(step.counter(), after.id));
  step.Tell(EventKind::kTicketCalled, before, after, step.counter()).reason =
      step.outcome.reason;
}

}  // namespace madoguchi::simulation
