#include "clients/counter_terminal/clerk.h"
#include "clients/counter_terminal/screen.h"
#include "clients/terminal/program.h"
#include "services/base/error.h"
#include "absl/strings/strip.h"
#include <cstddef>

namespace madoguchi::counter_terminal {

using terminal::Fill;

Clerk::Clerk(CounterCalls& calls, std::string office, std::string counter,
             std::string staff, absl::TimeZone zone, Conversation conversation)
    : calls_(calls),
      office_(std::move(office)),
      zone_(zone),
      conversation_(std::move(conversation)) {
  desk_.counter = std::move(counter);
  desk_.staff = std::move(staff);
}

void Clerk::Open() { TakeOver(/*take_over=*/false); }

void Clerk::TakeOver(bool take_over) {
  ticketing::v1::OpenCounterRequest request;
  request.set_counter(CounterName());
  request.set_staff(desk_.staff);
  request.set_take_over(take_over);
  auto const opened = Send(&CounterCalls::OpenCounter, request);
  if (opened.ok()) {
    desk_.open = true;
    desk_.taken_over = false;
    desk_.session = opened->session();
    desk_.ticket.reset();
    if (opened->has_ticket()) desk_.ticket = opened->ticket();
    SayOfCounter(texts::kOpened);
    if (desk_.ticket) SayOf(*desk_.ticket, texts::kHeldAtOpening);
    return;
  }
  if (!take_over &&
      GetErrorInfo(opened.status()).reason == "COUNTER_ALREADY_OPEN") {
    SayOfCounter(texts::kAskTakeOver);
    if (conversation_.ask() == "y") TakeOver(/*take_over=*/true);
    return;
  }
  Refuse(opened.status());
}

bool Clerk::Do(Press const& press) {
  if (auto const refusal = Refusal(desk_, press.command)) {
    conversation_.say(*refusal);
    return true;
  }
  switch (press.command) {
    case Command::kCallNext:
      CallNext();
      break;
    case Command::kRecall:
      if (auto after = SendFor(*desk_.ticket, texts::kRecalled,
                               &CounterCalls::RecallTicket)) {
        desk_.ticket = std::move(after);
      }
      break;
    case Command::kStart:
      if (auto after = SendFor(*desk_.ticket, texts::kStarted,
                               &CounterCalls::StartServing)) {
        desk_.ticket = std::move(after);
      }
      break;
    case Command::kAbsent:
      if (SendFor(*desk_.ticket, texts::kAbsent, &CounterCalls::MarkAbsent)) {
        desk_.ticket.reset();
      }
      break;
    case Command::kComplete:
      Complete(press.argument);
      break;
    case Command::kCompleteAs: {
      auto outcome = press.argument;
      if (outcome.empty()) {
        conversation_.say(texts::kAskOutcome);
        outcome = conversation_.ask().value_or("");
      }
      Complete(outcome);
      break;
    }
    case Command::kReturn:
      Return(press.argument);
      break;
    case Command::kList:
      List();
      break;
    case Command::kTakeOver:
      TakeOver(/*take_over=*/true);
      break;
    case Command::kQuit:
      return !Close();
  }
  return true;
}

void Clerk::CallNext() {
  ticketing::v1::CallNextTicketRequest request;
  request.set_counter(CounterName());
  request.set_session(desk_.session);
  auto const called = Send(&CounterCalls::CallNextTicket, request);
  if (!called.ok()) {
    Refuse(called.status());
    return;
  }
  if (called->has_ticket()) {
    desk_.ticket = called->ticket();
    SayOf(called->ticket(), texts::kCalled);
  }
  auto const& reason = called->reason().text();
  if (!reason.ja().empty()) conversation_.say({reason.ja(), reason.en()});
}

void Clerk::Complete(std::string outcome) {
  ticketing::v1::CompleteTicketRequest request;
  request.set_outcome(std::string(absl::StripAsciiWhitespace(outcome)));
  if (SendFor(*desk_.ticket, texts::kCompleted, &CounterCalls::CompleteTicket,
              request)) {
    desk_.ticket.reset();
  }
}

void Clerk::Return(std::string number) {
  auto const absent = Find({Ticket::ABSENT});
  if (!absent) return;
  if (absent->empty()) {
    conversation_.say(texts::kNobodyAbsent);
    return;
  }
  if (number.empty()) {
    for (auto const& ticket : *absent) PrintTicket(ticket);
    conversation_.say(texts::kAskReturn);
    number = std::string(
        absl::StripAsciiWhitespace(conversation_.ask().value_or("")));
    if (number.empty()) return;
  }
  for (auto const& ticket : *absent) {
    if (ticket.number() == number) {
      SendFor(ticket, texts::kReturned, &CounterCalls::ReturnTicket);
      return;
    }
  }
  conversation_.say(texts::kNoSuchAbsent);
}

void Clerk::List() {
  auto const tickets =
      Find({Ticket::CALLED, Ticket::SERVING, Ticket::ABSENT, Ticket::WAITING});
  if (!tickets) return;
  if (tickets->empty()) conversation_.say(texts::kNobodyListed);
  for (auto const& ticket : *tickets) PrintTicket(ticket);
}

bool Clerk::Close() {
  if (!desk_.open) return true;
  ticketing::v1::CloseCounterRequest request;
  request.set_counter(CounterName());
  request.set_session(desk_.session);
  auto const closed = Send(&CounterCalls::CloseCounter, request);
  if (closed.ok()) {
    desk_.open = false;
    SayOfCounter(texts::kClosed);
    return true;
  }
  Refuse(closed.status());
  return !desk_.open;
}

void Clerk::Refuse(absl::Status const& status) {
  conversation_.say(SentenceOf(status));
  auto const reason = GetErrorInfo(status).reason;
  if (reason == "COUNTER_TAKEN_OVER" || reason == "COUNTER_CLOSED") {
    desk_.taken_over = reason == "COUNTER_TAKEN_OVER";
    desk_.open = false;
    desk_.ticket.reset();
    return;
  }
  if (reason == "TICKET_CHANGED" || reason == "TICKET_NOT_CALLED" ||
      reason == "TICKET_NOT_SERVING" || reason == "TICKET_AT_OTHER_COUNTER" ||
      reason == "TICKET_NOT_FOUND" || reason == "COUNTER_BUSY") {
    LookAgain();
  }
}

void Clerk::LookAgain() {
  auto const held = Find({Ticket::CALLED, Ticket::SERVING});
  // Better what was believed than nothing: the next refusal looks again.
  if (!held) return;
  desk_.ticket.reset();
  for (auto const& ticket : *held) {
    if (ticket.counter() == CounterName()) desk_.ticket = ticket;
  }
  conversation_.say(texts::kLookedAgain);
}

std::optional<std::vector<ticketing::v1::Ticket>> Clerk::Find(
    std::vector<Ticket::State> states) {
  ticketing::v1::ListTicketsRequest request;
  request.set_office(office_);
  for (auto const state : states) request.add_states(state);
  std::vector<Ticket> tickets;
  while (true) {
    auto const page = calls_.ListTickets(request);
    if (!page.ok()) {
      conversation_.say(SentenceOf(page.status()));
      return std::nullopt;
    }
    tickets.insert(tickets.end(), page->tickets().begin(),
                   page->tickets().end());
    if (page->next_page_token().empty()) return tickets;
    request.set_page_token(page->next_page_token());
  }
}

void Clerk::PrintTicket(Ticket const& ticket) {
  conversation_.print(TicketLine(ticket, zone_));
}

void Clerk::SayOf(Ticket const& ticket, Sentence const& sentence) {
  conversation_.say({Fill(sentence.ja, {{"n", ticket.number()}}),
                     Fill(sentence.en, {{"n", ticket.number()}})});
}

void Clerk::SayOfCounter(Sentence const& sentence) {
  conversation_.say({Fill(sentence.ja, {{"c", desk_.counter}}),
                     Fill(sentence.en, {{"c", desk_.counter}})});
}

std::string Clerk::CounterName() const {
  return office_ + "/counters/" + desk_.counter;
}

}  // namespace madoguchi::counter_terminal
