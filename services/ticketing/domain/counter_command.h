#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_COMMAND_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_COMMAND_H

#include "services/base/done.h"
#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include "absl/functional/any_invocable.h"
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

// What the commands of a counter have in common. For the desks alone.
namespace madoguchi::ticketing {

/// Which counter of which office, as a terminal names it.
struct CounterRef {
  OfficeId office;
  CounterId counter;
  /// The session it was given; 0 for the current one.
  std::int64_t session = 0;
  /// The device that asks, for the event; empty without one.
  std::string device = {};
};

/// A command on a ticket by a counter.
struct TicketCommand {
  CounterRef at;
  TicketId ticket;
  /// The version the clerk saw; 0 for any.
  std::int64_t expected_version = 0;
  std::string request_id;
};

/// The settings of a counter and its office.
struct Place {
  Office const* office;
  CounterSettings const* counter;
};

/// Fails with `OFFICE_NOT_FOUND` or `COUNTER_NOT_FOUND`.
absl::StatusOr<Place> FindPlace(City const& city, CounterRef const& at);

/// What a command on a ticket saw: the counter that commands, in its session,
/// and the ticket at the version expected.
struct Seen {
  Counter const& counter;
  Ticket const& ticket;
  View const& view;
  Hall const& hall;
  Timestamp now;
};

/// Decides on what was seen.
using DecideTicket =
    absl::AnyInvocable<absl::StatusOr<Settlement>(Seen const& seen)>;

/// A command's name, and all that it depends on besides `TicketCommand`.
struct CommandKind {
  std::string_view name;
  std::string arguments = {};
};

/// Runs a command on a ticket. `query` is looked at besides: its first counter
/// and ticket are the command's. Fails with the errors of a ticket command.
void RunTicketCommand(DeskContext const& context, TicketCommand const& command,
                      CommandKind const& kind, LookQuery query,
                      DecideTicket decide, MachineTime deadline,
                      Done<Outcome> done);

/// Fails with `TICKET_AT_OTHER_COUNTER` unless the counter has the ticket.
absl::Status CheckHolds(Seen const& seen);

/// A settlement of a command on a ticket, without request: the ticket becomes
/// `ticket`, the counter `counter`, and one event says so.
Settlement MakeSettlement(Seen const& seen, EventKind kind,
                          Ticket const& ticket, Counter const& counter,
                          std::string const& reason = {});

/// The same, to be taken back by the counter for a while.
Settlement MakeUndoable(Seen const& seen, EventKind kind, Ticket const& ticket,
                        Counter const& counter, std::string const& reason = {});

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_COMMAND_H
