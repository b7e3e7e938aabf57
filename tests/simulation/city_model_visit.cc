#include "tests/simulation/city_model.h"
#include "tests/simulation/city_model_step.h"
#include "tests/simulation/model_changes.h"
#include <algorithm>

// Steps with a ticket: a visit at a counter, and where it goes from there.
namespace madoguchi::simulation {

using ticketing::CounterActivity;
using ticketing::Event;
using ticketing::EventKind;
using ticketing::Hold;
using ticketing::Ticket;
using ticketing::TicketState;

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

}  // namespace madoguchi::simulation
