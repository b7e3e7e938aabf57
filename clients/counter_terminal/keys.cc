#include "clients/counter_terminal/keys.h"
#include "clients/texts/texts.h"
#include "absl/strings/strip.h"
#include <array>
#include <cstddef>
#include <string_view>

namespace madoguchi::counter_terminal {
namespace {

struct Key {
  char key;
  Command command;
  /// The text that says what it does.
  std::string_view text;
  bool always_shown = true;
};

// In the order of a visit. Several keys may mean one command; the text is at
// the first.
constexpr std::array kKeys = {
    Key{'n', Command::kCallNext, "command.call_next"},
    Key{'s', Command::kStart, "command.start"},
    Key{'c', Command::kComplete, "command.complete"},
    Key{'f', Command::kComplete, ""},
    Key{'1', Command::kOutcome, "command.outcome", false},
    Key{'j', Command::kCase, "command.case", false},
    Key{'o', Command::kCaseOther, "command.case_other", false},
    Key{'C', Command::kCompleteAs, "command.complete_as", false},
    Key{'w', Command::kWrapUp, "command.wrap_up"},
    Key{'h', Command::kHold, "command.hold"},
    Key{'t', Command::kTransfer, "command.transfer"},
    Key{'r', Command::kRecall, "command.recall"},
    Key{'a', Command::kAbsent, "command.absent"},
    Key{'u', Command::kUndo, "command.undo"},
    Key{'v', Command::kServeVisitor, "command.serve_visitor"},
    Key{'/', Command::kFind, "command.find"},
    Key{'k', Command::kParked, "command.parked"},
    Key{'z', Command::kCasesParked, "command.cases_parked", false},
    Key{'m', Command::kMissed, "command.missed"},
    Key{'g', Command::kAssist, "command.assist"},
    Key{'e', Command::kEdit, "command.edit"},
    Key{'d', Command::kDesignate, "command.designate", false},
    Key{'p', Command::kPause, "command.pause"},
    Key{'b', Command::kReturn, "command.return", false},
    Key{'l', Command::kList, "command.list", false},
    Key{'i', Command::kUpstream, "command.upstream", false},
    Key{'x', Command::kTakeOver, "command.take_over"},
    Key{'?', Command::kHelp, "command.help"},
    Key{'q', Command::kQuit, "command.quit"},
};

/// `text` with its first character plain if that is full-width (U+FF01 to
/// U+FF5E, or the blank U+3000).
std::string WithPlainFirst(std::string text) {
  auto const byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  if (text.size() < 3) return text;
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) {
    return " " + text.substr(3);
  }
  if (byte(0) != 0xEF || (byte(1) != 0xBC && byte(1) != 0xBD)) return text;
  int const code = (byte(1) - 0xBC) * 0x40 + (byte(2) - 0x80);
  if (code < 0x01 || code > 0x5E) return text;
  return std::string(1, static_cast<char>(code + 0x20)) + text.substr(3);
}

}  // namespace

std::optional<Press> ReadPress(std::string const& typed) {
  auto const plain = WithPlainFirst(typed);
  if (plain.empty()) return std::nullopt;
  char key = plain.front();
  auto const rest = std::string(absl::StripAsciiWhitespace(plain.substr(1)));
  if (key >= '1' && key <= '9') {
    return Press{Command::kOutcome, std::string(1, key)};
  }
  if (key == ' ') key = 'n';
  // A clerk with caps lock on is understood; only C means another thing than c.
  if (key >= 'A' && key <= 'Z' && key != 'C') {
    key = static_cast<char>(key - 'A' + 'a');
  }
  for (auto const& known : kKeys) {
    if (known.key == key) return Press{known.command, rest};
  }
  return std::nullopt;
}

std::vector<Command> AllCommands() {
  std::vector<Command> commands;
  for (auto const& key : kKeys) {
    if (!key.text.empty()) commands.push_back(key.command);
  }
  return commands;
}

bool IsAlwaysShown(Command command) {
  for (auto const& key : kKeys) {
    if (key.command == command) return key.always_shown;
  }
  return false;
}

std::string KeyOf(Command command) {
  for (auto const& key : kKeys) {
    if (key.command != command) continue;
    auto const name =
        key.key == '1' ? std::string("1-9") : std::string(1, key.key);
    return name + "=" + texts::InBoth(key.text);
  }
  return "";
}

}  // namespace madoguchi::counter_terminal
