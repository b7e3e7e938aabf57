#include "clients/ticket_machine/staff.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/texts.h"
#include "clients/ticket_machine/texts.h"
#include "absl/strings/strip.h"
#include <array>
#include <cstddef>
#include <string_view>

namespace madoguchi::ticket_machine {

using texts::InBoth;

namespace {

// Between the two languages of a line.
constexpr char kBetween[] = "  ";

/// Whether staff can settle the open press: it has a number.
bool HasOpenNumber(StaffView const& view) {
  return view.open && view.open->step != Step::kPlanned;
}

/// A key and, as the text `id`, what it does.
std::string KeyLine(char const* key, std::string_view id,
                    texts::Values const& values = {}) {
  return std::string("  ") + key + "  " + InBoth(id, values, kBetween) + "\n";
}

}  // namespace

std::string StaffMenu(StaffView const& view) {
  auto menu = InBoth("kiosk.staff.title") + "\n\n";
  menu += InBoth("kiosk.staff.printer") + ": " + Describe(view.printer) + "\n";
  menu += InBoth("kiosk.staff.machine") + ": " +
          InBoth(view.out_of_order ? "kiosk.staff.out_of_order"
                                   : "kiosk.staff.in_service") +
          "\n";
  if (!view.notice.empty()) menu += "! " + view.notice + "\n";
  menu += "\n";
  if (HasOpenNumber(view)) {
    texts::Values const number = {{"n", view.open->number}};
    bool const unknown = view.open->step == Step::kPrinting;
    menu += unknown
                ? "? " + InBoth("kiosk.staff.was_printed", number, kBetween)
                : "! " + InBoth("kiosk.staff.not_printed", number, kBetween);
    menu += "\n";
    menu += KeyLine(
        "y", unknown ? "kiosk.staff.yes_or_written" : "kiosk.staff.written");
    menu += KeyLine("n", "kiosk.staff.print_it");
    menu += "\n";
  } else if (view.open) {
    menu += "! " + InBoth("kiosk.staff.asking", {}, kBetween) + " (" +
            view.open->service_name + ")\n\n";
  }
  if (view.last_printed) {
    menu +=
        KeyLine("r", "kiosk.staff.reprint", {{"n", view.last_printed->number}});
  }
  menu += KeyLine("p", "kiosk.staff.paper_changed");
  menu += KeyLine(
      "o", view.out_of_order ? "kiosk.staff.put_back" : "kiosk.staff.take_out");
  menu += KeyLine("t", "kiosk.staff.test");
  menu += KeyLine("q", "kiosk.back");
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
