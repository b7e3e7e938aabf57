#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_DESK_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_DESK_H

#include "clients/counter_terminal/keys.h"
#include "services/base/clock.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <google/protobuf/timestamp.pb.h>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::counter_terminal {

/// A step that can still be taken back.
struct Undoable {
  /// kAbsent, kComplete or kTransfer.
  Command step;
  std::string number;
  MachineTime until;
};

/// What the terminal knows of its counter.
struct Desk {
  /// For how long after a step it is offered to be taken back.
  static constexpr std::chrono::seconds kUndoOffered{10};

  /// The last part of its name, such as `2`.
  std::string counter;
  std::string staff;
  /// Whether this terminal works at the counter.
  bool open = false;
  /// Whether another terminal took it away.
  bool taken_over = false;
  std::int64_t session = 0;
  /// The ticket at the counter: CALLED or SERVING.
  std::optional<ticketing::v1::Ticket> ticket;
  /// What goes on while it has none.
  ticketing::v1::Counter::Activity activity = ticketing::v1::Counter::READY;
  std::string activity_reason;
  google::protobuf::Timestamp activity_start_time;
  std::optional<Undoable> undo;
};

/// Why `command` makes no sense at `desk`, as the id of a text; nothing if it
/// does. What is refused here is never sent.
std::optional<std::string_view> Refusal(Desk const& desk, Command command);

/// What makes sense at `desk`, in the order of a visit.
std::vector<Command> LawfulCommands(Desk const& desk);

/// `desk` as `counter`, which the server answered, says that it is. The ticket
/// never goes back to an earlier version of itself.
Desk Adopt(Desk desk, ticketing::v1::Counter const& counter);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_DESK_H
