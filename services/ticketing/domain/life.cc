#include "services/ticketing/domain/life.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/queues.h"
#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <utility>

namespace madoguchi::ticketing::life {
namespace {

using std::chrono::milliseconds;

Ticket Step(Ticket const& ticket, TicketState state) {
  auto next = ticket;
  next.state = state;
  ++next.version;
  return next;
}

bool IsOneOf(TicketState state, std::initializer_list<TicketState> states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

// An empty queue in the record means the service's own.
void SetQueue(Ticket& ticket, QueueId const& queue) {
  ticket.queue = queue.value == ticket.service.value ? QueueId() : queue;
}

// A stretch at a counter is over: its time is kept.
void EndStretch(Ticket& ticket, Timestamp now) {
  if (ticket.serving_started) ticket.served += now - *ticket.serving_started;
  ticket.serving_started.reset();
}

void BeginWaiting(Ticket& ticket, QueueId const& queue, Timestamp now) {
  ticket.state = TicketState::kWaiting;
  SetQueue(ticket, queue);
  ticket.queued = now;
  ticket.hold.reset();
  ticket.ended.reset();
}

void End(Ticket& ticket, Timestamp now) {
  ticket.ended = now;
  ticket.hold.reset();
  // What one clerk told the next is nobody's business any more.
  ticket.note.clear();
}

Ticket CalledTo(Ticket const& ticket, CounterId const& counter, Timestamp now) {
  auto next = Step(ticket, TicketState::kCalled);
  next.counter = counter;
  next.called = now;
  next.recalls = 0;
  next.hold.reset();
  // Those of an earlier call, before an absence.
  next.ended.reset();
  return next;
}

bool MayLeave(Ticket const& ticket) {
  return IsOneOf(ticket.state, {TicketState::kWaiting, TicketState::kCalled,
                                TicketState::kServing, TicketState::kOnHold});
}

}  // namespace

absl::StatusOr<Ticket> Call(Ticket const& ticket, CounterId const& counter,
                            Timestamp now) {
  if (ticket.state != TicketState::kWaiting) {
    return error::TicketNotWaiting(ticket);
  }
  return CalledTo(ticket, counter, now);
}

absl::StatusOr<Ticket> CallOutOfTurn(Ticket const& ticket,
                                     CounterId const& counter, Timestamp now) {
  if (!IsOneOf(ticket.state, {TicketState::kWaiting, TicketState::kOnHold,
                              TicketState::kAbsent})) {
    return error::TicketNotCallable(ticket);
  }
  auto next = CalledTo(ticket, counter, now);
  next.pickup = ticket.pickup || ticket.state == TicketState::kOnHold;
  return next;
}

absl::StatusOr<Ticket> Recall(Ticket const& ticket, CallPolicy const& policy,
                              Timestamp now) {
  if (ticket.state != TicketState::kCalled) {
    return error::TicketNotCalled(ticket);
  }
  if (ticket.recalls >= policy.max_recalls) {
    return error::RecallLimitReached(ticket, policy.max_recalls);
  }
  auto const left = ticket.called.value_or(now) + policy.recall_spacing - now;
  if (left > milliseconds(0)) {
    return error::RecallTooSoon(ticket,
                                std::chrono::ceil<std::chrono::seconds>(left));
  }
  auto next = Step(ticket, TicketState::kCalled);
  next.called = now;
  ++next.recalls;
  return next;
}

absl::StatusOr<Ticket> StartServing(Ticket const& ticket, Timestamp now) {
  if (ticket.state != TicketState::kCalled) {
    return error::TicketNotCalled(ticket);
  }
  auto next = Step(ticket, TicketState::kServing);
  next.serving_started = now;
  return next;
}

absl::StatusOr<Ticket> Complete(Ticket const& ticket,
                                std::string const& outcome, Timestamp now) {
  if (ticket.state != TicketState::kServing) {
    return error::TicketNotServing(ticket);
  }
  auto next = Step(ticket, TicketState::kCompleted);
  next.outcome = outcome;
  End(next, now);
  return next;
}

absl::StatusOr<Ticket> FinishService(Ticket const& ticket, QueueId const& queue,
                                     Timestamp now) {
  if (ticket.state != TicketState::kServing) {
    return error::TicketNotServing(ticket);
  }
  auto next = Step(ticket, TicketState::kWaiting);
  EndStretch(next, now);
  next.service = next.next_services.front();
  next.next_services.erase(next.next_services.begin());
  next.pickup = false;
  BeginWaiting(next, queue, now);
  return next;
}

absl::StatusOr<Ticket> MarkAbsent(Ticket const& ticket,
                                  CallPolicy const& policy, Timestamp now) {
  if (ticket.state != TicketState::kCalled) {
    return error::TicketNotCalled(ticket);
  }
  if (ticket.recalls < policy.recalls_before_absent) {
    return error::RecallRequired(ticket, policy.recalls_before_absent);
  }
  auto next = Step(ticket, TicketState::kAbsent);
  next.ended = now;
  return next;
}

absl::StatusOr<Ticket> Return(Ticket const& ticket, QueueId const& queue,
                              Rank rank, Timestamp now) {
  if (ticket.state != TicketState::kAbsent) {
    return error::TicketNotAbsent(ticket);
  }
  auto next = Step(ticket, TicketState::kWaiting);
  next.rank = rank;
  BeginWaiting(next, queue, now);
  return next;
}

absl::StatusOr<Ticket> Cancel(Ticket const& ticket, Timestamp now) {
  if (ticket.state != TicketState::kWaiting) {
    return error::TicketNotWaiting(ticket);
  }
  auto next = Step(ticket, TicketState::kCancelled);
  End(next, now);
  return next;
}

absl::StatusOr<Ticket> PutOnHold(Ticket const& ticket, Hold const& hold,
                                 Timestamp now) {
  if (ticket.state != TicketState::kServing) {
    return error::TicketNotServing(ticket);
  }
  auto next = Step(ticket, TicketState::kOnHold);
  EndStretch(next, now);
  next.hold = hold;
  return next;
}

absl::StatusOr<Ticket> EndHold(Ticket const& ticket, QueueId const& queue,
                               Timestamp now) {
  if (ticket.state != TicketState::kOnHold) {
    return error::TicketNotOnHold(ticket);
  }
  auto next = Step(ticket, TicketState::kWaiting);
  next.pickup = true;
  BeginWaiting(next, queue, now);
  return next;
}

QueueId QueueAfterHold(Office const& office, Ticket const& ticket,
                       std::span<Counter const> counters) {
  if (ticket.hold && ticket.hold->to_counter) {
    for (auto const& counter : counters) {
      if (counter.id == ticket.hold->counter && counter.open) {
        return CounterQueue(counter.id);
      }
    }
  }
  return ServiceQueue(office, ticket.service, ticket.language);
}

absl::StatusOr<Ticket> ResumeServing(Ticket const& ticket,
                                     CounterId const& counter, Timestamp now) {
  if (ticket.state != TicketState::kOnHold) {
    return error::TicketNotOnHold(ticket);
  }
  auto next = Step(ticket, TicketState::kServing);
  next.counter = counter;
  next.serving_started = now;
  next.hold.reset();
  return next;
}

absl::StatusOr<Ticket> Transfer(Ticket const& ticket, Destination const& to,
                                Timestamp now) {
  if (!MayLeave(ticket)) return error::TicketNotTransferable(ticket);
  auto next = Step(ticket, TicketState::kWaiting);
  if (ticket.state == TicketState::kServing) EndStretch(next, now);
  next.service = to.service;
  next.rank = to.rank;
  if (!to.note.empty()) next.note = to.note;
  next.pickup = false;
  BeginWaiting(next, to.queue, now);
  return next;
}

absl::StatusOr<Ticket> Move(Ticket const& ticket, Timestamp now) {
  if (!MayLeave(ticket)) return error::TicketNotTransferable(ticket);
  auto next = Step(ticket, TicketState::kMoved);
  if (ticket.state == TicketState::kServing) EndStretch(next, now);
  End(next, now);
  return next;
}

Ticket Arrive(Ticket const& ticket, OfficeId const& from, Destination const& to,
              Timestamp now) {
  Ticket arrived;
  arrived.service = to.service;
  arrived.arrival = ticket.arrival;
  arrived.rank = to.rank;
  arrived.language = ticket.language;
  arrived.head_start = ticket.head_start;
  arrived.note = to.note.empty() ? ticket.note : to.note;
  arrived.moved_from = Origin{from, ticket.id};
  SetQueue(arrived, to.queue);
  arrived.queued = now;
  return arrived;
}

Ticket ServeUnqueued(ServiceId const& service, std::string const& language,
                     CounterId const& counter, Timestamp now) {
  Ticket ticket;
  ticket.state = TicketState::kServing;
  ticket.service = service;
  ticket.arrival = now;
  ticket.language = language;
  ticket.counter = counter;
  ticket.serving_started = now;
  ticket.unqueued = true;
  return ticket;
}

absl::StatusOr<Ticket> SetHeadStart(Ticket const& ticket,
                                    milliseconds head_start) {
  if (!IsLive(ticket.state)) return error::TicketEnded(ticket);
  auto next = Step(ticket, ticket.state);
  next.rank.ms += (ticket.head_start - head_start).count();
  next.head_start = head_start;
  return next;
}

absl::StatusOr<Ticket> EditTicket(Ticket const& ticket, Edit const& edit,
                                  QueueId const& queue) {
  if (!IsLive(ticket.state)) return error::TicketEnded(ticket);
  auto next = Step(ticket, ticket.state);
  if (edit.language) next.language = *edit.language;
  if (edit.note) next.note = *edit.note;
  if (edit.service) next.service = *edit.service;
  SetQueue(next, queue);
  return next;
}

Ticket TakeBack(Ticket const& ticket, Ticket const& before) {
  auto back = before;
  back.version = ticket.version + 1;
  return back;
}

absl::StatusOr<Ticket> MarkOverdue(Ticket const& ticket) {
  if (ticket.state != TicketState::kServing) {
    return error::TicketNotServing(ticket);
  }
  auto next = Step(ticket, TicketState::kServing);
  next.time_uncertain = true;
  return next;
}

absl::StatusOr<Ticket> LeaveCounterQueue(Ticket const& ticket,
                                         QueueId const& queue) {
  if (ticket.state != TicketState::kWaiting) {
    return error::TicketNotWaiting(ticket);
  }
  auto next = Step(ticket, TicketState::kWaiting);
  SetQueue(next, queue);
  return next;
}

std::optional<Ticket> EndDay(Ticket const& ticket, BusinessDay day, DayEnd end,
                             QueueId const& queue, Timestamp now) {
  if (!IsLive(ticket.state)) return std::nullopt;
  if (ticket.state == TicketState::kServing) {
    auto next = Step(ticket, TicketState::kCompleted);
    next.outcome = "unfinished";
    next.time_uncertain = true;
    End(next, now);
    return next;
  }
  if (end == DayEnd::kExpire || ticket.state == TicketState::kAbsent) {
    auto next = Step(ticket, TicketState::kExpired);
    End(next, now);
    return next;
  }
  auto next = Step(ticket, TicketState::kWaiting);
  next.pickup = ticket.pickup || ticket.state == TicketState::kOnHold;
  BeginWaiting(next, queue, now);
  if (!next.carried_over_from) next.carried_over_from = day;
  return next;
}

absl::StatusOr<Ticket> ExpireAbsence(Ticket const& ticket, Timestamp now) {
  if (ticket.state != TicketState::kAbsent) {
    return error::TicketNotAbsent(ticket);
  }
  auto next = Step(ticket, TicketState::kExpired);
  End(next, now);
  return next;
}

Rank ReentryRank(Ticket const& ticket, CallPolicy const& policy,
                 std::span<Ticket const> waiting, Timestamp now) {
  Rank rank = ticket.rank;
  switch (policy.reentry) {
    case Reentry::kNext:
      break;
    case Reentry::kAfter:
      if (!waiting.empty()) {
        auto const k = std::min(waiting.size(),
                                static_cast<std::size_t>(policy.reentry_after));
        rank = {waiting[k - 1].rank.ms + 1};
      }
      break;
    case Reentry::kLast:
      rank = {now.time_since_epoch().count()};
      break;
  }
  return std::max(rank, ticket.rank);
}

Rank TransferRank(Ticket const& ticket, Position position,
                  std::optional<Rank> head, Timestamp now) {
  switch (position) {
    case Position::kByArrival:
      break;
    case Position::kFirst:
      if (head) return std::min(ticket.rank, Rank{head->ms - 1});
      break;
    case Position::kLast:
      return std::max(ticket.rank, Rank{now.time_since_epoch().count()});
  }
  return ticket.rank;
}

}  // namespace madoguchi::ticketing::life
