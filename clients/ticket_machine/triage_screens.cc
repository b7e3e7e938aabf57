#include "clients/ticket_machine/triage_screens.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/texts.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include <algorithm>

namespace madoguchi::ticket_machine {

using texts::TextOf;

namespace {

std::string IdOf(TriageQuestion const& question) {
  return "triage." + absl::AsciiStrToLower(question.question());
}

std::string IdOf(TriageQuestion const& question, std::string const& choice) {
  return IdOf(question) + "." + absl::AsciiStrToLower(choice);
}

std::string Numbered(int number, std::string const& text) {
  return terminal::PadLeft(std::to_string(number), 3) + "  " + text + "\n";
}

std::string DayOf(std::string const& date, Language language) {
  absl::CivilDay day;
  return absl::ParseCivilTime(date, &day) ? ShowDay(day, language) : date;
}

}  // namespace

bool CanAsk(TriageQuestion const& question) {
  return texts::HasText(IdOf(question)) &&
         std::all_of(question.choices().begin(), question.choices().end(),
                     [&](std::string const& choice) {
                       return texts::HasText(IdOf(question, choice));
                     });
}

std::string QuestionScreen(TriageQuestion const& question, Language language) {
  auto screen = TextOf(language, IdOf(question)) + "\n\n";
  int number = 0;
  for (auto const& choice : question.choices()) {
    screen += Numbered(++number, TextOf(language, IdOf(question, choice)));
  }
  return screen + "\n" + TextOf(language, "terminal.triage_keys") + "\n" +
         TextsIn(language).privacy + "\n";
}

std::vector<ticketing::v1::Service> ServicesAfter(
    renewal::v1::Advice const& advice, Services const& services) {
  std::vector<ticketing::v1::Service> offered;
  auto const offer = [&](std::string const& id) {
    for (auto const& service : services) {
      if (service.service() == id) offered.push_back(service);
    }
  };
  offer(advice.service());
  if (advice.may_consult() && advice.service() != kConsult) offer(kConsult);
  return offered;
}

std::string AdviceScreen(renewal::v1::Advice const& advice,
                         std::vector<ticketing::v1::Service> const& offered,
                         Language language) {
  std::string screen;
  for (auto const& id : advice.texts()) {
    if (!texts::HasText(id)) continue;
    screen +=
        TextOf(language, id, {{"date", DayOf(advice.date(), language)}}) + "\n";
  }
  screen += "\n";
  int number = 0;
  for (auto const& service : offered) {
    screen += Numbered(++number,
                       service.service() == kConsult
                           ? TextOf(language, "kiosk.take_consult")
                           : TextOf(language, "kiosk.take_for") + " " +
                                 InLanguage(service.display_name(), language));
  }
  return screen + "\n" + TextOf(language, "terminal.leave") + "\n";
}

TriagePress ReadTriagePress(std::string const& typed, int choices) {
  TriagePress press;
  auto const text = std::string(absl::StripAsciiWhitespace(typed));
  int number = 0;
  press.talk_to_staff = text == "0";
  press.back = text == "b";
  if (absl::SimpleAtoi(text, &number) && number >= 1 && number <= choices) {
    press.choice = number - 1;
  }
  return press;
}

bool TakeBack(TriageLine::Said& said) {
  if (said.talk_to_staff) {
    said.talk_to_staff = false;
    return true;
  }
  if (said.answers.empty()) return false;
  said.answers.pop_back();
  return true;
}

}  // namespace madoguchi::ticket_machine
