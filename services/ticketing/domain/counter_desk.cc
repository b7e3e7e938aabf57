#include "services/ticketing/domain/counter_desk.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/settlement.h"
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

// The counters themselves: opening, closing, pauses.
namespace madoguchi::ticketing {
namespace {

// A clerk who goes has not so many waiting for them alone; whoever is left
// waits for all when the patience of the counter's queue ends.
constexpr int kMostReleased = 100;

Settlement MakeCounterSettlement(Counter const& before, Counter const& after,
                                 EventKind kind, StaffId const& staff,
                                 std::string const& reason, Hall const& hall,
                                 Timestamp now) {
  Settlement settlement;
  settlement.hall = hall;
  settlement.counter = Change<Counter>{before, after};
  settlement.event = Event{.sequence = 0,
                           .kind = kind,
                           .day = hall.day,
                           .time = now,
                           .ticket = std::nullopt,
                           .counter = after,
                           .staff = staff,
                           .reason = reason,
                           .waited_in = {},
                           .at = before.id,
                           .device = {}};
  return settlement;
}

using DecideCounter = std::function<absl::StatusOr<Settlement>(
    Counter const& counter, View const& view, Hall const& hall, Timestamp now)>;

// Runs a command on a counter alone.
void RunCounterCommand(DeskContext const& context, CounterRef const& at,
                       CommandKind const& kind, std::string const& request_id,
                       LookQuery query, DecideCounter decide,
                       MachineTime deadline, Done<std::monostate> done) {
  auto const place = FindPlace(context.city, at);
  if (!place.ok()) return done(place.status());
  auto request = MakeRequest(request_id, kind.name,
                             {at.office.value, at.counter.value,
                              std::to_string(at.session), kind.arguments});
  if (!request.ok()) return done(request.status());
  query.counters = {at.counter};
  LookDecideSettle(
      context, *place->office, *request, std::move(query),
      [at, request = *request, decide = std::move(decide)](
          View const& view, Hall const& hall,
          Timestamp now) -> absl::StatusOr<Settlement> {
        auto const& counter = view.counters.front();
        MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, at.session));
        MADOGUCHI_ASSIGN_OR_RETURN(auto settlement,
                                   decide(counter, view, hall, now));
        settlement.request = request;
        settlement.event->device = at.device;
        return settlement;
      },
      deadline,
      [done = std::move(done)](absl::StatusOr<Outcome> const& outcome) mutable {
        if (!outcome.ok()) return done(outcome.status());
        done(std::monostate());
      });
}

// Lets everyone in the counter's own queue wait for all who serve them.
void ReleaseOwnQueue(Office const& office, QueueView const& queue,
                     Settlement& settlement) {
  for (auto const& waiting : queue.first) {
    auto const& ticket = waiting.ticket;
    auto const after = life::LeaveCounterQueue(
        ticket, ServiceQueue(office, ticket.service, ticket.language));
    if (!after.ok()) continue;
    auto event = *settlement.event;
    event.kind = EventKind::kTicketTransferred;
    event.ticket = *after;
    event.counter.reset();
    event.reason = "COUNTER_CLOSED";
    settlement.further.push_back({{ticket, *after}, std::move(event)});
  }
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
  auto decide = [staff, take_over, device = at.device, request = *request](
                    View const& view, Hall const& hall,
                    Timestamp now) -> absl::StatusOr<Settlement> {
    auto const& counter = view.counters.front();
    MADOGUCHI_ASSIGN_OR_RETURN(
        auto const opened,
        life::OpenCounter(counter, hall.day, staff, take_over));
    auto settlement =
        MakeCounterSettlement(counter, opened, EventKind::kCounterOpened, staff,
                              counter.open ? "TAKEN_OVER" : "", hall, now);
    settlement.request = request;
    settlement.outcome.session = opened.session;
    settlement.event->device = device;
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
              if (DayToPrepare(view.status())) {
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
  auto const* const office = context_.city.FindOffice(at.office);
  LookQuery query;
  query.queues = {CounterQueue(at.counter)};
  query.depth = kMostReleased;
  RunCounterCommand(
      context_, at, {"close"}, request_id, std::move(query),
      [office](Counter const& counter, View const& view, Hall const& hall,
               Timestamp now) -> absl::StatusOr<Settlement> {
        MADOGUCHI_ASSIGN_OR_RETURN(auto const closed,
                                   life::CloseCounter(counter));
        auto settlement =
            MakeCounterSettlement(counter, closed, EventKind::kCounterClosed,
                                  counter.staff, "", hall, now);
        auto const& own = view.queues.front();
        ReleaseOwnQueue(*office, own, settlement);
        settlement.lengths = {{own.queue, own.length}};
        return settlement;
      },
      deadline, std::move(done));
}

void CounterDesk::Pause(CounterRef const& at, std::string const& reason,
                        std::string const& request_id, MachineTime deadline,
                        Done<std::monostate> done) {
  if (!IsCode(reason)) return done(error::ReasonInvalid());
  RunCounterCommand(
      context_, at, {"pause", reason}, request_id, {},
      [reason](Counter const& counter, View const&, Hall const& hall,
               Timestamp now) -> absl::StatusOr<Settlement> {
        MADOGUCHI_ASSIGN_OR_RETURN(auto const paused,
                                   life::Pause(counter, reason, now));
        return MakeCounterSettlement(counter, paused, EventKind::kCounterPaused,
                                     counter.staff, reason, hall, now);
      },
      deadline, std::move(done));
}

void CounterDesk::EndActivity(CounterRef const& at,
                              std::string const& request_id,
                              MachineTime deadline, Done<std::monostate> done) {
  RunCounterCommand(
      context_, at, {"end-activity"}, request_id, {},
      [](Counter const& counter, View const&, Hall const& hall,
         Timestamp now) -> absl::StatusOr<Settlement> {
        MADOGUCHI_ASSIGN_OR_RETURN(auto const ready,
                                   life::EndActivity(counter));
        return MakeCounterSettlement(counter, ready, EventKind::kCounterResumed,
                                     counter.staff, "", hall, now);
      },
      deadline, std::move(done));
}

}  // namespace madoguchi::ticketing
