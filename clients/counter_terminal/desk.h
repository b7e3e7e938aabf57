#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_DESK_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_DESK_H

#include "clients/counter_terminal/texts.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// What the terminal knows of its counter.
struct Desk {
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
};

/// What a clerk can do.
enum class Command {
  kCallNext,
  kRecall,
  kStart,
  kComplete,
  /// Asks for the outcome first.
  kCompleteAs,
  kAbsent,
  kReturn,
  kList,
  kTakeOver,
  kQuit,
};

/// One press of a key.
struct Press {
  Command command;
  /// What was typed behind the key: an outcome or a number.
  std::string argument;
};

/// Reads a key, or a line that begins with one. Nothing if it is no command.
std::optional<Press> ReadPress(std::string const& typed);

/// Why `command` makes no sense at `desk`; nothing if it does. What is refused
/// here is never sent.
std::optional<Sentence> Refusal(Desk const& desk, Command command);

/// The keys that make sense at `desk`, the next step first.
std::vector<Command> LawfulCommands(Desk const& desk);

/// `n=次の方 Next`
std::string KeyOf(Command command);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_DESK_H
