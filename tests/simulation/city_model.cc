#include "tests/simulation/city_model.h"
#include <algorithm>

namespace madoguchi::simulation {

using ticketing::Counter;
using ticketing::CounterActivity;
using ticketing::Event;
using ticketing::EventKind;
using ticketing::Hold;
using ticketing::Outcome;
using ticketing::Rank;
using ticketing::Ticket;
using ticketing::TicketId;
using ticketing::TicketState;

namespace {

std::int64_t Ms(Timestamp time) { return time.time_since_epoch().count(); }

void SetQueue(Ticket& ticket, std::string const& queue) {
  ticket.queue.value = queue == ticket.service.value ? "" : queue;
}

void Wait(Ticket& ticket, std::string const& queue, Timestamp now) {
  ticket.state = TicketState::kWaiting;
  SetQueue(ticket, queue);
  ticket.queued = now;
  ticket.hold.reset();
  ticket.ended.reset();
}

void End(Ticket& ticket, TicketState state, Timestamp now) {
  ticket.state = state;
  ticket.ended = now;
  ticket.hold.reset();
  ticket.note.clear();
}

void StopServing(Ticket& ticket, Timestamp now) {
  if (ticket.state != TicketState::kServing) return;
  ticket.served += now - *ticket.serving_started;
  ticket.serving_started.reset();
}

void CallTo(Ticket& ticket, CounterId const& counter, Timestamp now) {
  ticket.state = TicketState::kCalled;
  ticket.counter = counter;
  ticket.called = now;
  ticket.recalls = 0;
  ticket.hold.reset();
  ticket.ended.reset();
}

void SetReady(Counter& counter) {
  counter.activity = CounterActivity::kReady;
  counter.activity_reason.clear();
  counter.activity_since.reset();
}

Counter With(Counter counter, TicketId const& ticket) {
  counter.ticket = ticket;
  ++counter.version;
  SetReady(counter);
  return counter;
}

Counter Without(Counter counter) {
  counter.ticket = {};
  ++counter.version;
  return counter;
}

// What must be due about a ticket as it is.
std::map<std::string, Timestamp> DueAbout(Office const& office,
                                          Ticket const& ticket) {
  std::map<std::string, Timestamp> due;
  auto const& desk = office.desk_policy;
  auto const& id = ticket.id.value;
  auto const expires = office.call_policy.absent_expires;
  if (ticket.state == TicketState::kOnHold) {
    due["hold:" + id] = ticket.hold->deadline;
  }
  if (ticket.state == TicketState::kAbsent && expires.count() > 0) {
    due["absence:" + id] = *ticket.ended + expires;
  }
  if (ticket.state == TicketState::kServing && desk.finish_prompt.count() > 0 &&
      !ticket.time_uncertain) {
    due["finish:" + id] = *ticket.serving_started + desk.finish_prompt;
  }
  if (ticket.state == TicketState::kWaiting &&
      ticket.queue.value.starts_with("@")) {
    due["patience:" + id] = *ticket.queued + desk.counter_queue_patience;
  }
  return due;
}

}  // namespace

// One step under way: what it is about, and what it will have told.
struct CityModel::Step {
  Order const& order;
  Outcome const& outcome;
  Timestamp now;
  ModelOffice& at;
  ModelOffice const& seen;
  Events events = {};

  Office const& office() const { return *at.office; }
  Counter counter() const { return at.counters.at(order.counter); }

  Event& Tell(EventKind kind, std::optional<Ticket> const& before,
              std::optional<Ticket> const& after,
              std::optional<Counter> const& now_at) {
    Event event;
    event.kind = kind;
    event.day = at.day;
    event.time = now;
    event.ticket = after;
    event.counter = now_at;
    event.device = order.device;
    if (before && before->state == TicketState::kWaiting) {
      event.waited_in.value = QueueName(*before);
    }
    if (order.verb != Verb::kIssue && order.verb != Verb::kCancel) {
      event.at = order.counter;
      event.staff = at.counters.at(order.counter).staff;
    }
    return events.emplace_back(at.office->id, event).second;
  }
};

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

// Steps of a visit at a counter.
void CityModel::TakeVisitStep(Step& step) {
  auto const& order = step.order;
  auto const now = step.now;
  auto const before = step.at.tickets.at(order.ticket);
  auto after = before;
  ++after.version;
  auto counter = step.counter();
  std::string reason;
  auto kind = EventKind::kTicketCalled;
  bool undoable = false;
  switch (order.verb) {
    case Verb::kCallOutOfTurn:
      after.pickup = before.pickup || before.state == TicketState::kOnHold;
      CallTo(after, counter.id, now);
      counter = With(counter, after.id);
      reason = "BY_NUMBER";
      break;
    case Verb::kRecall:
      kind = EventKind::kTicketRecalled;
      ++after.recalls;
      after.called = now;
      break;
    case Verb::kStartServing:
      kind = EventKind::kServingStarted;
      after.state = TicketState::kServing;
      after.serving_started = now;
      break;
    case Verb::kComplete: {
      undoable = true;
      auto const code = order.code.empty() ? "done" : order.code;
      if (before.next_services.empty()) {
        kind = EventKind::kTicketCompleted;
        after.outcome = code;
        End(after, TicketState::kCompleted, now);
      } else {
        kind = EventKind::kServiceFinished;
        reason = code;
        StopServing(after, now);
        after.service = before.next_services.front();
        after.next_services.erase(after.next_services.begin());
        after.pickup = false;
        Wait(after,
             ServiceQueueName(step.office(), after.service, after.language),
             now);
      }
      counter = Without(counter);
      if (order.flag) {
        counter.activity = CounterActivity::kWrapUp;
        counter.activity_since = now;
      }
      break;
    }
    case Verb::kMarkAbsent:
      kind = EventKind::kTicketMarkedAbsent;
      undoable = true;
      after.state = TicketState::kAbsent;
      after.ended = now;
      counter = Without(counter);
      break;
    case Verb::kHold:
      kind = EventKind::kTicketHeld;
      reason = order.code;
      StopServing(after, now);
      after.state = TicketState::kOnHold;
      after.hold =
          Hold{.reason = order.code,
               .owner = counter.staff,
               .counter = counter.id,
               .since = now,
               .deadline = now + order.duration.value_or(
                                     step.office().desk_policy.usual_hold),
               .to_counter = order.flag};
      counter = Without(counter);
      break;
    case Verb::kResume:
      kind = EventKind::kServingResumed;
      after.state = TicketState::kServing;
      after.counter = counter.id;
      after.serving_started = now;
      after.hold.reset();
      counter = With(counter, after.id);
      break;
    default:
      return Fault("not a step of a visit");
  }
  Put(step.at, after);
  Put(step.at, counter);
  if (undoable) {
    step.at.steps[counter.id] = {before, after.version, counter.version, now};
  }
  step.Tell(kind, before, after, counter).reason = reason;
}

void CityModel::TakeServeVisitor(Step& step) {
  Ticket ticket;
  ticket.state = TicketState::kServing;
  ticket.service = step.order.service;
  ticket.language = step.order.language.empty() ? "ja" : step.order.language;
  ticket.arrival = step.now;
  ticket.counter = step.order.counter;
  ticket.serving_started = step.now;
  ticket.unqueued = true;
  PutNew(step.at, ticket, step.outcome.ticket, step.now, /*ranked_now=*/true);
  Put(step.at, With(step.counter(), ticket.id));
  step.Tell(EventKind::kVisitorServed, {}, ticket, step.counter());
}

void CityModel::TakeUndo(Step& step) {
  auto const undo = step.seen.steps.at(step.order.counter);
  auto const now_is = step.at.tickets.at(undo.before.id);
  auto back = undo.before;
  back.version = now_is.version + 1;
  Put(step.at, back);
  if (AtCounter(back)) Put(step.at, With(step.counter(), back.id));
  step.Tell(EventKind::kStepUndone, now_is, back, step.counter());
}

void CityModel::TakeTransfer(Step& step) {
  using ticketing::life::Position;
  auto const& order = step.order;
  bool const designate = order.verb == Verb::kDesignate;
  auto const position = designate ? Position::kFirst : order.transfer.position;
  auto const target = designate ? order.counter : order.transfer.counter;
  auto const before = step.at.tickets.at(order.ticket);
  auto after = before;
  ++after.version;
  StopServing(after, step.now);
  if (!designate && !order.transfer.service.value.empty()) {
    after.service = order.transfer.service;
  }
  auto const queue =
      target.value.empty()
          ? ServiceQueueName(step.office(), after.service, after.language)
          : "@" + target.value;
  auto const waiting = InOrder(step.seen, queue);
  if (position == Position::kFirst && !waiting.empty()) {
    after.rank.ms = std::min(after.rank.ms, waiting.front().rank.ms - 1);
  }
  if (position == Position::kLast) {
    after.rank.ms = std::max(after.rank.ms, Ms(step.now));
  }
  if (!designate && !order.transfer.note.empty()) {
    after.note = order.transfer.note;
  }
  after.pickup = false;
  Wait(after, queue, step.now);
  auto counter = step.counter();
  if (AtCounter(before)) counter = Without(counter);
  Put(step.at, after);
  Put(step.at, counter);
  auto& event =
      step.Tell(EventKind::kTicketTransferred, before, after, counter);
  if (designate) {
    event.staff = order.staff;
    event.reason = "DESIGNATED";
    return;
  }
  char const* const reasons[] = {"BY_ARRIVAL", "FIRST", "LAST"};
  event.reason = reasons[static_cast<int>(position)];
  step.at.steps[counter.id] = {before, after.version, counter.version,
                               step.now};
}

void CityModel::TakeAway(Step& step) {
  auto const& order = step.order;
  auto const before = step.at.tickets.at(order.ticket);
  auto after = before;
  ++after.version;
  StopServing(after, step.now);
  End(after, TicketState::kMoved, step.now);
  auto counter = step.counter();
  if (AtCounter(before)) counter = Without(counter);
  Put(step.at, after);
  Put(step.at, counter);
  step.Tell(EventKind::kTicketMoved, before, after, counter).reason =
      order.transfer.office.value;

  auto& other = offices_.at(order.transfer.office);
  Ticket arrived;
  arrived.service = order.transfer.service;
  arrived.arrival = before.arrival;
  arrived.rank = before.rank;
  arrived.language = before.language;
  arrived.head_start = before.head_start;
  arrived.note =
      order.transfer.note.empty() ? before.note : order.transfer.note;
  arrived.moved_from = ticketing::Origin{order.office, before.id};
  arrived.queued = step.now;
  SetQueue(arrived,
           ServiceQueueName(*other.office, arrived.service, arrived.language));
  PutNew(other, arrived, step.outcome.arrived, step.now,
         order.transfer.position == ticketing::life::Position::kLast);
  Event event;
  event.kind = EventKind::kTicketArrived;
  event.day = other.day;
  event.time = step.now;
  event.ticket = arrived;
  event.staff = counter.staff;
  event.reason = order.office.value;
  event.device = order.device;
  step.events.emplace_back(other.office->id, event);
}

// Where a ticket waits, and what is written about it.
void CityModel::TakePlacing(Step& step) {
  auto const& order = step.order;
  auto const& office = step.office();
  auto const before = step.at.tickets.at(order.ticket);
  auto after = before;
  ++after.version;
  auto kind = EventKind::kTicketEdited;
  std::string reason;
  switch (order.verb) {
    case Verb::kReturn: {
      kind = EventKind::kTicketReturned;
      auto const queue =
          ServiceQueueName(office, before.service, before.language);
      auto const waiting = InOrder(step.seen, queue);
      auto const& policy = office.call_policy;
      if (policy.reentry == Reentry::kLast) {
        after.rank.ms = std::max(before.rank.ms, Ms(step.now));
      }
      if (policy.reentry == Reentry::kAfter && !waiting.empty()) {
        auto const k = std::min(waiting.size(),
                                static_cast<std::size_t>(policy.reentry_after));
        after.rank.ms = std::max(before.rank.ms, waiting[k - 1].rank.ms + 1);
      }
      Wait(after, queue, step.now);
      break;
    }
    case Verb::kEndHold: {
      kind = EventKind::kHoldEnded;
      auto const& hold = *before.hold;
      bool const to_counter =
          hold.to_counter && step.seen.counters.at(hold.counter).open;
      after.pickup = true;
      Wait(after,
           to_counter
               ? "@" + hold.counter.value
               : ServiceQueueName(office, before.service, before.language),
           step.now);
      break;
    }
    case Verb::kSetAssist: {
      std::chrono::milliseconds const start =
          order.flag ? office.desk_policy.assist_head_start
                     : std::chrono::minutes(0);
      after.rank.ms += (before.head_start - start).count();
      after.head_start = start;
      reason = order.flag ? "ASSIST" : "ASSIST_TAKEN_BACK";
      break;
    }
    default: {
      if (order.edit.language) after.language = *order.edit.language;
      if (order.edit.note) after.note = *order.edit.note;
      if (order.edit.service) after.service = *order.edit.service;
      auto const queue = QueueName(before);
      SetQueue(after,
               queue.starts_with("@")
                   ? queue
                   : ServiceQueueName(office, after.service, after.language));
    }
  }
  Put(step.at, after);
  step.Tell(kind, before, after, step.counter()).reason = reason;
}

CityModel::Events CityModel::Fire(OfficeId const& office,
                                  ticketing::DueEntry const& entry,
                                  Timestamp now) {
  auto& at = offices_.at(office);
  auto const key = KeyOf(entry);
  auto const due = at.due.find(key);
  if (due == at.due.end() || due->second != entry.time || entry.time > now) {
    Fault(key + " fired and was not due");
    return {};
  }
  if (!at.fired.emplace(key, entry.time).second) Fault(key + " fired twice");
  at.due.erase(due);
  Event event;
  event.day = at.day;
  event.time = now;
  auto const kind = key.substr(0, key.find(':'));
  if (kind == "wrap-up") {
    auto counter = at.counters[CounterId{entry.subject}];
    // That of a counter of yesterday means nothing.
    if (counter.activity != CounterActivity::kWrapUp) return {};
    ++counter.version;
    SetReady(counter);
    Put(at, counter);
    event.kind = EventKind::kCounterResumed;
    event.counter = counter;
    event.at = counter.id;
    event.reason = "WRAP_UP_ENDED";
    return {{office, event}};
  }
  auto const found = at.tickets.find(TicketId{entry.subject});
  if (found == at.tickets.end()) return {};
  auto const before = found->second;
  auto after = before;
  ++after.version;
  auto const queue =
      ServiceQueueName(*at.office, before.service, before.language);
  if (kind == "hold") {
    auto const& hold = *before.hold;
    bool const to_counter =
        hold.to_counter && Seen(office).counters.at(hold.counter).open;
    after.pickup = true;
    Wait(after, to_counter ? "@" + hold.counter.value : queue, now);
    event.kind = EventKind::kHoldEnded;
    event.reason = "DEADLINE";
  } else if (kind == "absence") {
    End(after, TicketState::kExpired, now);
    event.kind = EventKind::kTicketExpired;
    event.reason = "ABSENT_TOO_LONG";
  } else if (kind == "finish") {
    after.time_uncertain = true;
    event.kind = EventKind::kFinishOverdue;
    event.reason = "FINISH_FORGOTTEN";
  } else {
    event.waited_in.value = QueueName(before);
    SetQueue(after, queue);
    event.kind = EventKind::kTicketTransferred;
    event.reason = "COUNTER_DID_NOT_CALL";
  }
  Put(at, after);
  event.ticket = after;
  return {{office, event}};
}

CityModel::Events CityModel::OpenDay(OfficeId const& office, BusinessDay day,
                                     Timestamp now) {
  auto& at = offices_.at(office);
  if (day <= at.day || at.sweeping) {
    Fault("a day was opened that must not be");
    return {};
  }
  at.sweeping = at.day.yyyymmdd != 0;
  at.day = day;
  at.leftovers = std::exchange(at.tickets, {});
  at.steps.clear();
  at.overtakers.clear();
  at.counters.clear();
  for (auto const& counter : at.office->counters) {
    at.counters[counter.id].id = counter.id;
  }
  Event event;
  event.kind = EventKind::kDayOpened;
  event.day = day;
  event.time = now;
  return {{office, event}};
}

CityModel::Events CityModel::Sweep(OfficeId const& office,
                                   std::vector<TicketId> const& ids, bool last,
                                   Timestamp now) {
  auto& at = offices_.at(office);
  Events events;
  for (auto const& id : ids) {
    auto const found = at.leftovers.find(id);
    if (found == at.leftovers.end()) {
      Fault(id.value + " was swept and not left");
      continue;
    }
    auto const before = found->second;
    at.leftovers.erase(found);
    if (!IsLive(before.state)) {
      Fault(id.value + " was swept though it had ended");
      continue;
    }
    for (auto const& [key, time] : DueAbout(*at.office, before)) {
      at.due.erase(key);
    }
    auto after = before;
    ++after.version;
    Event event;
    event.day = at.day;
    event.time = now;
    event.reason = "DAY_ENDED";
    if (before.state == TicketState::kWaiting) {
      event.waited_in.value = QueueName(before);
    }
    if (before.state == TicketState::kServing) {
      event.kind = EventKind::kTicketCompleted;
      after.outcome = "unfinished";
      after.time_uncertain = true;
      End(after, TicketState::kCompleted, now);
      ++at.gone;
    } else if (at.office->day_end == DayEnd::kExpire ||
               before.state == TicketState::kAbsent) {
      event.kind = EventKind::kTicketExpired;
      End(after, TicketState::kExpired, now);
      ++at.gone;
    } else {
      event.kind = EventKind::kTicketCarriedOver;
      if (before.state == TicketState::kOnHold) after.pickup = true;
      if (!after.carried_over_from) {
        after.carried_over_from = BusinessDay{std::stoi(id.value.substr(0, 8))};
      }
      Wait(after, ServiceQueueName(*at.office, after.service, after.language),
           now);
      Put(at, after);
    }
    event.ticket = after;
    events.emplace_back(office, event);
  }
  if (!last) return events;
  for (auto const& [id, ticket] : at.leftovers) {
    if (IsLive(ticket.state)) Fault(id.value + " was left behind");
    ++at.gone;
  }
  at.leftovers.clear();
  at.sweeping = false;
  return events;
}

}  // namespace madoguchi::simulation
