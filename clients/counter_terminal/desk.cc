#include "clients/counter_terminal/desk.h"
#include "absl/strings/strip.h"
#include <array>
#include <string_view>

namespace madoguchi::counter_terminal {

using ticketing::v1::Ticket;

namespace {

struct Key {
  char key;
  Command command;
  std::string_view legend;
};

// In the order of a visit.
constexpr std::array<Key, 10> kKeys = {{
    {'n', Command::kCallNext, "n=次の方 Next"},
    {'s', Command::kStart, "s=応対開始 Start"},
    {'c', Command::kComplete, "c=完了 Complete"},
    {'C', Command::kCompleteAs, "C=結果を付けて完了 Complete as.."},
    {'r', Command::kRecall, "r=再呼出 Recall"},
    {'a', Command::kAbsent, "a=不在 Absent"},
    {'t', Command::kTakeOver, "t=引き継ぎ Take over"},
    {'b', Command::kReturn, "b=不在の方が戻った Back"},
    {'l', Command::kList, "l=一覧 List"},
    {'q', Command::kQuit, "q=窓口を閉じて終了 Close and quit"},
}};

bool Holds(Desk const& desk, Ticket::State state) {
  return desk.ticket && desk.ticket->state() == state;
}

/// The sentence for a step that needs a ticket in `needed`.
std::optional<Sentence> NeedsTicket(Desk const& desk, Ticket::State needed) {
  if (Holds(desk, needed)) return std::nullopt;
  if (!desk.ticket) return texts::kNoTicket;
  return needed == Ticket::CALLED ? texts::kAlreadyServing
                                  : texts::kNotYetServing;
}

}  // namespace

std::optional<Press> ReadPress(std::string const& typed) {
  if (typed.empty()) return std::nullopt;
  char key = typed.front();
  if (key == ' ') key = 'n';
  // A clerk with caps lock on is understood; only C means another thing than c.
  if (key >= 'A' && key <= 'Z' && key != 'C') {
    key = static_cast<char>(key - 'A' + 'a');
  }
  for (auto const& known : kKeys) {
    if (known.key != key) continue;
    return Press{known.command,
                 std::string(absl::StripAsciiWhitespace(typed.substr(1)))};
  }
  return std::nullopt;
}

std::optional<Sentence> Refusal(Desk const& desk, Command command) {
  if (command == Command::kList) return std::nullopt;
  if (command == Command::kTakeOver) {
    if (desk.open) return texts::kAlreadyYours;
    return std::nullopt;
  }
  if (command == Command::kQuit) {
    if (desk.open && desk.ticket) return texts::kFinishBeforeClosing;
    return std::nullopt;
  }
  if (!desk.open) {
    return desk.taken_over ? texts::kTakenOver : texts::kNotOpen;
  }
  switch (command) {
    case Command::kCallNext:
      if (Holds(desk, Ticket::CALLED)) return texts::kFinishCalled;
      if (desk.ticket) return texts::kFinishServing;
      return std::nullopt;
    case Command::kRecall:
    case Command::kStart:
    case Command::kAbsent:
      return NeedsTicket(desk, Ticket::CALLED);
    case Command::kComplete:
    case Command::kCompleteAs:
      return NeedsTicket(desk, Ticket::SERVING);
    default:
      return std::nullopt;
  }
}

std::vector<Command> LawfulCommands(Desk const& desk) {
  std::vector<Command> lawful;
  for (auto const& key : kKeys) {
    if (!Refusal(desk, key.command)) lawful.push_back(key.command);
  }
  return lawful;
}

std::string KeyOf(Command command) {
  for (auto const& key : kKeys) {
    if (key.command == command) return std::string(key.legend);
  }
  return "";
}

}  // namespace madoguchi::counter_terminal
