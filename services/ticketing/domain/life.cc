#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <chrono>

namespace madoguchi::ticketing::life {
namespace {

Ticket Step(Ticket const& ticket, TicketState state) {
  auto next = ticket;
  next.state = state;
  ++next.version;
  return next;
}

Counter Step(Counter const& counter) {
  auto next = counter;
  ++next.version;
  return next;
}

// Room for 9999 openings of a counter a day.
constexpr std::int64_t kSessionsPerDay = 10'000;

}  // namespace

absl::StatusOr<Ticket> Call(Ticket const& ticket, CounterId const& counter,
                            Timestamp now) {
  if (ticket.state != TicketState::kWaiting) {
    return error::TicketNotWaiting(ticket);
  }
  auto next = Step(ticket, TicketState::kCalled);
  next.counter = counter;
  next.called = now;
  next.recalls = 0;
  // Those of an earlier call, before an absence.
  next.ended.reset();
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
  if (left > std::chrono::milliseconds(0)) {
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
  next.ended = now;
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

absl::StatusOr<Ticket> Return(Ticket const& ticket, Rank rank) {
  if (ticket.state != TicketState::kAbsent) {
    return error::TicketNotAbsent(ticket);
  }
  auto next = Step(ticket, TicketState::kWaiting);
  next.rank = rank;
  next.ended.reset();
  return next;
}

absl::StatusOr<Ticket> Cancel(Ticket const& ticket, Timestamp now) {
  if (ticket.state != TicketState::kWaiting) {
    return error::TicketNotWaiting(ticket);
  }
  auto next = Step(ticket, TicketState::kCancelled);
  next.ended = now;
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

absl::StatusOr<Counter> OpenCounter(Counter const& counter, BusinessDay day,
                                    StaffId const& staff, bool take_over) {
  if (counter.open && !take_over) return error::CounterAlreadyOpen(counter.id);
  auto next = Step(counter);
  next.open = true;
  next.staff = staff;
  next.session =
      std::max(counter.session, std::int64_t{day.yyyymmdd} * kSessionsPerDay) +
      1;
  return next;
}

absl::StatusOr<Counter> CloseCounter(Counter const& counter) {
  if (counter.Busy()) return error::CounterBusy(counter.id, counter.ticket);
  auto next = Step(counter);
  next.open = false;
  next.staff = {};
  return next;
}

absl::Status CheckSession(Counter const& counter, std::int64_t session) {
  if (!counter.open) return error::CounterClosed(counter.id);
  if (session != 0 && session != counter.session) {
    return error::CounterTakenOver(counter.id);
  }
  return absl::OkStatus();
}

absl::StatusOr<Counter> Occupy(Counter const& counter, TicketId const& ticket) {
  if (counter.Busy()) return error::CounterBusy(counter.id, counter.ticket);
  auto next = Step(counter);
  next.ticket = ticket;
  return next;
}

Counter Release(Counter const& counter) {
  auto next = Step(counter);
  next.ticket = {};
  return next;
}

}  // namespace madoguchi::ticketing::life
