#include "services/ticketing/domain/counter_desk.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

// A code of staff or outcome: 1 to 32 of a-z, 0-9, -, _. Nothing that a person
// could be named by, and nothing the store's records would have to escape.
bool IsCode(std::string const& text) {
  return !text.empty() && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

struct Place {
  Office const* office;
  CounterSettings const* counter;
};

absl::StatusOr<Place> FindPlace(City const& city, CounterRef const& at) {
  auto const* const office = city.FindOffice(at.office);
  if (office == nullptr) return error::OfficeNotFound(at.office);
  auto const* const counter = office->FindCounter(at.counter);
  if (counter == nullptr) return error::CounterNotFound(at.counter);
  return Place{office, counter};
}

// The step of a ticket command: the ticket after it.
using Step = std::function<absl::StatusOr<Ticket>(
    Ticket const& ticket, View const& view, Timestamp now)>;

// What a ticket command is, apart from its step.
struct StepKind {
  std::string_view command;
  EventKind event;
  // Whether the ticket must be at the counter that commands.
  bool holder = true;
  // Whether the counter is free afterwards.
  bool releases = false;
  // Besides `TicketCommand`, what the command depends on.
  std::string_view argument = {};
  // Looked at besides: the first of the ticket's queue.
  int depth = 0;
};

absl::StatusOr<Settlement> DecideStep(TicketCommand const& command,
                                      StepKind const& kind, Step const& step,
                                      Request const& request, View const& view,
                                      Hall const& hall, Timestamp now) {
  auto const& counter = view.counters.front();
  auto const& ticket = view.tickets.front();
  MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, command.at.session));
  if (!ticket) return error::TicketNotFound(command.ticket);
  if (command.expected_version != 0 &&
      command.expected_version != ticket->version) {
    return error::TicketChanged(*ticket);
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto const after, step(*ticket, view, now));
  if (kind.holder && counter.ticket != ticket->id) {
    return error::TicketAtOtherCounter(*ticket, counter.id);
  }
  Settlement settlement;
  settlement.request = request;
  settlement.hall = hall;
  settlement.outcome.ticket = after;
  // The counter is compared even where it stays as it is: its session must
  // still be the one that was checked.
  settlement.counter = Change<Counter>{
      counter, kind.releases ? life::Release(counter) : counter};
  settlement.ticket = Change<Ticket>{*ticket, after};
  settlement.event = Event{.sequence = 0,
                           .kind = kind.event,
                           .day = hall.day,
                           .time = now,
                           .ticket = after,
                           .counter = settlement.counter->after,
                           .staff = counter.staff,
                           .reason = {}};
  return settlement;
}

void RunStep(DeskContext const& context, TicketCommand const& command,
             StepKind const& kind, Step step, MachineTime deadline,
             Done<Ticket> done) {
  auto const place = FindPlace(context.city, command.at);
  if (!place.ok()) return done(place.status());
  auto request =
      MakeRequest(command.request_id, kind.command,
                  {command.at.office.value, command.at.counter.value,
                   std::to_string(command.at.session), command.ticket.value,
                   std::to_string(command.expected_version), kind.argument});
  if (!request.ok()) return done(request.status());
  LookQuery query;
  query.counters = {command.at.counter};
  query.tickets = {command.ticket};
  if (kind.depth != 0) {
    // The queue of the ticket's service is not known before the look.
    for (auto const& service : place->office->services) {
      query.services.push_back(service.id);
    }
    query.depth = kind.depth;
  }
  auto decide = [command, kind, step = std::move(step), request = *request](
                    View const& view, Hall const& hall, Timestamp now) {
    return DecideStep(command, kind, step, request, view, hall, now);
  };
  LookDecideSettle(
      context, *place->office, *request, std::move(query), std::move(decide),
      deadline,
      [done = std::move(done)](absl::StatusOr<Outcome> outcome) mutable {
        if (!outcome.ok()) return done(outcome.status());
        done(*std::move(outcome->ticket));
      });
}

std::vector<Ticket> WaitingFor(ServiceId const& service, View const& view) {
  std::vector<Ticket> waiting;
  for (auto const& queue : view.queues) {
    if (queue.service != service) continue;
    for (auto const& each : queue.first) waiting.push_back(each.ticket);
  }
  return waiting;
}

}  // namespace

CounterDesk::CounterDesk(DeskContext const& context) : context_(context) {
  for (auto const& office : context_.city.offices) {
    lanes_[office.id] = std::make_shared<CallLane>(context_, office);
  }
}

void CounterDesk::Open(CounterRef const& at, StaffId const& staff,
                       bool take_over, std::string const& request_id,
                       MachineTime deadline, Done<OpenedCounter> done) {
  auto const place = FindPlace(context_.city, at);
  if (!place.ok()) return done(place.status());
  if (!IsCode(staff.value)) return done(error::StaffInvalid());
  auto request = MakeRequest(request_id, "open",
                             {at.office.value, at.counter.value, staff.value,
                              take_over ? "take-over" : ""});
  if (!request.ok()) return done(request.status());
  LookQuery query;
  query.counters = {at.counter};
  auto decide = [staff, take_over, request = *request](
                    View const& view, Hall const& hall,
                    Timestamp now) -> absl::StatusOr<Settlement> {
    auto const& counter = view.counters.front();
    MADOGUCHI_ASSIGN_OR_RETURN(
        auto const opened,
        life::OpenCounter(counter, hall.day, staff, take_over));
    Settlement settlement;
    settlement.request = request;
    settlement.hall = hall;
    settlement.outcome.session = opened.session;
    settlement.counter = Change<Counter>{counter, opened};
    settlement.event = Event{.sequence = 0,
                             .kind = EventKind::kCounterOpened,
                             .day = hall.day,
                             .time = now,
                             .ticket = std::nullopt,
                             .counter = opened,
                             .staff = staff,
                             .reason = counter.open ? "TAKEN_OVER" : ""};
    return settlement;
  };
  // The ticket held is answered as it is now, also to a repeat: the terminal
  // that asks is to go on with it.
  auto answer =
      [this, office = place->office, at, deadline,
       done = std::move(done)](absl::StatusOr<Outcome> const& outcome) mutable {
        if (!outcome.ok()) return done(outcome.status());
        LookQuery held;
        held.hall = context_.HallAt(*office, context_.clock.Now());
        held.counters = {at.counter};
        auto const session = outcome->session;
        context_.store.Look(
            held, deadline,
            [this, hall = held.hall, session, deadline,
             done = std::move(done)](absl::StatusOr<View> const& view) mutable {
              // Since then a new day has come, which no ticket is held in.
              if (IsDayNotOpen(view.status())) {
                return done(OpenedCounter{session, std::nullopt});
              }
              if (!view.ok()) return done(view.status());
              auto const& counter = view->counters.front();
              if (!counter.Busy() || counter.session != session) {
                return done(OpenedCounter{session, std::nullopt});
              }
              LookQuery ticket;
              ticket.hall = hall;
              ticket.tickets = {counter.ticket};
              context_.store.Look(
                  ticket, deadline,
                  [session, id = counter.id, done = std::move(done)](
                      absl::StatusOr<View> const& found) mutable {
                    if (!found.ok()) return done(found.status());
                    auto const& ticket = found->tickets.front();
                    // It may have left between the looks.
                    bool const held = ticket && ticket->counter == id &&
                                      (ticket->state == TicketState::kCalled ||
                                       ticket->state == TicketState::kServing);
                    done(OpenedCounter{session, held ? ticket : std::nullopt});
                  });
            });
      };
  LookDecideSettle(context_, *place->office, *request, std::move(query),
                   std::move(decide), deadline, std::move(answer));
}

void CounterDesk::Close(CounterRef const& at, std::string const& request_id,
                        MachineTime deadline, Done<std::monostate> done) {
  auto const place = FindPlace(context_.city, at);
  if (!place.ok()) return done(place.status());
  auto request = MakeRequest(
      request_id, "close",
      {at.office.value, at.counter.value, std::to_string(at.session)});
  if (!request.ok()) return done(request.status());
  LookQuery query;
  query.counters = {at.counter};
  auto decide = [session = at.session, request = *request](
                    View const& view, Hall const& hall,
                    Timestamp now) -> absl::StatusOr<Settlement> {
    auto const& counter = view.counters.front();
    MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, session));
    MADOGUCHI_ASSIGN_OR_RETURN(auto const closed, life::CloseCounter(counter));
    Settlement settlement;
    settlement.request = request;
    settlement.hall = hall;
    settlement.counter = Change<Counter>{counter, closed};
    settlement.event = Event{.sequence = 0,
                             .kind = EventKind::kCounterClosed,
                             .day = hall.day,
                             .time = now,
                             .ticket = std::nullopt,
                             .counter = closed,
                             .staff = counter.staff,
                             .reason = {}};
    return settlement;
  };
  LookDecideSettle(
      context_, *place->office, *request, std::move(query), std::move(decide),
      deadline,
      [done = std::move(done)](absl::StatusOr<Outcome> const& outcome) mutable {
        if (!outcome.ok()) return done(outcome.status());
        done(std::monostate());
      });
}

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
      }});
}

void CounterDesk::Recall(TicketCommand const& command, MachineTime deadline,
                         Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  RunStep(
      context_, command,
      {.command = "recall", .event = EventKind::kTicketRecalled},
      [policy = place->office->call_policy](Ticket const& ticket, View const&,
                                            Timestamp now) {
        return life::Recall(ticket, policy, now);
      },
      deadline, std::move(done));
}

void CounterDesk::StartServing(TicketCommand const& command,
                               MachineTime deadline, Done<Ticket> done) {
  RunStep(
      context_, command,
      {.command = "start-serving", .event = EventKind::kServingStarted},
      [](Ticket const& ticket, View const&, Timestamp now) {
        return life::StartServing(ticket, now);
      },
      deadline, std::move(done));
}

void CounterDesk::Complete(TicketCommand const& command,
                           std::string const& outcome, MachineTime deadline,
                           Done<Ticket> done) {
  auto const code = outcome.empty() ? std::string("done") : outcome;
  if (!IsCode(code)) return done(error::OutcomeInvalid());
  RunStep(
      context_, command,
      {.command = "complete",
       .event = EventKind::kTicketCompleted,
       .releases = true,
       .argument = code},
      [code](Ticket const& ticket, View const&, Timestamp now) {
        return life::Complete(ticket, code, now);
      },
      deadline, std::move(done));
}

void CounterDesk::MarkAbsent(TicketCommand const& command, MachineTime deadline,
                             Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  RunStep(
      context_, command,
      {.command = "mark-absent",
       .event = EventKind::kTicketMarkedAbsent,
       .releases = true},
      [policy = place->office->call_policy](Ticket const& ticket, View const&,
                                            Timestamp now) {
        return life::MarkAbsent(ticket, policy, now);
      },
      deadline, std::move(done));
}

void CounterDesk::Return(TicketCommand const& command, MachineTime deadline,
                         Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  auto const& policy = place->office->call_policy;
  RunStep(
      context_, command,
      {.command = "return",
       .event = EventKind::kTicketReturned,
       .holder = false,
       .depth = policy.reentry == Reentry::kAfter ? policy.reentry_after : 0},
      [policy](Ticket const& ticket, View const& view, Timestamp now) {
        return life::Return(
            ticket, life::ReentryRank(ticket, policy,
                                      WaitingFor(ticket.service, view), now));
      },
      deadline, std::move(done));
}

void CounterDesk::List(OfficeId const& office_id, TicketId const& after,
                       int limit, MachineTime deadline, Done<TicketPage> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  context_.store.ListTickets(
      context_.HallAt(*office, context_.clock.Now()), after, limit, deadline,
      [done = std::move(done)](absl::StatusOr<TicketPage> page) mutable {
        if (IsDayNotOpen(page.status())) return done(TicketPage{});
        done(std::move(page));
      });
}

}  // namespace madoguchi::ticketing
