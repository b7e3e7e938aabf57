#include "services/ticketing/domain/counter_command.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticketing {
namespace {

absl::StatusOr<Settlement> DecideOn(TicketCommand const& command,
                                    Request const& request,
                                    DecideTicket& decide, View const& view,
                                    Hall const& hall, Timestamp now) {
  auto const& counter = view.counters.front();
  auto const& ticket = view.tickets.front();
  MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, command.at.session));
  if (!ticket) return error::TicketNotFound(command.ticket);
  if (command.expected_version != 0 &&
      command.expected_version != ticket->version) {
    return error::TicketChanged(*ticket);
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto settlement,
                             decide({counter, *ticket, view, hall, now}));
  settlement.request = request;
  settlement.event->device = command.at.device;
  return settlement;
}

}  // namespace

absl::StatusOr<Place> FindPlace(City const& city, CounterRef const& at) {
  auto const* const office = city.FindOffice(at.office);
  if (office == nullptr) return error::OfficeNotFound(at.office);
  auto const* const counter = office->FindCounter(at.counter);
  if (counter == nullptr) return error::CounterNotFound(at.counter);
  return Place{office, counter};
}

void RunTicketCommand(DeskContext const& context, TicketCommand const& command,
                      CommandKind const& kind, LookQuery query,
                      DecideTicket decide, MachineTime deadline,
                      Done<Outcome> done) {
  auto const place = FindPlace(context.city, command.at);
  if (!place.ok()) return done(place.status());
  auto request =
      MakeRequest(command.request_id, kind.name,
                  {command.at.office.value, command.at.counter.value,
                   std::to_string(command.at.session), command.ticket.value,
                   std::to_string(command.expected_version), kind.arguments});
  if (!request.ok()) return done(request.status());
  query.counters.insert(query.counters.begin(), command.at.counter);
  query.tickets.insert(query.tickets.begin(), command.ticket);
  LookDecideSettle(
      context, *place->office, *request, std::move(query),
      [command, request = *request, decide = std::move(decide)](
          View const& view, Hall const& hall, Timestamp now) mutable {
        return DecideOn(command, request, decide, view, hall, now);
      },
      deadline, std::move(done));
}

absl::Status CheckHolds(Seen const& seen) {
  if (seen.counter.ticket == seen.ticket.id) return absl::OkStatus();
  return error::TicketAtOtherCounter(seen.ticket, seen.counter.id);
}

Settlement MakeSettlement(Seen const& seen, EventKind kind,
                          Ticket const& ticket, Counter const& counter,
                          std::string const& reason) {
  Settlement settlement;
  settlement.hall = seen.hall;
  settlement.outcome.ticket = ticket;
  // The counter is compared even where it stays as it is: its session must
  // still be the one that was checked.
  settlement.counter = Change<Counter>{seen.counter, counter};
  settlement.ticket = Change<Ticket>{seen.ticket, ticket};
  settlement.event = Event{.sequence = 0,
                           .kind = kind,
                           .day = seen.hall.day,
                           .time = seen.now,
                           .ticket = ticket,
                           .counter = counter,
                           .staff = seen.counter.staff,
                           .reason = reason,
                           .waited_in = {},
                           .at = seen.counter.id,
                           .device = {}};
  return settlement;
}

Settlement MakeUndoable(Seen const& seen, EventKind kind, Ticket const& ticket,
                        Counter const& counter, std::string const& reason) {
  auto settlement = MakeSettlement(seen, kind, ticket, counter, reason);
  settlement.undoable = UndoableStep{kind, seen.now, seen.ticket,
                                     ticket.version, counter.version};
  return settlement;
}

}  // namespace madoguchi::ticketing
