#include "clients/ticket_machine/screens.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/texts.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi::ticket_machine {

using terminal::DisplayWidth;
using terminal::PadLeft;
using terminal::PadRight;
using texts::Fill;

namespace {

constexpr int kMenuColumns = 72;

std::string Trimmed(std::string const& typed) {
  return std::string(absl::StripAsciiWhitespace(typed));
}

}  // namespace

std::string Menu(Services const& services, Language language, int columns) {
  auto const& texts = TextsIn(language);
  int const width = std::min(columns, kMenuColumns);
  constexpr int kNumberColumns = 5;
  std::string menu = texts.title + "\n\n";
  for (int i = 0; i != services.size(); ++i) {
    auto const& service = services.Get(i);
    auto const waiting =
        Fill(texts.waiting, {{"k", std::to_string(service.waiting_count())}});
    int const name_columns = width - kNumberColumns - DisplayWidth(waiting) - 1;
    auto const name =
        terminal::Wrap(InLanguage(service.display_name(), language),
                       std::max(name_columns, 2));
    menu += PadLeft(std::to_string(i + 1), 3) + "  " +
            PadRight(name.front(), name_columns) + " " + waiting + "\n";
    for (std::size_t line = 1; line != name.size(); ++line) {
      menu += std::string(kNumberColumns, ' ') + name[line] + "\n";
    }
  }
  return menu + "\n" + texts.privacy + "\n" + texts.choose + "   " +
         texts.languages + "\n";
}

Choice ReadChoice(std::string const& typed, int services) {
  Choice choice;
  auto const text = Trimmed(typed);
  if (text == "j") choice.language = Language::kJapanese;
  if (text == "y") choice.language = Language::kEasyJapanese;
  if (text == "e") choice.language = Language::kEnglish;
  int number = 0;
  if (absl::SimpleAtoi(text, &number) && number >= 1 && number <= services) {
    choice.service = number - 1;
  }
  return choice;
}

std::optional<bool> ReadAgreement(std::string const& typed) {
  auto const text = Trimmed(typed);
  if (text == "1") return true;
  if (text == "2") return false;
  return std::nullopt;
}

std::string CannotIssue(Language language, bool outcome_unknown,
                        std::string const& for_staff) {
  auto const& texts = TextsIn(language);
  return (outcome_unknown ? texts.given_up : texts.cannot_issue) + "\n" +
         texts.staff_comes + "\n\n" + ForStaff(for_staff);
}

std::string ForStaff(std::string const& text) {
  return "(" + texts::InBoth("terminal.for_staff") + ": " + text + ")\n";
}

}  // namespace madoguchi::ticket_machine
