#include "services/base/status_macros.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/settlement.h"
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

// Calls, and the steps of a visit at a counter.
namespace madoguchi::ticketing {
namespace {

using Step =
    std::function<absl::StatusOr<Ticket>(Ticket const& ticket, Timestamp now)>;

// A step of the counter that has the ticket, and keeps it.
DecideTicket StepOfHolder(EventKind kind, Step step) {
  return [kind, step = std::move(step)](
             Seen const& seen) -> absl::StatusOr<Settlement> {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const after, step(seen.ticket, seen.now));
    MADOGUCHI_RETURN_IF_ERROR(CheckHolds(seen));
    return MakeSettlement(seen, kind, after, seen.counter);
  };
}

std::vector<Ticket> FirstOf(QueueId const& queue, View const& view) {
  std::vector<Ticket> first;
  for (auto const& each : view.queues) {
    if (each.queue != queue) continue;
    for (auto const& waiting : each.first) first.push_back(waiting.ticket);
  }
  return first;
}

// By its id: its service may have become another since.
std::optional<Series> SeriesOf(Office const& office, Ticket const& ticket) {
  for (auto const& series : office.series) {
    auto const part = "-" + series.id.value + "-";
    if (ticket.id.value.find(part) != std::string::npos) return series;
  }
  return std::nullopt;
}

absl::StatusOr<Settlement> DecideUndo(CounterRef const& at,
                                      Office const& office, View const& view,
                                      Hall const& hall, Timestamp now) {
  auto const& counter = view.counters.front();
  MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, at.session));
  auto const& step = view.undo;
  if (!step || view.tickets.empty() || !view.tickets.front()) {
    return error::NothingToUndo(at.counter);
  }
  auto const& ticket = *view.tickets.front();
  if (ticket.id != step->before.id || ticket.version != step->ticket_version ||
      counter.version != step->counter_version ||
      now - step->time > office.desk_policy.undo) {
    return error::NothingToUndo(at.counter);
  }
  auto const back = life::TakeBack(ticket, step->before);
  auto at_counter = counter;
  if (back.state == TicketState::kCalled ||
      back.state == TicketState::kServing) {
    MADOGUCHI_ASSIGN_OR_RETURN(at_counter, life::Occupy(counter, ticket.id));
  }
  auto settlement = MakeSettlement({counter, ticket, view, hall, now},
                                   EventKind::kStepUndone, back, at_counter);
  if (!IsLive(ticket.state)) settlement.number_back = SeriesOf(office, ticket);
  return settlement;
}

}  // namespace

void CounterDesk::CallNext(CounterRef const& at, std::string const& request_id,
                           MachineTime deadline, Done<CallAnswer> done) {
  auto const place = FindPlace(context_.city, at);
  if (!place.ok()) return done(place.status());
  auto request = MakeRequest(
      request_id, "call-next",
      {at.office.value, at.counter.value, std::to_string(at.session)});
  if (!request.ok()) return done(request.status());
  lanes_.at(at.office)->Call(CallPress{
      place->counter, at.session, *std::move(request), deadline,
      [done = std::move(done)](absl::StatusOr<Outcome> outcome) mutable {
        if (!outcome.ok()) return done(outcome.status());
        done(CallAnswer{
            std::move(outcome->ticket),
            CallReasonOf(outcome->reason).value_or(CallReason::kNobodyWaits)});
      },
      at.device});
}

void CounterDesk::CallOutOfTurn(TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
  RunTicketCommand(
      context_, command, {"call"}, {},
      [](Seen const& seen) -> absl::StatusOr<Settlement> {
        MADOGUCHI_ASSIGN_OR_RETURN(
            auto const called,
            life::CallOutOfTurn(seen.ticket, seen.counter.id, seen.now));
        MADOGUCHI_ASSIGN_OR_RETURN(auto const occupied,
                                   life::Occupy(seen.counter, seen.ticket.id));
        return MakeSettlement(seen, EventKind::kTicketCalled, called, occupied,
                              std::string(CodeOf(CallReason::kByNumber)));
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::Recall(TicketCommand const& command, MachineTime deadline,
                         Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  RunTicketCommand(
      context_, command, {"recall"}, {},
      StepOfHolder(
          EventKind::kTicketRecalled,
          [office = place->office](Ticket const& ticket, Timestamp now) {
            return life::Recall(ticket, office->call_policy, now);
          }),
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::StartServing(TicketCommand const& command,
                               MachineTime deadline, Done<Ticket> done) {
  RunTicketCommand(context_, command, {"start-serving"}, {},
                   StepOfHolder(EventKind::kServingStarted, life::StartServing),
                   deadline, ToTicket(std::move(done)));
}

void CounterDesk::ServeVisitor(CounterRef const& at, ServiceId const& service,
                               std::string const& language,
                               std::string const& request_id,
                               MachineTime deadline, Done<Ticket> done) {
  auto const place = FindPlace(context_.city, at);
  if (!place.ok()) return done(place.status());
  auto const* const settings = place->office->FindService(service);
  if (settings == nullptr) return done(error::ServiceNotFound(service));
  auto chosen = ParseLanguage(language);
  if (!chosen.ok()) return done(chosen.status());
  auto request =
      MakeRequest(request_id, "serve-visitor",
                  {at.office.value, at.counter.value,
                   std::to_string(at.session), service.value, *chosen});
  if (!request.ok()) return done(request.status());
  LookQuery query;
  query.counters = {at.counter};
  LookDecideSettle(
      context_, *place->office, *request, std::move(query),
      [at, office = place->office, settings, language = *chosen,
       request = *request](View const& view, Hall const& hall,
                           Timestamp now) -> absl::StatusOr<Settlement> {
        auto const& counter = view.counters.front();
        MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, at.session));
        // The store gives the ticket's id.
        MADOGUCHI_ASSIGN_OR_RETURN(auto const occupied,
                                   life::Occupy(counter, TicketId()));
        auto const ticket =
            life::ServeUnqueued(settings->id, language, at.counter, now);
        Settlement settlement;
        settlement.request = request;
        settlement.hall = hall;
        settlement.counter = Change<Counter>{counter, occupied};
        settlement.issue =
            NewTicket{.hall = hall,
                      .series = *office->FindSeries(settings->series),
                      .ticket = ticket,
                      .ranked_now = true,
                      .event = Event{.sequence = 0,
                                     .kind = EventKind::kVisitorServed,
                                     .day = hall.day,
                                     .time = now,
                                     .ticket = ticket,
                                     .counter = occupied,
                                     .staff = counter.staff,
                                     .reason = {},
                                     .waited_in = {},
                                     .at = at.counter,
                                     .device = at.device},
                      .at_counter = true,
                      .due = DueOf(*office, ticket)};
        return settlement;
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::Complete(TicketCommand const& command,
                           Completion const& completion, MachineTime deadline,
                           Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  auto const outcome =
      completion.outcome.empty() ? std::string("done") : completion.outcome;
  if (!IsCode(outcome)) return done(error::OutcomeInvalid());
  auto const wrap_up = completion.wrap_up;
  RunTicketCommand(
      context_, command, {"complete", outcome + (wrap_up ? "|wrap-up" : "")},
      {},
      [office = place->office, outcome,
       wrap_up](Seen const& seen) -> absl::StatusOr<Settlement> {
        auto const& ticket = seen.ticket;
        bool const more = !ticket.next_services.empty();
        auto const next =
            more ? life::FinishService(
                       ticket,
                       ServiceQueue(*office, ticket.next_services.front(),
                                    ticket.language),
                       seen.now)
                 : life::Complete(ticket, outcome, seen.now);
        if (!next.ok()) return next.status();
        MADOGUCHI_RETURN_IF_ERROR(CheckHolds(seen));
        return MakeUndoable(
            seen,
            more ? EventKind::kServiceFinished : EventKind::kTicketCompleted,
            *next,
            wrap_up ? life::WrapUp(seen.counter, seen.now)
                    : life::Release(seen.counter),
            more ? outcome : "");
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::MarkAbsent(TicketCommand const& command, MachineTime deadline,
                             Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  RunTicketCommand(
      context_, command, {"mark-absent"}, {},
      [office = place->office](Seen const& seen) -> absl::StatusOr<Settlement> {
        MADOGUCHI_ASSIGN_OR_RETURN(
            auto const absent,
            life::MarkAbsent(seen.ticket, office->call_policy, seen.now));
        MADOGUCHI_RETURN_IF_ERROR(CheckHolds(seen));
        return MakeUndoable(seen, EventKind::kTicketMarkedAbsent, absent,
                            life::Release(seen.counter));
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::Return(TicketCommand const& command, MachineTime deadline,
                         Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  auto const& policy = place->office->call_policy;
  LookQuery query;
  if (policy.reentry == Reentry::kAfter) {
    // The queue of the ticket is not known before the look.
    query.queues = QueuesOf(*place->office);
    query.depth = policy.reentry_after;
  }
  RunTicketCommand(
      context_, command, {"return"}, std::move(query),
      [office = place->office](Seen const& seen) -> absl::StatusOr<Settlement> {
        auto const& ticket = seen.ticket;
        auto const queue =
            ServiceQueue(*office, ticket.service, ticket.language);
        auto const rank = life::ReentryRank(
            ticket, office->call_policy, FirstOf(queue, seen.view), seen.now);
        MADOGUCHI_ASSIGN_OR_RETURN(auto const back,
                                   life::Return(ticket, queue, rank, seen.now));
        return MakeSettlement(seen, EventKind::kTicketReturned, back,
                              seen.counter);
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::Hold(TicketCommand const& command, HoldTerms const& terms,
                       MachineTime deadline, Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  if (!IsCode(terms.reason)) return done(error::ReasonInvalid());
  auto const& policy = place->office->desk_policy;
  auto const duration = terms.duration.value_or(policy.usual_hold);
  if (duration < std::chrono::seconds(1) || duration > policy.longest_hold) {
    return done(error::HoldTooLong(policy.longest_hold));
  }
  RunTicketCommand(
      context_, command,
      {"hold", terms.reason + "|" + std::to_string(duration.count()) +
                   (terms.to_counter ? "|to-counter" : "")},
      {},
      [terms, duration](Seen const& seen) -> absl::StatusOr<Settlement> {
        ticketing::Hold const hold{.reason = terms.reason,
                                   .owner = seen.counter.staff,
                                   .counter = seen.counter.id,
                                   .since = seen.now,
                                   .deadline = seen.now + duration,
                                   .to_counter = terms.to_counter};
        MADOGUCHI_ASSIGN_OR_RETURN(
            auto const held, life::PutOnHold(seen.ticket, hold, seen.now));
        MADOGUCHI_RETURN_IF_ERROR(CheckHolds(seen));
        return MakeSettlement(seen, EventKind::kTicketHeld, held,
                              life::Release(seen.counter), terms.reason);
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::ResumeServing(TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
  RunTicketCommand(
      context_, command, {"resume-serving"}, {},
      [](Seen const& seen) -> absl::StatusOr<Settlement> {
        MADOGUCHI_ASSIGN_OR_RETURN(
            auto const serving,
            life::ResumeServing(seen.ticket, seen.counter.id, seen.now));
        MADOGUCHI_ASSIGN_OR_RETURN(auto const occupied,
                                   life::Occupy(seen.counter, seen.ticket.id));
        return MakeSettlement(seen, EventKind::kServingResumed, serving,
                              occupied);
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::EndHold(TicketCommand const& command, MachineTime deadline,
                          Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  LookQuery query;
  // The counter of the hold is not known before the look.
  for (auto const& counter : place->office->counters) {
    query.counters.push_back(counter.id);
  }
  RunTicketCommand(
      context_, command, {"end-hold"}, std::move(query),
      [office = place->office](Seen const& seen) -> absl::StatusOr<Settlement> {
        auto const queue =
            life::QueueAfterHold(*office, seen.ticket, seen.view.counters);
        MADOGUCHI_ASSIGN_OR_RETURN(auto const waiting,
                                   life::EndHold(seen.ticket, queue, seen.now));
        auto settlement =
            MakeSettlement(seen, EventKind::kHoldEnded, waiting, seen.counter);
        GuardTarget(queue, seen.view.counters, settlement);
        return settlement;
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::UndoLastStep(CounterRef const& at,
                               std::string const& request_id,
                               MachineTime deadline, Done<Ticket> done) {
  auto const place = FindPlace(context_.city, at);
  if (!place.ok()) return done(place.status());
  auto request = MakeRequest(
      request_id, "undo",
      {at.office.value, at.counter.value, std::to_string(at.session)});
  if (!request.ok()) return done(request.status());
  // Which ticket the step was of is only known once it was looked at.
  LookQuery first;
  auto const now = context_.clock.Now();
  first.hall = context_.HallAt(*place->office, now);
  first.undo_at = at.counter;
  context_.store.Look(
      first, deadline,
      [this, at, office = place->office, request = *request, now, deadline,
       done = std::move(done)](absl::StatusOr<View> const& view) mutable {
        // A new day begins with nothing to take back.
        if (!view.ok() && !DayToPrepare(view.status()) &&
            !IsDayAboutToChange(*office, view.status(), now)) {
          return done(view.status());
        }
        LookQuery query;
        query.counters = {at.counter};
        query.undo_at = at.counter;
        if (view.ok() && view->undo) query.tickets = {view->undo->before.id};
        LookDecideSettle(
            context_, *office, request, std::move(query),
            [at, office, request](View const& seen, Hall const& hall,
                                  Timestamp now) -> absl::StatusOr<Settlement> {
              MADOGUCHI_ASSIGN_OR_RETURN(
                  auto settlement, DecideUndo(at, *office, seen, hall, now));
              settlement.request = request;
              settlement.event->device = at.device;
              return settlement;
            },
            deadline, ToTicket(std::move(done)));
      });
}

}  // namespace madoguchi::ticketing
