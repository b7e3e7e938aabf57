#include "services/base/status_macros.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include "services/ticketing/domain/note.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/settlement.h"
#include <algorithm>
#include <optional>
#include <utility>

// Where a ticket waits: transfers, designations, corrections.
namespace madoguchi::ticketing {
namespace {

std::string CodeOf(life::Position position) {
  switch (position) {
    case life::Position::kByArrival:
      return "BY_ARRIVAL";
    case life::Position::kFirst:
      return "FIRST";
    case life::Position::kLast:
      return "LAST";
  }
  return {};
}

bool Serves(CounterSettings const& counter, ServiceId const& service) {
  return std::any_of(
      counter.serves.begin(), counter.serves.end(),
      [&](ServedService const& served) { return served.service == service; });
}

std::optional<Rank> HeadOf(QueueId const& queue, View const& view) {
  for (auto const& each : view.queues) {
    if (each.queue == queue && !each.first.empty()) {
      return each.first.front().ticket.rank;
    }
  }
  return std::nullopt;
}

// Whoever has the ticket may send it away; if nobody has it, any counter may.
absl::StatusOr<Counter> LetGo(Seen const& seen) {
  auto const state = seen.ticket.state;
  if (state != TicketState::kCalled && state != TicketState::kServing) {
    return seen.counter;
  }
  MADOGUCHI_RETURN_IF_ERROR(CheckHolds(seen));
  return life::Release(seen.counter);
}

// Somebody works at counter `at` of the view, which serves `service`.
absl::Status CheckTarget(CounterSettings const& settings,
                         Counter const& counter, ServiceId const& service) {
  if (!Serves(settings, service)) {
    return error::TargetServesNot(settings.id, service);
  }
  if (!counter.open) return error::TargetClosed(settings.id);
  return absl::OkStatus();
}

absl::StatusOr<Settlement> TransferWithin(Office const& office,
                                          TransferOrder const& order,
                                          Seen const& seen) {
  life::Destination to;
  to.service =
      order.service.value.empty() ? seen.ticket.service : order.service;
  to.note = order.note;
  if (order.counter.value.empty()) {
    to.queue = ServiceQueue(office, to.service, seen.ticket.language);
  } else {
    MADOGUCHI_RETURN_IF_ERROR(CheckTarget(*office.FindCounter(order.counter),
                                          seen.view.counters.back(),
                                          to.service));
    to.queue = CounterQueue(order.counter);
  }
  to.rank = life::TransferRank(seen.ticket, order.position,
                               HeadOf(to.queue, seen.view), seen.now);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const sent,
                             life::Transfer(seen.ticket, to, seen.now));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const counter, LetGo(seen));
  auto settlement = MakeUndoable(seen, EventKind::kTicketTransferred, sent,
                                 counter, CodeOf(order.position));
  GuardTarget(to.queue, seen.view.counters, settlement);
  return settlement;
}

absl::StatusOr<Settlement> TransferAway(Office const& office,
                                        Office const& other,
                                        TransferOrder const& order,
                                        Seen const& seen) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const moved,
                             life::Move(seen.ticket, seen.now));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const counter, LetGo(seen));
  auto settlement = MakeSettlement(seen, EventKind::kTicketMoved, moved,
                                   counter, other.id.value);
  auto const& service = *other.FindService(order.service);
  life::Destination const to{
      service.id, ServiceQueue(other, service.id, seen.ticket.language),
      seen.ticket.rank, order.note};
  auto const arrived = life::Arrive(seen.ticket, office.id, to, seen.now);
  Hall const hall{other.id, BusinessDayOf(other, seen.now)};
  settlement.issue =
      NewTicket{.hall = hall,
                .series = *other.FindSeries(service.series),
                .ticket = arrived,
                .ranked_now = order.position == life::Position::kLast,
                .event = Event{.sequence = 0,
                               .kind = EventKind::kTicketArrived,
                               .day = hall.day,
                               .time = seen.now,
                               .ticket = arrived,
                               .counter = std::nullopt,
                               .staff = seen.counter.staff,
                               .reason = office.id.value,
                               .waited_in = {},
                               .at = {},
                               .device = {}},
                .at_counter = false,
                .due = DueOf(other, arrived)};
  return settlement;
}

// Refuses an order that names nothing, too much, or what is not there.
absl::Status CheckOrder(City const& city, Office const& office,
                        TransferOrder const& order) {
  MADOGUCHI_RETURN_IF_ERROR(CheckNote(order.note));
  bool const to_counter = !order.counter.value.empty();
  bool const to_office = !order.office.value.empty();
  bool const to_service = !order.service.value.empty();
  if ((to_counter && to_office) || (to_office && !to_service) ||
      !(to_counter || to_office || to_service) || order.office == office.id) {
    return error::TransferInvalid();
  }
  auto const* const there = to_office ? city.FindOffice(order.office) : &office;
  if (there == nullptr) return error::OfficeNotFound(order.office);
  if (to_service && there->FindService(order.service) == nullptr) {
    return error::ServiceNotFound(order.service);
  }
  if (to_counter && office.FindCounter(order.counter) == nullptr) {
    return error::CounterNotFound(order.counter);
  }
  return absl::OkStatus();
}

std::string ArgumentsOf(TransferOrder const& order) {
  return order.service.value + "|" + order.counter.value + "|" +
         order.office.value + "|" + CodeOf(order.position) + "|" + order.note;
}

}  // namespace

void CounterDesk::Transfer(TicketCommand const& command,
                           TransferOrder const& order, MachineTime deadline,
                           Done<Transferred> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  auto const* const office = place->office;
  auto sound = CheckOrder(context_.city, *office, order);
  if (!sound.ok()) return done(std::move(sound));
  LookQuery query;
  if (!order.counter.value.empty()) {
    query.counters = {order.counter};
    query.queues = {CounterQueue(order.counter)};
  } else if (order.office.value.empty()) {
    query.queues = QueuesOf(*office, order.service);
  }
  RunTicketCommand(
      context_, command, {"transfer", ArgumentsOf(order)}, std::move(query),
      [office, other = context_.city.FindOffice(order.office),
       order](Seen const& seen) {
        return other == nullptr ? TransferWithin(*office, order, seen)
                                : TransferAway(*office, *other, order, seen);
      },
      deadline,
      [done = std::move(done)](absl::StatusOr<Outcome> outcome) mutable {
        if (!outcome.ok()) return done(outcome.status());
        done(Transferred{*std::move(outcome->ticket),
                         std::move(outcome->arrived)});
      });
}

void CounterDesk::Designate(TicketCommand const& command, StaffId const& staff,
                            MachineTime deadline, Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  if (!IsCode(staff.value)) return done(error::StaffInvalid());
  auto request = MakeRequest(
      command.request_id, "designate",
      {command.at.office.value, command.at.counter.value, command.ticket.value,
       std::to_string(command.expected_version), staff.value});
  if (!request.ok()) return done(request.status());
  LookQuery query;
  query.counters = {command.at.counter};
  query.tickets = {command.ticket};
  query.queues = {CounterQueue(command.at.counter)};
  LookDecideSettle(
      context_, *place->office, *request, std::move(query),
      [command, staff, settings = place->counter, request = *request](
          View const& view, Hall const& hall,
          Timestamp now) -> absl::StatusOr<Settlement> {
        auto const& counter = view.counters.front();
        auto const& ticket = view.tickets.front();
        if (!ticket) return error::TicketNotFound(command.ticket);
        if (command.expected_version != 0 &&
            command.expected_version != ticket->version) {
          return error::TicketChanged(*ticket);
        }
        if (ticket->state != TicketState::kWaiting) {
          return error::TicketNotWaiting(*ticket);
        }
        MADOGUCHI_RETURN_IF_ERROR(
            CheckTarget(*settings, counter, ticket->service));
        auto const queue = CounterQueue(counter.id);
        auto const rank = life::TransferRank(*ticket, life::Position::kFirst,
                                             HeadOf(queue, view), now);
        MADOGUCHI_ASSIGN_OR_RETURN(
            auto const sent,
            life::Transfer(*ticket, {ticket->service, queue, rank, ""}, now));
        auto settlement = MakeSettlement({counter, *ticket, view, hall, now},
                                         EventKind::kTicketTransferred, sent,
                                         counter, "DESIGNATED");
        settlement.request = request;
        settlement.event->staff = staff;
        settlement.event->device = command.at.device;
        return settlement;
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::SetAssist(TicketCommand const& command, bool assist,
                            MachineTime deadline, Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  RunTicketCommand(
      context_, command, {"set-assist", assist ? "yes" : "no"}, {},
      [office = place->office,
       assist](Seen const& seen) -> absl::StatusOr<Settlement> {
        using std::chrono::milliseconds;
        milliseconds const head_start =
            assist ? milliseconds(office->desk_policy.assist_head_start)
                   : milliseconds(0);
        MADOGUCHI_ASSIGN_OR_RETURN(auto const after,
                                   life::SetHeadStart(seen.ticket, head_start));
        return MakeSettlement(seen, EventKind::kTicketEdited, after,
                              seen.counter,
                              assist ? "ASSIST" : "ASSIST_TAKEN_BACK");
      },
      deadline, ToTicket(std::move(done)));
}

void CounterDesk::Edit(TicketCommand const& command, life::Edit const& edit,
                       MachineTime deadline, Done<Ticket> done) {
  auto const place = FindPlace(context_.city, command.at);
  if (!place.ok()) return done(place.status());
  auto const* const office = place->office;
  if (edit.language) {
    // Here an empty one is not the default but a mistake.
    auto const language = edit.language->empty()
                              ? error::LanguageUnknown()
                              : ParseLanguage(*edit.language).status();
    if (!language.ok()) return done(language);
  }
  if (edit.note) {
    auto note = CheckNote(*edit.note);
    if (!note.ok()) return done(std::move(note));
  }
  if (edit.service && office->FindService(*edit.service) == nullptr) {
    return done(error::ServiceNotFound(*edit.service));
  }
  auto const argument = [](auto const& value, char const* name) {
    return value ? std::string(name) + "=" + *value + "|" : std::string();
  };
  RunTicketCommand(
      context_, command,
      {"edit", argument(edit.language, "language") +
                   argument(edit.note, "note") +
                   (edit.service ? "service=" + edit.service->value : "")},
      {},
      [office, edit](Seen const& seen) -> absl::StatusOr<Settlement> {
        auto const& ticket = seen.ticket;
        auto const service = edit.service.value_or(ticket.service);
        auto queue = QueueOf(ticket);
        if (!IsCounterQueue(queue)) {
          queue = ServiceQueue(*office, service,
                               edit.language.value_or(ticket.language));
        } else if (ticket.state == TicketState::kWaiting) {
          CounterId const counter{queue.value.substr(1)};
          auto const* const settings = office->FindCounter(counter);
          if (settings != nullptr && !Serves(*settings, service)) {
            return error::TargetServesNot(counter, service);
          }
        }
        MADOGUCHI_ASSIGN_OR_RETURN(auto const after,
                                   life::EditTicket(ticket, edit, queue));
        return MakeSettlement(seen, EventKind::kTicketEdited, after,
                              seen.counter);
      },
      deadline, ToTicket(std::move(done)));
}

}  // namespace madoguchi::ticketing
