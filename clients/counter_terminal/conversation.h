#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CONVERSATION_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CONVERSATION_H

#include "clients/counter_terminal/texts.h"
#include "services/base/clock.h"
#include <functional>
#include <optional>
#include <string>

namespace madoguchi::counter_terminal {

/// How the terminal speaks with the clerk.
struct Conversation {
  std::function<void(Sentence const&)> say;
  /// Prints a line of a list.
  std::function<void(std::string const&)> print;
  /// Waits for a line; nothing at the end of the input.
  std::function<std::optional<std::string>()> ask;
  /// Asks a question of yes or no. A pipe, where nobody sits, is not asked and
  /// answers `unasked`.
  std::function<bool(Sentence const&, bool unasked)> confirm;
  /// Whether the program is being stopped.
  std::function<bool()> stopped;
  /// Machine time.
  std::function<MachineTime()> now;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CONVERSATION_H
