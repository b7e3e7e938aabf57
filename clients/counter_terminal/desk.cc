#include "clients/counter_terminal/desk.h"

namespace madoguchi::counter_terminal {

using ticketing::v1::Counter;
using ticketing::v1::Ticket;

namespace {

bool Holds(Desk const& desk, Ticket::State state) {
  return desk.ticket && desk.ticket->state() == state;
}

/// The text for a step that needs a ticket in `needed`.
std::optional<std::string_view> NeedsTicket(Desk const& desk,
                                            Ticket::State needed) {
  if (Holds(desk, needed)) return std::nullopt;
  if (!desk.ticket) return "counter.no_ticket";
  return needed == Ticket::CALLED ? "counter.already_serving"
                                  : "counter.not_yet_serving";
}

/// The text for a step that needs a counter without a ticket.
std::optional<std::string_view> NeedsFree(Desk const& desk) {
  if (Holds(desk, Ticket::CALLED)) return "counter.finish_called";
  if (desk.ticket) return "counter.finish_serving";
  if (desk.activity == Counter::PAUSED) return "counter.paused_now";
  return std::nullopt;
}

std::optional<std::string_view> RefusalAtOpenDesk(Desk const& desk,
                                                  Command command) {
  switch (command) {
    case Command::kCallNext:
    case Command::kServeVisitor:
      return NeedsFree(desk);
    case Command::kRecall:
    case Command::kStart:
    case Command::kAbsent:
      return NeedsTicket(desk, Ticket::CALLED);
    case Command::kWrapUp:
      if (!desk.ticket && desk.activity == Counter::WRAP_UP) {
        return std::nullopt;
      }
      return NeedsTicket(desk, Ticket::SERVING);
    case Command::kCase:
    case Command::kCaseOther:
    case Command::kComplete:
    case Command::kOutcome:
    case Command::kCompleteAs:
    case Command::kHold:
      return NeedsTicket(desk, Ticket::SERVING);
    case Command::kPause:
      if (desk.ticket) return "counter.finish_before_pause";
      return std::nullopt;
    case Command::kUndo:
      if (!desk.undo) return "counter.nothing_to_undo";
      return std::nullopt;
    case Command::kTakeOver:
      return "counter.already_yours";
    case Command::kQuit:
      if (desk.ticket) return "counter.finish_before_closing";
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string_view> Refusal(Desk const& desk, Command command) {
  switch (command) {
    // A supervisor designates from wherever.
    case Command::kDesignate:
    case Command::kList:
    case Command::kHelp:
      return std::nullopt;
    case Command::kTakeOver:
    case Command::kQuit:
      if (!desk.open) return std::nullopt;
      break;
    default:
      break;
  }
  if (!desk.open) {
    return desk.taken_over ? "counter.taken_over" : "counter.not_open";
  }
  return RefusalAtOpenDesk(desk, command);
}

std::vector<Command> LawfulCommands(Desk const& desk) {
  std::vector<Command> lawful;
  for (auto const command : AllCommands()) {
    if (!Refusal(desk, command)) lawful.push_back(command);
  }
  return lawful;
}

Desk Adopt(Desk desk, Counter const& counter) {
  if (!desk.open) return desk;
  if (!counter.open() || counter.session() != desk.session) {
    desk.open = false;
    desk.taken_over = counter.open();
    desk.ticket.reset();
    desk.undo.reset();
    return desk;
  }
  if (!counter.has_ticket()) {
    desk.ticket.reset();
  } else if (!desk.ticket || desk.ticket->name() != counter.ticket().name() ||
             desk.ticket->version() <= counter.ticket().version()) {
    desk.ticket = counter.ticket();
  }
  desk.activity = counter.activity();
  desk.activity_reason = counter.activity_reason();
  desk.activity_start_time = counter.activity_start_time();
  return desk;
}

}  // namespace madoguchi::counter_terminal
