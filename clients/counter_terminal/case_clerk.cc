#include "clients/counter_terminal/case_clerk.h"
#include "clients/counter_terminal/case_answers.h"
#include "clients/texts/texts.h"
#include "absl/strings/ascii.h"
#include <cstddef>
#include <utility>

namespace madoguchi::counter_terminal {

using renewal::v1::RecordStepRequest;
using renewal::v1::Renewal;
using renewal::v1::ReportUpstreamRequest;

namespace {

Choice ChoiceFor(std::string const& code, std::string const& id) {
  return {code, SentenceOf(id)};
}

std::vector<Choice> DealChoices(std::vector<std::string> const& deals) {
  std::vector<Choice> choices;
  for (auto const& deal : deals) {
    choices.push_back(
        ChoiceFor(deal, std::string("renewal.") + "deal_" + deal));
  }
  return choices;
}

std::vector<Choice> ResultChoices() {
  return {ChoiceFor("issued", "renewal.result_issued"),
          ChoiceFor("not_issued", "renewal.result_not_issued"),
          ChoiceFor("refused", "renewal.result_refused"),
          ChoiceFor("unclear", "renewal.result_unclear")};
}

RecordStepRequest::Event EventOf(std::string const& result) {
  if (result == "issued") return RecordStepRequest::ISSUED;
  if (result == "not_issued") return RecordStepRequest::NOT_ISSUED;
  if (result == "refused") return RecordStepRequest::REFUSED;
  return RecordStepRequest::UNCLEAR;
}

std::vector<Choice> RefusalChoices() {
  std::vector<Choice> choices;
  for (auto const* code :
       {"card_unreadable", "card_stopped", "register_differs", "other"}) {
    choices.push_back(ChoiceFor(code, std::string("refusal_code.") + code));
  }
  return choices;
}

std::vector<Choice> AbandonChoices() {
  std::vector<Choice> choices;
  for (auto const* code : {"begun_by_mistake", "visitor_left", "other"}) {
    choices.push_back(ChoiceFor(code, std::string("abandon_code.") + code));
  }
  return choices;
}

// Which PIN was wrong, and the how-manyeth time: `digits-2`, `signing-4`.
std::vector<Choice> WrongPinChoices() {
  std::vector<Choice> choices;
  for (int tries = 1; tries <= 3; ++tries) {
    auto const k = std::to_string(tries);
    choices.push_back(
        {"digits-" + k, SentenceOf("renewal.wrong_four_digits", {{"k", k}})});
  }
  for (int tries = 1; tries <= 5; ++tries) {
    auto const k = std::to_string(tries);
    choices.push_back(
        {"signing-" + k, SentenceOf("renewal.wrong_signing", {{"k", k}})});
  }
  return choices;
}

std::vector<Choice> UpstreamChoices() {
  return {ChoiceFor("down", "upstream.press_down"),
          ChoiceFor("slow", "upstream.press_slow"),
          ChoiceFor("works", "upstream.press_works")};
}

ReportUpstreamRequest::Press PressOf(std::string const& code) {
  if (code == "down") return ReportUpstreamRequest::DOWN;
  if (code == "slow") return ReportUpstreamRequest::SLOW;
  return ReportUpstreamRequest::WORKS_AGAIN;
}

RecordStepRequest RequestFor(renewal::v1::Step step,
                             RecordStepRequest::Event event) {
  RecordStepRequest request;
  request.set_step(step);
  request.set_event(event);
  return request;
}

void TurnAll(std::string const& typed, CaseDraft& draft) {
  for (char const digit : typed) {
    if (digit >= '1' && digit <= '9') {
      draft.Turn(static_cast<std::size_t>(digit - '1'));
    }
  }
}

}  // namespace

void CaseClerk::GoOn(Desk const& desk, std::string const& given) {
  auto const move = NextMove(steps_.board(), desk);
  if (move == Move::kNone) {
    return conversation_.say(SentenceOf(steps_.board().news.is_there
                                            ? "renewal.nothing_next"
                                            : "renewal.not_there"));
  }
  if (move == Move::kStart) return Start(desk, 1, given);
  auto const* const subject = move == Move::kResume
                                  ? ParkedCase(steps_.board())
                                  : CurrentCase(steps_.board());
  // A copy: what is answered takes its place on the board.
  Renewal const renewal = *subject;
  Questions questions(conversation_, given);
  switch (move) {
    case Move::kNone:
    case Move::kStart:
      return;
    case Move::kStep:
      steps_.Record(renewal,
                    RequestFor(renewal.next_step(), RecordStepRequest::DONE));
      return;
    case Move::kRequest:
      steps_.Request(renewal);
      return;
    case Move::kResult:
      return TakeResult(renewal, questions);
    case Move::kWait:
      // Whether the answer has come is seen at once.
      steps_.LookAtTicket();
      return conversation_.say(SentenceOf("renewal.next_wait"));
    case Move::kResume:
      steps_.Resume(renewal);
      return;
    case Move::kFinish:
      return Finish(renewal, /*completes=*/false);
    case Move::kFinishAll:
      return Finish(renewal, /*completes=*/true);
  }
}

void CaseClerk::Offer(Desk const& desk, Questions& questions) {
  if (!steps_.board().news.is_there) {
    return conversation_.say(SentenceOf("renewal.not_there"));
  }
  auto const deal = questions.Choose(SentenceOf("renewal.form_deal"),
                                     DealChoices(DealsOf(steps_.board())));
  if (!deal) return;
  if (deal == "another") {
    if (auto const person = NextPerson(steps_.board())) {
      Start(desk, *person, questions.Text(SentenceOf("renewal.more_answers")));
    }
    return;
  }
  auto const* const current = CurrentCase(steps_.board());
  if (current == nullptr) return;
  Renewal const renewal = *current;
  if (deal == "wrong_pin") return NoteWrongPin(renewal, questions);
  if (deal == "reset") return ChooseReset(renewal);
  if (deal == "park_visitor") return Park(renewal, Renewal::Parking::VISITOR);
  if (deal == "park_upstream") {
    return Park(renewal, Renewal::Parking::UPSTREAM);
  }
  if (deal == "park_custody") return Park(renewal, Renewal::Parking::CUSTODY);
  auto const reason =
      questions.Choose(SentenceOf("renewal.form_abandon"), AbandonChoices());
  if (!reason) return;
  steps_.Abandon(renewal, *reason);
  PutCardAway();
}

void CaseClerk::ResumeOne(Questions& questions,
                          std::function<bool()> const& make_free) {
  steps_.LookAround();
  auto const parked = steps_.board().news.parked;
  if (parked.empty()) {
    return conversation_.say(SentenceOf(steps_.board().news.is_there
                                            ? "renewal.nobody_parked"
                                            : "renewal.not_there"));
  }
  std::vector<Choice> choices;
  for (auto const& renewal : parked) {
    choices.push_back(ChoiceFor(
        ReceiptOf(renewal), "park_reason." + Renewal::Parking::Reason_Name(
                                                 renewal.parking().reason())));
  }
  auto const wanted =
      questions.Choose(SentenceOf("command.cases_parked"), choices);
  if (!wanted) return;
  for (auto const& renewal : parked) {
    if (ReceiptOf(renewal) != *wanted) continue;
    // Its visitor may be here already: called with a number, as any other.
    if (renewal.ticket() != steps_.board().ticket && !make_free()) return;
    bool const in_custody =
        renewal.parking().reason() == Renewal::Parking::CUSTODY;
    if (steps_.Resume(renewal) && in_custody) {
      steps_.Follow(renewal.ticket(), /*of_custody=*/true);
    }
    return;
  }
}

void CaseClerk::Report(Questions& questions) {
  auto const press =
      questions.Choose(SentenceOf("command.upstream"), UpstreamChoices());
  if (press && steps_.Report(PressOf(*press))) {
    conversation_.say(SentenceOf("upstream.reported"));
  }
}

void CaseClerk::Start(Desk const& desk, int person, std::string const& given) {
  if (!desk.ticket) return;
  CaseDraft draft(desk.ticket->service());
  auto typed = given;
  while (typed.empty()) {
    conversation_.say(SentenceOf("renewal.ask_answers"));
    auto const rows = draft.Rows();
    for (std::size_t i = 0; i != rows.size(); ++i) {
      auto const id = "window." + rows[i];
      conversation_.print("  " + std::to_string(i + 1) + "  " +
                          texts::InBoth(id) + ": " +
                          texts::InBoth(id + "." + draft.ChoiceOf(rows[i])));
    }
    auto const line = conversation_.ask();
    if (!line || *line == "-") return;
    if (absl::StripAsciiWhitespace(*line).empty()) break;
    TurnAll(*line, draft);
  }
  // Typed behind the key it is the whole answer: a pipe has nobody to ask.
  TurnAll(typed, draft);
  steps_.Start(person, draft.ToProto());
}

void CaseClerk::TakeResult(Renewal const& renewal, Questions& questions) {
  auto const result =
      questions.Choose(SentenceOf("renewal.form_result"), ResultChoices());
  if (!result) return;
  auto request = RequestFor(renewal::v1::ISSUE, EventOf(*result));
  request.set_attempt(renewal.issuance().attempt());
  if (result == "refused") {
    auto const code =
        questions.Choose(SentenceOf("renewal.form_refusal"), RefusalChoices());
    if (!code) return;
    request.set_refusal(*code);
  }
  steps_.Record(renewal, std::move(request));
}

void CaseClerk::NoteWrongPin(Renewal const& renewal, Questions& questions) {
  auto request =
      RequestFor(renewal::v1::ENTER_PIN, RecordStepRequest::WRONG_PIN);
  if (!IsPinOfForm(renewal)) {
    auto const wrong = questions.Choose(SentenceOf("renewal.form_wrong_pin"),
                                        WrongPinChoices());
    if (!wrong) return;
    request.set_pin_kind(wrong->starts_with("signing")
                             ? RecordStepRequest::SIGNING
                             : RecordStepRequest::FOUR_DIGITS);
    request.set_wrong_tries(wrong->back() - '0');
  }
  auto const answer = steps_.Record(renewal, std::move(request));
  if (!answer) return;
  Tell(answer->texts());
  if (answer->offer_reset() &&
      conversation_.confirm(SentenceOf("renewal.ask_reset"),
                            /*unasked=*/false)) {
    ChooseReset(answer->renewal());
  }
}

void CaseClerk::ChooseReset(Renewal const& renewal) {
  steps_.Record(renewal, RequestFor(renewal::v1::ENTER_PIN,
                                    RecordStepRequest::RESET_CHOSEN));
}

void CaseClerk::Finish(Renewal const& renewal, bool completes) {
  if (auto const finished = steps_.Finish(renewal, completes)) {
    conversation_.say(
        SentenceOf("result." + Renewal::Result_Name(finished->result())));
    Tell(finished->texts());
  }
  PutCardAway();
}

void CaseClerk::Park(Renewal const& renewal, Renewal::Parking::Reason reason) {
  auto const parked = steps_.Park(renewal, reason);
  if (!parked) return;
  bool const in_custody = reason == Renewal::Parking::CUSTODY;
  Tell(parked->texts(), in_custody ? ReceiptOf(*parked) : "");
  PutCardAway();
}

void CaseClerk::PutCardAway() {
  auto const& board = steps_.board();
  if (board.of_custody && CurrentCase(board) == nullptr) steps_.Follow("");
}

void CaseClerk::Tell(google::protobuf::RepeatedPtrField<std::string> const& ids,
                     std::string const& receipt) {
  if (ids.empty()) return;
  conversation_.say(SentenceOf("renewal.tell"));
  if (!receipt.empty()) {
    conversation_.print("  " + texts::InBoth("renewal.receipt") + ": " +
                        receipt);
  }
  for (auto const& id : ids) {
    auto const words = SentenceOf(id);
    conversation_.print("  " + words.ja);
    conversation_.print("    " + words.en);
  }
}

}  // namespace madoguchi::counter_terminal
