#include "clients/counter_terminal/keys.h"
#include "absl/strings/strip.h"
#include <array>
#include <cstddef>
#include <string_view>

namespace madoguchi::counter_terminal {
namespace {

struct Key {
  char key;
  Command command;
  std::string_view legend;
  bool always_shown = true;
};

// In the order of a visit. Several keys may mean one command; the legend is on
// the first.
constexpr std::array kKeys = {
    Key{'n', Command::kCallNext, "n=次の方 Next"},
    Key{'s', Command::kStart, "s=応対開始 Start"},
    Key{'c', Command::kComplete, "c=完了 Complete"},
    Key{'f', Command::kComplete, ""},
    Key{'1', Command::kOutcome, "1-9=結果を付けて完了 Outcome", false},
    Key{'C', Command::kCompleteAs, "C=結果を選んで完了 Complete as", false},
    Key{'w', Command::kWrapUp, "w=事務処理 Paperwork"},
    Key{'h', Command::kHold, "h=保留 Hold"},
    Key{'t', Command::kTransfer, "t=転送 Transfer"},
    Key{'r', Command::kRecall, "r=再呼出 Recall"},
    Key{'a', Command::kAbsent, "a=不在 Absent"},
    Key{'u', Command::kUndo, "u=元に戻す Undo"},
    Key{'v', Command::kServeVisitor, "v=番号なしの方 No number"},
    Key{'/', Command::kFind, "/=番号で探す Find"},
    Key{'k', Command::kParked, "k=保留一覧 On hold"},
    Key{'m', Command::kMissed, "m=不在一覧 Missed"},
    Key{'g', Command::kAssist, "g=配慮 Assist"},
    Key{'e', Command::kEdit, "e=修正 Edit"},
    Key{'d', Command::kDesignate, "d=次に呼ぶ窓口を指定 Designate", false},
    Key{'p', Command::kPause, "p=休止・再開 Pause"},
    Key{'b', Command::kReturn, "b=不在の方が戻った Back", false},
    Key{'l', Command::kList, "l=全員の一覧 List", false},
    Key{'x', Command::kTakeOver, "x=開く・引き継ぐ Take over"},
    Key{'?', Command::kHelp, "?=全てのキー All keys"},
    Key{'q', Command::kQuit, "q=窓口を閉じて終了 Close and quit"},
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
    if (!key.legend.empty()) commands.push_back(key.command);
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
    if (key.command == command) return std::string(key.legend);
  }
  return "";
}

}  // namespace madoguchi::counter_terminal
