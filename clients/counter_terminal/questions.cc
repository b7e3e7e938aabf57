#include "clients/counter_terminal/questions.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include <cstddef>
#include <cstdint>
#include <utility>

namespace madoguchi::counter_terminal {

using ticketing::v1::TransferTicketRequest;

namespace {

constexpr int kMostMinutes = 999;

std::string Stripped(std::string const& text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

TransferTicketRequest::Position PositionOf(std::string const& code) {
  if (code == "first") return TransferTicketRequest::FIRST;
  if (code == "last") return TransferTicketRequest::LAST;
  return TransferTicketRequest::BY_ARRIVAL;
}

}  // namespace

std::vector<Choice> ServiceChoices(Floor const& floor) {
  std::vector<Choice> choices;
  for (auto const& service : floor.services) {
    choices.push_back(
        {service.service(),
         {service.display_name().ja(), service.display_name().en()}});
  }
  return choices;
}

std::vector<Choice> CounterChoices(Floor const& floor,
                                   std::string const& except) {
  std::vector<Choice> choices;
  if (!floor.lists) return choices;
  for (auto const& counter : floor.lists->counters) {
    auto const id = LastPart(counter.name());
    if (!counter.open() || id == except) continue;
    choices.push_back({id, {counter.label().ja(), counter.label().en()}});
  }
  return choices;
}

Questions::Questions(Conversation const& conversation, std::string given)
    : conversation_(conversation),
      given_(Stripped(given)),
      terse_(!given_.empty()) {}

std::string Questions::TakeWord() {
  auto const end = given_.find(' ');
  auto word = given_.substr(0, end);
  given_ = end == std::string::npos ? "" : Stripped(given_.substr(end));
  return word;
}

std::string Questions::Answer(Sentence const& question,
                              std::vector<Choice> const& choices) {
  if (!given_.empty()) return TakeWord();
  conversation_.say(question);
  for (std::size_t i = 0; i != choices.size(); ++i) {
    auto const& choice = choices[i];
    conversation_.print("  " + std::to_string(i + 1) + "  " + choice.name.ja +
                        "  " + choice.name.en + "  (" + choice.code + ")");
  }
  return Stripped(conversation_.ask().value_or(""));
}

std::optional<std::string> Questions::Choose(Sentence const& question,
                                             std::vector<Choice> const& choices,
                                             bool any_code,
                                             std::optional<std::string> usual) {
  if (usual && Skips()) return usual;
  auto const answer = Answer(question, choices);
  if (answer.empty()) return usual;
  // A code before a place: counters are called 1, 2, 3 as well.
  for (auto const& choice : choices) {
    if (choice.code == answer) return answer;
  }
  std::size_t place = 0;
  if (absl::SimpleAtoi(answer, &place) && place >= 1 &&
      place <= choices.size()) {
    return choices[place - 1].code;
  }
  if (any_code) return answer;
  conversation_.say(SentenceOf("counter.not_a_choice"));
  return std::nullopt;
}

std::optional<std::string> Questions::Word(Sentence const& question) {
  auto const answer = Answer(question, {});
  if (answer.empty()) return std::nullopt;
  return answer;
}

std::string Questions::Text(Sentence const& question) {
  if (Skips()) return "";
  if (!given_.empty()) return std::exchange(given_, "");
  conversation_.say(question);
  return Stripped(conversation_.ask().value_or(""));
}

bool Questions::AskHold(ticketing::v1::HoldTicketRequest& request) {
  auto const reason = Choose(SentenceOf("counter.ask_hold_reason"),
                             HoldReasons(), /*any_code=*/true);
  if (!reason) return false;
  request.set_reason(*reason);
  if (Skips()) return true;
  if (auto const minutes = Word(SentenceOf("counter.ask_minutes"))) {
    int count = 0;
    if (!absl::SimpleAtoi(*minutes, &count) || count < 1 ||
        count > kMostMinutes) {
      conversation_.say(SentenceOf("counter.not_minutes"));
      return false;
    }
    request.mutable_duration()->set_seconds(std::int64_t{count} * 60);
  }
  auto const where = Choose(SentenceOf("counter.ask_hold_counter"),
                            {{"any", SentenceOf("counter.form_hold_any")},
                             {"here", SentenceOf("counter.form_hold_here")}},
                            /*any_code=*/false, "any");
  if (!where) return false;
  request.set_to_counter(where == "here");
  return true;
}

bool Questions::AskTransfer(Floor const& floor, std::string const& office,
                            std::string const& own_counter,
                            TransferTicketRequest& request) {
  auto const where =
      Choose(SentenceOf("counter.ask_where_to"),
             {{"service", SentenceOf("counter.form_where_service")},
              {"counter", SentenceOf("counter.form_where_counter")},
              {"office", SentenceOf("counter.form_where_office")}});
  if (!where) return false;
  if (where == "counter") {
    auto const counter = Choose(SentenceOf("counter.ask_counter"),
                                CounterChoices(floor, own_counter),
                                /*any_code=*/true);
    if (!counter) return false;
    request.set_to_counter(office + "/counters/" + *counter);
  } else {
    if (where == "office") {
      auto const to = Word(SentenceOf("counter.ask_office"));
      if (!to) return false;
      request.set_to_office("offices/" + *to);
    }
    // Another office may have services that this one does not know.
    auto const service =
        Choose(SentenceOf("counter.ask_service"), ServiceChoices(floor),
               /*any_code=*/true);
    if (!service) return false;
    request.set_service(*service);
  }
  auto const position = Choose(SentenceOf("counter.ask_position"), Positions(),
                               /*any_code=*/false, "arrival");
  if (!position) return false;
  request.set_position(PositionOf(*position));
  request.set_note(Text(SentenceOf("counter.ask_note")));
  return true;
}

bool Questions::AskEdit(Floor const& floor,
                        ticketing::v1::EditTicketRequest& request) {
  auto const what = Choose(SentenceOf("counter.ask_what_to_edit"),
                           {{"language", SentenceOf("counter.form_language")},
                            {"note", SentenceOf("counter.fact_note")},
                            {"service", SentenceOf("counter.form_service")}});
  if (!what) return false;
  if (what == "language") {
    auto const language =
        Choose(SentenceOf("counter.ask_language"), Languages());
    if (language) request.set_language(*language);
    return language.has_value();
  }
  if (what == "service") {
    auto const service =
        Choose(SentenceOf("counter.ask_service"), ServiceChoices(floor),
               /*any_code=*/true);
    if (service) request.set_service(*service);
    return service.has_value();
  }
  auto const note = Text(SentenceOf("counter.ask_new_note"));
  // An empty line is how every other question is given up.
  if (note.empty()) return false;
  request.set_note(note == "-" ? "" : note);
  return true;
}

}  // namespace madoguchi::counter_terminal
