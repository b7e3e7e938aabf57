#include "clients/counter_terminal/words.h"
#include "absl/strings/str_format.h"
#include <algorithm>

namespace madoguchi::counter_terminal {

using ticketing::v1::Ticket;

namespace {

std::vector<Choice> Choices(std::string const& area,
                            std::vector<std::string> const& codes) {
  std::vector<Choice> choices;
  choices.reserve(codes.size());
  for (auto const& code : codes) {
    choices.push_back({code, SentenceOf(area + code)});
  }
  return choices;
}

}  // namespace

std::vector<Choice> const& HoldReasons() {
  static auto const* const reasons = new std::vector<Choice>(
      Choices("hold_reason.", {"form", "pin_search", "machine", "documents"}));
  return *reasons;
}

std::vector<Choice> const& HoldReasonsShown() {
  static auto const* const reasons = new std::vector<Choice>(Choices(
      "hold_reason.",
      {"form", "pin_search", "machine", "documents", "renewal", "upstream"}));
  return *reasons;
}

std::vector<Choice> const& PauseReasons() {
  static auto const* const reasons = new std::vector<Choice>(
      Choices("pause_reason.", {"lunch", "break", "meeting", "errand"}));
  return *reasons;
}

std::vector<Choice> const& Languages() {
  static auto const* const languages =
      new std::vector<Choice>(Choices("language.", {"ja", "ja-easy", "en"}));
  return *languages;
}

std::vector<Choice> const& Positions() {
  static auto const* const positions = new std::vector<Choice>(
      Choices("position.", {"arrival", "first", "last"}));
  return *positions;
}

std::string NameOf(std::vector<Choice> const& choices,
                   std::string const& code) {
  for (auto const& choice : choices) {
    if (choice.code == code) return choice.name.ja + " " + choice.name.en;
  }
  return code;
}

std::string StateName(Ticket::State state) {
  if (state == Ticket::STATE_UNSPECIFIED) return "";
  auto const id = "state_of_ticket." + Ticket::State_Name(state);
  return texts::HasText(id) ? texts::InBoth(id) : "";
}

std::string LastPart(std::string const& name) {
  return name.substr(name.rfind('/') + 1);
}

absl::Duration Between(google::protobuf::Timestamp const& start,
                       google::protobuf::Timestamp const& end) {
  return std::max(absl::ZeroDuration(),
                  absl::Seconds(end.seconds() - start.seconds()));
}

std::string ShowClock(absl::Duration duration) {
  auto const seconds = absl::ToInt64Seconds(duration);
  if (seconds < 3600) {
    return absl::StrFormat("%02d:%02d", seconds / 60, seconds % 60);
  }
  return absl::StrFormat("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                         seconds % 60);
}

}  // namespace madoguchi::counter_terminal
