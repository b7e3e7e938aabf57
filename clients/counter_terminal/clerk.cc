#include "clients/counter_terminal/clerk.h"
#include "clients/counter_terminal/lists.h"
#include "clients/terminal/text_width.h"
#include "absl/strings/strip.h"
#include <cstddef>
#include <utility>

namespace madoguchi::counter_terminal {

using ticketing::v1::Counter;
using ticketing::v1::Ticket;

namespace {

// As wide as the narrowest terminal that is usual.
constexpr int kHelpColumns = 80;

}  // namespace

Clerk::Clerk(CounterCalls& calls, CaseCalls& case_calls, Workplace workplace,
             Conversation conversation, std::function<Floor()> floor)
    : workplace_(std::move(workplace)),
      conversation_(std::move(conversation)),
      floor_(std::move(floor)),
      steps_(calls, conversation_, workplace_.office, workplace_.counter,
             workplace_.staff),
      case_steps_(case_calls, conversation_, workplace_.office,
                  workplace_.counter, workplace_.staff),
      case_clerk_(case_steps_, conversation_) {}

void Clerk::Notice(CaseNews news) {
  case_steps_.Notice(std::move(news));
  FollowTicket();
  // The authority's answer may have come.
  if (NextMove(cases(), desk()) == Move::kWait) case_steps_.LookAtTicket();
}

void Clerk::FollowTicket() {
  auto const& ticket = desk().ticket;
  if (!ticket && case_clerk_.has_card_alone()) return;
  bool const is_served = ticket && ticket->state() == Ticket::SERVING;
  case_steps_.Follow(is_served ? ticket->name() : "");
}

bool Clerk::DoCase(Press const& press) {
  bool const is_about_a_case = press.command == Command::kCase ||
                               press.command == Command::kCaseOther ||
                               press.command == Command::kCasesParked;
  if (is_about_a_case) {
    // A pipe takes no note of what goes on.
    if (!cases().news.is_there) case_steps_.LookAround();
    FollowTicket();
  }
  Questions questions(conversation_, press.argument);
  switch (press.command) {
    case Command::kCase:
      case_clerk_.GoOn(desk(), press.argument);
      break;
    case Command::kCaseOther:
      case_clerk_.Offer(desk(), questions);
      break;
    case Command::kCasesParked:
      case_clerk_.ResumeOne(questions, [this] { return MakeFree(); });
      break;
    case Command::kUpstream:
      case_clerk_.Report(questions);
      break;
    default:
      return false;
  }
  // Ticketing was told by renewal what became of the ticket.
  if (press.command != Command::kUpstream) steps_.Look();
  FollowTicket();
  return true;
}

void Clerk::Open() { steps_.Open(/*take_over=*/false); }

bool Clerk::Do(Press const& press) {
  // A card whose holder has gone home has no ticket here.
  bool const has_card_alone =
      case_clerk_.has_card_alone() &&
      (press.command == Command::kCase || press.command == Command::kCaseOther);
  bool const asks_first = press.command == Command::kCallNext &&
                          desk().ticket &&
                          desk().ticket->state() == Ticket::SERVING;
  if (auto const refusal = Refusal(desk(), press.command);
      refusal && !asks_first && !has_card_alone) {
    conversation_.say(SentenceOf(*refusal));
    return true;
  }
  if (DoCase(press)) return true;
  Questions questions(conversation_, press.argument);
  switch (press.command) {
    case Command::kCallNext:
      CallNext();
      break;
    case Command::kStart:
      steps_.Start();
      break;
    case Command::kComplete:
    case Command::kOutcome:
    case Command::kCompleteAs:
      Complete(press);
      break;
    case Command::kWrapUp:
      WrapUp();
      break;
    case Command::kHold:
      Hold(questions);
      break;
    case Command::kTransfer:
      if (auto const ticket = Subject(questions)) Transfer(*ticket, questions);
      break;
    case Command::kRecall:
      steps_.Recall();
      break;
    case Command::kAbsent:
      MarkAbsent();
      break;
    case Command::kUndo:
      steps_.Undo();
      break;
    case Command::kServeVisitor:
      ServeVisitor(questions);
      break;
    case Command::kFind:
      Find(questions);
      break;
    case Command::kParked:
      DealWithAway(Ticket::ON_HOLD, questions);
      break;
    case Command::kMissed:
      DealWithAway(Ticket::ABSENT, questions);
      break;
    case Command::kAssist:
      if (auto const ticket = Subject(questions)) {
        steps_.SetAssist(*ticket, !ticket->assist());
      }
      break;
    case Command::kEdit:
      if (auto const ticket = Subject(questions)) Edit(*ticket, questions);
      break;
    case Command::kDesignate:
      Designate(questions);
      break;
    case Command::kPause:
      Pause(questions);
      break;
    case Command::kReturn:
      Return(press.argument);
      break;
    case Command::kList:
      List();
      break;
    case Command::kTakeOver:
      steps_.Open(/*take_over=*/true);
      break;
    case Command::kHelp:
      Help();
      break;
    case Command::kQuit:
      return !Close();
    case Command::kCase:
    case Command::kCaseOther:
    case Command::kCasesParked:
    case Command::kUpstream:
      break;
  }
  return true;
}

void Clerk::CallNext() {
  if (MakeFree()) steps_.CallNext();
}

void Clerk::Complete(Press const& press) {
  auto outcome = press.argument;
  if (press.command == Command::kOutcome) {
    auto const place = static_cast<std::size_t>(press.argument.front() - '1');
    if (place >= workplace_.outcomes.size()) {
      conversation_.say(SentenceOf("counter.no_such_outcome"));
      return;
    }
    outcome = workplace_.outcomes[place];
  } else if (press.command == Command::kCompleteAs) {
    std::vector<Choice> choices;
    for (auto const& code : workplace_.outcomes) choices.push_back({code, {}});
    outcome = Questions(conversation_, press.argument)
                  .Choose(SentenceOf("counter.ask_outcome"), choices,
                          /*any_code=*/true)
                  .value_or("");
  }
  if (HasLiveCase(cases()) &&
      !ConfirmOf("renewal.ask_complete", desk().ticket->number(),
                 /*unasked=*/true)) {
    return;
  }
  steps_.Complete(outcome, /*wrap_up=*/false);
}

void Clerk::WrapUp() {
  if (desk().ticket) {
    steps_.Complete("", /*wrap_up=*/true);
  } else {
    steps_.GoOn();
  }
}

void Clerk::MarkAbsent() {
  if (ConfirmOf("counter.ask_absent", desk().ticket->number(),
                /*unasked=*/true)) {
    steps_.MarkAbsent();
  }
}

void Clerk::Hold(Questions questions) {
  ticketing::v1::HoldTicketRequest request;
  if (questions.AskHold(request)) steps_.Hold(request);
}

void Clerk::Transfer(Ticket const& ticket, Questions questions) {
  ticketing::v1::TransferTicketRequest request;
  if (!questions.AskTransfer(floor_(), workplace_.office, workplace_.counter,
                             request)) {
    return;
  }
  if (!request.to_office().empty() &&
      !ConfirmOf("counter.ask_move", ticket.number(), /*unasked=*/true)) {
    return;
  }
  steps_.Transfer(ticket, request);
}

void Clerk::Edit(Ticket const& ticket, Questions questions) {
  ticketing::v1::EditTicketRequest request;
  if (questions.AskEdit(floor_(), request)) steps_.Edit(ticket, request);
}

void Clerk::Designate(Questions questions) {
  auto const number = questions.Word(SentenceOf("counter.ask_number"));
  if (!number) return;
  if (auto const ticket = steps_.Find(*number)) {
    DesignateTicket(*ticket, questions);
  }
}

void Clerk::DesignateTicket(Ticket const& ticket, Questions questions) {
  auto const counter = questions.Choose(SentenceOf("counter.ask_counter"),
                                        CounterChoices(floor_(), ""),
                                        /*any_code=*/true);
  if (counter) steps_.Designate(ticket, *counter);
}

void Clerk::ServeVisitor(Questions questions) {
  auto const service =
      questions.Choose(SentenceOf("counter.ask_service"),
                       ServiceChoices(floor_()), /*any_code=*/true);
  if (!service) return;
  auto const language =
      questions.Choose(SentenceOf("counter.ask_language"), Languages(),
                       /*any_code=*/false, "ja");
  if (language) steps_.ServeVisitor(*service, *language);
}

void Clerk::Pause(Questions questions) {
  if (desk().activity == Counter::PAUSED) {
    steps_.GoOn();
    return;
  }
  if (IsLastAbleToCall() &&
      !conversation_.confirm(SentenceOf("counter.ask_pause_last"),
                             /*unasked=*/true)) {
    return;
  }
  auto const reason =
      questions.Choose(SentenceOf("counter.ask_pause_reason"), PauseReasons(),
                       /*any_code=*/true);
  if (reason) steps_.Pause(*reason);
}

void Clerk::Find(Questions questions) {
  auto const number = questions.Word(SentenceOf("counter.ask_number"));
  if (!number) return;
  auto const ticket = steps_.Find(*number);
  if (!ticket) return;
  Print(*ticket);
  DealWith(*ticket, questions);
}

void Clerk::Return(std::string number) {
  auto const absent = steps_.List({Ticket::ABSENT});
  if (!absent) return;
  if (absent->empty()) {
    conversation_.say(SentenceOf("counter.nobody_absent"));
    return;
  }
  if (number.empty()) {
    for (auto const& ticket : *absent) Print(ticket);
    conversation_.say(SentenceOf("counter.ask_return"));
    number = std::string(
        absl::StripAsciiWhitespace(conversation_.ask().value_or("")));
    if (number.empty()) return;
  }
  for (auto const& ticket : *absent) {
    if (ticket.number() == number) {
      steps_.Return(ticket);
      return;
    }
  }
  conversation_.say(SentenceOf("counter.no_such_absent"));
}

void Clerk::DealWithAway(Ticket::State state, Questions questions) {
  bool const parked = state == Ticket::ON_HOLD;
  auto tickets = steps_.List({state});
  if (!tickets) return;
  if (tickets->empty()) {
    conversation_.say(
        SentenceOf(parked ? "counter.nobody_parked" : "counter.nobody_absent"));
    return;
  }
  auto const now = floor_().office_time;
  if (parked) SortByDeadline(*tickets);
  auto const line_of = [&](Ticket const& ticket) {
    return parked ? ParkedLine(ticket, now)
                  : TicketLine(ticket, workplace_.zone);
  };
  for (auto const& ticket : *tickets) conversation_.print(line_of(ticket));
  auto const number = questions.Word(SentenceOf("counter.ask_number"));
  if (!number) return;
  for (auto const& ticket : *tickets) {
    if (ticket.number() == *number) {
      conversation_.print(line_of(ticket));
      DealWith(ticket, questions);
      return;
    }
  }
  conversation_.say(
      SentenceOf(parked ? "counter.no_such_parked" : "counter.no_such_absent"));
}

void Clerk::DealWith(Ticket const& ticket, Questions questions) {
  auto const choices = WhatCanBeDone(ticket);
  if (choices.empty()) {
    conversation_.say(SentenceOf("counter.nothing_possible"));
    return;
  }
  auto const what =
      questions.Choose(SentenceOf("counter.ask_what_to_do"), choices);
  if (!what) return;
  if (what == "call") {
    if (MakeFree()) steps_.Call(ticket);
  } else if (what == "resume") {
    if (MakeFree()) steps_.Resume(ticket, /*wait=*/false);
  } else if (what == "wait") {
    steps_.Resume(ticket, /*wait=*/true);
  } else if (what == "back") {
    steps_.Return(ticket);
  } else if (what == "transfer") {
    Transfer(ticket, questions);
  } else if (what == "designate") {
    DesignateTicket(ticket, questions);
  } else if (what == "assist") {
    steps_.SetAssist(ticket, !ticket.assist());
  } else if (what == "edit") {
    Edit(ticket, questions);
  }
}

void Clerk::List() {
  auto const tickets =
      steps_.List({Ticket::CALLED, Ticket::SERVING, Ticket::ON_HOLD,
                   Ticket::ABSENT, Ticket::WAITING});
  if (!tickets) return;
  if (tickets->empty()) conversation_.say(SentenceOf("counter.nobody_listed"));
  for (auto const& ticket : *tickets) Print(ticket);
}

void Clerk::Help() {
  std::vector<std::string> keys;
  for (auto const command : LawfulCommands(desk())) {
    keys.push_back(KeyOf(command));
  }
  for (std::size_t i = 0; i != workplace_.outcomes.size(); ++i) {
    keys.push_back(std::to_string(i + 1) + "=" + workplace_.outcomes[i]);
  }
  for (auto const& line : terminal::Pack(keys, kHelpColumns)) {
    conversation_.print(line);
  }
}

bool Clerk::Close() {
  if (!desk().open) return true;
  bool const sure =
      IsLastAbleToCall()
          ? conversation_.confirm(SentenceOf("counter.ask_close_last"),
                                  /*unasked=*/true)
          : conversation_.confirm(
                SentenceOf("counter.ask_close", {{"c", desk().counter}}),
                /*unasked=*/true);
  if (!sure) return false;
  return steps_.Close() || !desk().open;
}

std::optional<Ticket> Clerk::Subject(Questions& questions) {
  if (desk().ticket) return desk().ticket;
  auto const number = questions.Word(SentenceOf("counter.ask_number"));
  if (!number) return std::nullopt;
  auto ticket = steps_.Find(*number);
  if (ticket) Print(*ticket);
  return ticket;
}

bool Clerk::MakeFree() {
  if (!desk().ticket) {
    if (desk().activity != Counter::PAUSED) return true;
    conversation_.say(SentenceOf("counter.paused_now"));
    return false;
  }
  if (desk().ticket->state() != Ticket::SERVING) {
    conversation_.say(SentenceOf("counter.finish_called"));
    return false;
  }
  if (!ConfirmOf("counter.ask_finish_and_call", desk().ticket->number(),
                 /*unasked=*/false)) {
    conversation_.say(SentenceOf("counter.finish_serving"));
    return false;
  }
  return steps_.Complete("", /*wrap_up=*/false);
}

bool Clerk::IsLastAbleToCall() const {
  return OthersAbleToCall(floor_(), workplace_.counter) == 0;
}

bool Clerk::ConfirmOf(std::string_view question, std::string const& number,
                      bool unasked) {
  return conversation_.confirm(SentenceOf(question, {{"n", number}}), unasked);
}

void Clerk::Print(Ticket const& ticket) {
  conversation_.print(TicketLine(ticket, workplace_.zone));
}

}  // namespace madoguchi::counter_terminal
