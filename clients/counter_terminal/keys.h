#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_KEYS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_KEYS_H

#include <optional>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// What a clerk can do.
enum class Command {
  kCallNext,
  kStart,
  kComplete,
  /// With the outcome of that number in the terminal's list.
  kOutcome,
  /// The next lawful press on the renewal of the ticket here.
  kCase,
  /// What else there is to do about it.
  kCaseOther,
  /// Asks for the outcome first.
  kCompleteAs,
  /// Paperwork follows; during it, ends it.
  kWrapUp,
  kHold,
  kTransfer,
  kRecall,
  kAbsent,
  kUndo,
  kServeVisitor,
  kFind,
  kParked,
  kCasesParked,
  kMissed,
  kAssist,
  kEdit,
  kDesignate,
  /// Begins a pause; during it, ends it.
  kPause,
  kReturn,
  kList,
  /// How the national system does.
  kUpstream,
  kTakeOver,
  kHelp,
  kQuit,
};

/// One press of a key.
struct Press {
  Command command;
  /// What was typed behind the key: answers to what the command would ask.
  std::string argument;
};

/// Reads a key, or a line that begins with one. Nothing if it is no command.
/// Full-width letters, of an input method left on, count as the plain ones.
std::optional<Press> ReadPress(std::string const& typed);

/// Every command, in the order of a visit.
std::vector<Command> AllCommands();

/// Whether `command` is shown at all times, rather than behind `?`.
bool IsAlwaysShown(Command command);

/// `n=次の方 Next`
std::string KeyOf(Command command);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_KEYS_H
