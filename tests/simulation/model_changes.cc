#include "tests/simulation/model_changes.h"

namespace madoguchi::simulation {

using ticketing::Counter;
using ticketing::CounterActivity;
using ticketing::Ticket;
using ticketing::TicketId;
using ticketing::TicketState;

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

}  // namespace madoguchi::simulation
