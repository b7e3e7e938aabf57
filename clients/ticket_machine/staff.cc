#include "clients/ticket_machine/staff.h"
#include "clients/terminal/text_width.h"
#include "clients/ticket_machine/texts.h"
#include "absl/strings/strip.h"
#include <array>
#include <cstddef>

namespace madoguchi::ticket_machine {
namespace {

/// Whether staff can settle the open press: it has a number.
bool HasOpenNumber(StaffView const& view) {
  return view.open && view.open->step != Step::kPlanned;
}

std::string KeyLine(char const* key, std::string const& does) {
  return std::string("  ") + key + "  " + does + "\n";
}

}  // namespace

std::string StaffMenu(StaffView const& view) {
  std::string menu = "係員用 Staff\n\n";
  menu += std::string("プリンター Printer: ") + Describe(view.printer) + "\n";
  menu += std::string("この機械 Machine: ") +
          (view.out_of_order ? "休止中 out of order" : "稼働中 in service") +
          "\n";
  if (!view.notice.empty()) menu += "! " + view.notice + "\n";
  menu += "\n";
  if (HasOpenNumber(view)) {
    auto const& number = view.open->number;
    bool const unknown = view.open->step == Step::kPrinting;
    menu += unknown ? "? 番号札 " + number + " は印刷されましたか  Was " +
                          number + " printed?\n"
                    : "! 番号札 " + number + " は未印刷です  " + number +
                          " is not printed yet\n";
    menu +=
        KeyLine("y", unknown ? "印刷された・手書きで渡した  Yes, or written "
                               "by hand"
                             : "手書きで渡した  Written by hand");
    menu += KeyLine("n", "印刷する  Print it");
    menu += "\n";
  } else if (view.open) {
    menu += "! 確認中の受付があります(" + view.open->service_name +
            ")  A press is being checked\n\n";
  }
  if (view.last_printed) {
    menu += KeyLine("r", "最後の番号札 " + view.last_printed->number +
                             " を再印字  Reprint the last number");
  }
  menu += KeyLine("p", "用紙を交換した  Paper changed");
  menu += KeyLine("o", view.out_of_order ? "再開する  Back in service"
                                         : "休止にする  Out of order");
  menu += KeyLine("t", "画面テスト  Screen test");
  menu += KeyLine("q", "もどる  Back");
  return menu;
}

std::optional<StaffKey> ReadStaffKey(std::string const& typed,
                                     StaffView const& view) {
  auto const key = std::string(absl::StripAsciiWhitespace(typed));
  if (key == "p") return StaffKey::kPaperChanged;
  if (key == "o") return StaffKey::kOutOfOrder;
  if (key == "t") return StaffKey::kScreenTest;
  if (key == "q") return StaffKey::kBack;
  if (key == "r" && view.last_printed) return StaffKey::kReprintLast;
  if (key == "y" && HasOpenNumber(view)) return StaffKey::kVisitorHasIt;
  if (key == "n" && HasOpenNumber(view)) return StaffKey::kPrintAgain;
  return std::nullopt;
}

std::string ScreenTest(terminal::Size size) {
  constexpr std::array kLanguages = {
      Language::kJapanese, Language::kEasyJapanese, Language::kEnglish};
  auto const columns = static_cast<std::size_t>(size.columns);
  std::string screen = std::string(columns, '#') + "\n";
  for (auto const language : kLanguages) {
    screen +=
        terminal::PadRight("# " + TextsIn(language).title, size.columns - 1) +
        "#\n";
  }
  screen +=
      terminal::PadRight("# 0123456789 ABCXYZ -", size.columns - 1) + "#\n";
  // The last two lines are for the last edge and the cursor.
  for (int line = 5; line < size.lines - 2; ++line) {
    screen += "#" + std::string(columns - 2, line % 2 == 0 ? '.' : ':') + "#\n";
  }
  return screen + std::string(columns, '#') + "\n";
}

}  // namespace madoguchi::ticket_machine
