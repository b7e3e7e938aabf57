#include "clients/ticket_machine/texts.h"
#include "clients/texts/texts.h"
#include <array>
#include <cstddef>
#include <string_view>

namespace madoguchi::ticket_machine {
namespace {

using texts::TextOf;

Texts ReadTexts(Language language) {
  auto const say = [&](std::string_view id) { return TextOf(language, id); };
  return {
      .title = say("kiosk.title"),
      .waiting = say("kiosk.waiting"),
      .privacy = say("kiosk.privacy"),
      .choose = say("terminal.choose"),
      .languages = say("terminal.other_languages"),
      .not_on_list = say("terminal.not_on_list"),
      .confirm = say("kiosk.confirm") + "  " + say("terminal.agree"),
      .issuing = say("kiosk.issuing"),
      .outcome_unknown = say("kiosk.outcome_unknown"),
      .slip_title = say("kiosk.slip_title"),
      .slip_number = say("kiosk.slip_number"),
      .slip_ahead = say("kiosk.slip_ahead"),
      .slip_order = say("kiosk.slip_order"),
      .assist = say("kiosk.assist"),
      .take = say("kiosk.take") + "\n" + say("terminal.back_home"),
      .cannot_issue = say("kiosk.cannot_issue"),
      .staff_comes = say("kiosk.staff_comes"),
      .given_up = say("kiosk.given_up"),
      .reprint = say("kiosk.reprint"),
      .not_printed = say("kiosk.not_printed"),
      .print_unknown = say("kiosk.print_unknown"),
      .out_of_order = say("kiosk.out_of_order"),
      .idle = say("kiosk.idle"),
  };
}

}  // namespace

Texts const& TextsIn(Language language) {
  static auto const* const japanese = new Texts(ReadTexts(Language::kJapanese));
  static auto const* const easy = new Texts(ReadTexts(Language::kEasyJapanese));
  static auto const* const english = new Texts(ReadTexts(Language::kEnglish));
  switch (language) {
    case Language::kJapanese:
      return *japanese;
    case Language::kEasyJapanese:
      return *easy;
    case Language::kEnglish:
      return *english;
  }
  return *japanese;
}

std::string ShowDay(absl::CivilDay day, Language language) {
  constexpr std::array<std::string_view, 7> kWeekdays = {
      "date.monday", "date.tuesday",  "date.wednesday", "date.thursday",
      "date.friday", "date.saturday", "date.sunday"};
  auto const weekday = static_cast<std::size_t>(absl::GetWeekday(day));
  return TextOf(language, "date.day",
                {{"year", std::to_string(day.year())},
                 {"month", std::to_string(day.month())},
                 {"day", std::to_string(day.day())},
                 {"weekday", TextOf(language, kWeekdays[weekday])}});
}

}  // namespace madoguchi::ticket_machine
