#include "clients/counter_terminal/steps.h"
#include "clients/counter_terminal/words.h"
#include "services/base/error.h"
#include <array>
#include <string_view>

namespace madoguchi::counter_terminal {

using ticketing::v1::Counter;
using ticketing::v1::Ticket;

namespace {

// What only a terminal is told that was wrong about its counter or ticket.
constexpr std::array<std::string_view, 9> kLookAgainAt = {
    "TICKET_CHANGED",          "TICKET_NOT_CALLED", "TICKET_NOT_SERVING",
    "TICKET_AT_OTHER_COUNTER", "TICKET_NOT_FOUND",  "COUNTER_BUSY",
    "COUNTER_PAUSED",          "COUNTER_READY",     "TICKET_ENDED"};

}  // namespace

Steps::Steps(CounterCalls& calls, Conversation const& conversation,
             std::string office, std::string counter, std::string staff)
    : calls_(calls), conversation_(conversation), office_(std::move(office)) {
  desk_.counter = std::move(counter);
  desk_.staff = std::move(staff);
}

void Steps::Open(bool take_over) {
  ticketing::v1::OpenCounterRequest request;
  request.set_counter(CounterName());
  request.set_staff(desk_.staff);
  request.set_take_over(take_over);
  auto const opened = Send(&CounterCalls::OpenCounter, request);
  if (opened.ok()) {
    desk_.open = true;
    desk_.taken_over = false;
    desk_.session = opened->session();
    desk_.undo.reset();
    LetGo();
    SayOfCounter("counter.opened");
    if (opened->has_ticket()) {
      Have(opened->ticket());
      SayOf(opened->ticket(), "counter.held_at_opening");
    }
    return;
  }
  if (!take_over &&
      GetErrorInfo(opened.status()).reason == "COUNTER_ALREADY_OPEN") {
    SayOfCounter("counter.ask_take_over");
    if (conversation_.ask() == "y") Open(/*take_over=*/true);
    return;
  }
  Refuse(opened.status());
}

bool Steps::Close() {
  if (!SendForCounter(&CounterCalls::CloseCounter)) return false;
  desk_.open = false;
  SayOfCounter("counter.closed");
  return true;
}

bool Steps::Pause(std::string const& reason) {
  ticketing::v1::PauseCounterRequest request;
  request.set_reason(reason);
  if (!SendForCounter(&CounterCalls::PauseCounter, request)) return false;
  desk_.activity = Counter::PAUSED;
  desk_.activity_reason = reason;
  // Until the next look tells: the answer has no time.
  desk_.activity_start_time.Clear();
  SayOfCounter("counter.paused");
  return true;
}

bool Steps::GoOn() {
  if (!SendForCounter(&CounterCalls::ResumeCounter)) return false;
  LetGo();
  SayOfCounter("counter.works_again");
  return true;
}

void Steps::CallNext() {
  auto const called = SendForCounter(&CounterCalls::CallNextTicket);
  if (!called) return;
  // A press that calls nobody ends paperwork as well.
  LetGo();
  if (called->has_ticket()) {
    Have(called->ticket());
    SayOf(called->ticket(), "counter.called");
  }
  auto const& reason = called->reason().text();
  if (!reason.ja().empty()) conversation_.say({reason.ja(), reason.en()});
}

bool Steps::Call(Ticket const& ticket) {
  auto const called = SendFor(ticket, &CounterCalls::CallTicket);
  if (!called) return false;
  Have(called->ticket());
  SayOf(called->ticket(),
        called->ticket().pickup() ? "counter.called_pickup" : "counter.called");
  return true;
}

bool Steps::ServeVisitor(std::string const& service,
                         std::string const& language) {
  ticketing::v1::ServeVisitorRequest request;
  request.set_service(service);
  request.set_language(language);
  auto const served = SendForCounter(&CounterCalls::ServeVisitor, request);
  if (!served) return false;
  Have(served->ticket());
  SayOf(served->ticket(), "counter.served_visitor");
  return true;
}

bool Steps::Recall() {
  auto const after = SendFor(*desk_.ticket, &CounterCalls::RecallTicket);
  if (!after) return false;
  Have(after->ticket());
  SayOf(after->ticket(), "counter.recalled");
  return true;
}

bool Steps::Start() {
  auto const after = SendFor(*desk_.ticket, &CounterCalls::StartServing);
  if (!after) return false;
  Have(after->ticket());
  SayOf(after->ticket(), "counter.started");
  return true;
}

bool Steps::MarkAbsent() {
  auto const after = SendFor(*desk_.ticket, &CounterCalls::MarkAbsent);
  if (!after) return false;
  LetGo();
  OfferUndo(Command::kAbsent, after->ticket());
  SayOf(after->ticket(), "counter.absent");
  return true;
}

bool Steps::Complete(std::string const& outcome, bool wrap_up) {
  ticketing::v1::CompleteTicketRequest request;
  request.set_outcome(outcome);
  request.set_wrap_up(wrap_up);
  auto const after =
      SendFor(*desk_.ticket, &CounterCalls::CompleteTicket, request);
  if (!after) return false;
  LetGo();
  if (wrap_up) {
    desk_.activity = Counter::WRAP_UP;
    desk_.activity_start_time = after->ticket().end_time();
  }
  OfferUndo(Command::kComplete, after->ticket());
  SayOf(after->ticket(), "counter.completed");
  if (after->ticket().state() == Ticket::WAITING) {
    SayOf(after->ticket(), "counter.next_service");
  }
  return true;
}

bool Steps::Hold(ticketing::v1::HoldTicketRequest request) {
  auto const after =
      SendFor(*desk_.ticket, &CounterCalls::HoldTicket, std::move(request));
  if (!after) return false;
  LetGo();
  SayOf(after->ticket(), "counter.held");
  return true;
}

bool Steps::Undo() {
  auto const undone = SendForCounter(&CounterCalls::UndoLastStep);
  if (!undone) return false;
  auto const& ticket = undone->ticket();
  bool const here =
      ticket.counter() == CounterName() &&
      (ticket.state() == Ticket::CALLED || ticket.state() == Ticket::SERVING);
  LetGo();
  if (here) Have(ticket);
  SayOf(ticket, "counter.undone");
  return true;
}

bool Steps::Resume(Ticket const& ticket, bool wait) {
  ticketing::v1::ResumeTicketRequest request;
  request.set_wait(wait);
  auto const after = SendFor(ticket, &CounterCalls::ResumeTicket, request);
  if (!after) return false;
  if (!wait) Have(after->ticket());
  SayOf(after->ticket(), wait ? "counter.returned" : "counter.resumed");
  return true;
}

bool Steps::Return(Ticket const& ticket) {
  auto const after = SendFor(ticket, &CounterCalls::ReturnTicket);
  if (!after) return false;
  SayOf(after->ticket(), "counter.returned");
  return true;
}

bool Steps::Transfer(Ticket const& ticket,
                     ticketing::v1::TransferTicketRequest request) {
  bool const was_here = IsHere(ticket);
  auto const after =
      SendFor(ticket, &CounterCalls::TransferTicket, std::move(request));
  if (!after) return false;
  if (was_here) LetGo();
  OfferUndo(Command::kTransfer, after->ticket());
  SayOf(after->ticket(), "counter.transferred");
  if (after->has_arrived()) {
    conversation_.say(SentenceOf(
        "counter.moved",
        {{"n", after->ticket().number()}, {"m", after->arrived().number()}}));
  }
  return true;
}

bool Steps::Designate(Ticket const& ticket, std::string const& counter) {
  ticketing::v1::DesignateTicketRequest request;
  request.set_ticket(ticket.name());
  request.set_counter(office_ + "/counters/" + counter);
  request.set_staff(desk_.staff);
  request.set_expected_version(ticket.version());
  // Not a step of this counter: what was done here can still be taken back.
  auto const after = Send(&CounterCalls::DesignateTicket, request);
  if (!after.ok()) {
    Refuse(after.status());
    return false;
  }
  conversation_.say(SentenceOf(
      "counter.designated", {{"n", after->ticket().number()}, {"c", counter}}));
  return true;
}

bool Steps::SetAssist(Ticket const& ticket, bool assist) {
  ticketing::v1::SetAssistRequest request;
  request.set_assist(assist);
  auto const after = SendFor(ticket, &CounterCalls::SetAssist, request);
  if (!after) return false;
  Renew(after->ticket());
  SayOf(after->ticket(),
        assist ? "counter.assist_set" : "counter.assist_cleared");
  return true;
}

bool Steps::Edit(Ticket const& ticket,
                 ticketing::v1::EditTicketRequest request) {
  auto const after =
      SendFor(ticket, &CounterCalls::EditTicket, std::move(request));
  if (!after) return false;
  Renew(after->ticket());
  SayOf(after->ticket(), "counter.edited");
  return true;
}

std::optional<Ticket> Steps::Find(std::string const& number) {
  ticketing::v1::FindTicketRequest request;
  request.set_office(office_);
  request.set_number(number);
  auto const found = calls_.FindTicket(request);
  if (!found.ok()) {
    conversation_.say(SentenceOf(found.status()));
    return std::nullopt;
  }
  return found->ticket();
}

std::optional<std::vector<Ticket>> Steps::List(
    std::vector<Ticket::State> const& states) {
  auto tickets = ListAllTickets(calls_, office_, states);
  if (!tickets.ok()) {
    conversation_.say(SentenceOf(tickets.status()));
    return std::nullopt;
  }
  return *std::move(tickets);
}

void Steps::Notice(Floor const& floor) {
  if (desk_.undo && conversation_.now() >= desk_.undo->until) {
    desk_.undo.reset();
  }
  if (!floor.lists || floor.lists->asked_at <= settled_at_) return;
  for (auto const& counter : floor.lists->counters) {
    if (counter.name() != CounterName()) continue;
    bool const was_open = desk_.open;
    desk_ = Adopt(std::move(desk_), counter);
    if (was_open && !desk_.open) {
      conversation_.say(SentenceOf(desk_.taken_over ? "counter.taken_over"
                                                    : "counter.not_open"));
    }
  }
}

void Steps::Have(Ticket ticket) {
  desk_.ticket = std::move(ticket);
  desk_.activity = Counter::ACTIVITY_UNSPECIFIED;
}

void Steps::LetGo() {
  desk_.ticket.reset();
  desk_.activity = Counter::READY;
  desk_.activity_reason.clear();
  desk_.activity_start_time.Clear();
}

void Steps::Renew(Ticket const& ticket) {
  if (IsHere(ticket)) desk_.ticket = ticket;
}

bool Steps::IsHere(Ticket const& ticket) const {
  return desk_.ticket && desk_.ticket->name() == ticket.name();
}

void Steps::OfferUndo(Command step, Ticket const& ticket) {
  desk_.undo = {step, ticket.number(),
                conversation_.now() + Desk::kUndoOffered};
}

void Steps::Refuse(absl::Status const& status) {
  conversation_.say(SentenceOf(status));
  auto const reason = GetErrorInfo(status).reason;
  if (reason == "COUNTER_TAKEN_OVER" || reason == "COUNTER_CLOSED") {
    desk_.taken_over = reason == "COUNTER_TAKEN_OVER";
    desk_.open = false;
    desk_.ticket.reset();
    desk_.undo.reset();
    return;
  }
  if (reason == "NOTHING_TO_UNDO") desk_.undo.reset();
  for (auto const& known : kLookAgainAt) {
    if (reason == known) LookAgain();
  }
}

bool Steps::Look() {
  ticketing::v1::ListCountersRequest request;
  request.set_office(office_);
  auto const counters = calls_.ListCounters(request);
  // Better what was believed than nothing: the next refusal looks again.
  if (!counters.ok()) return false;
  for (auto const& counter : counters->counters()) {
    if (counter.name() == CounterName()) {
      desk_ = Adopt(std::move(desk_), counter);
    }
  }
  settled_at_ = conversation_.now();
  return true;
}

void Steps::LookAgain() {
  if (Look()) conversation_.say(SentenceOf("counter.looked_again"));
}

void Steps::SayOf(Ticket const& ticket, std::string_view id) {
  conversation_.say(SentenceOf(id, {{"n", ticket.number()}}));
}

void Steps::SayOfCounter(std::string_view id) {
  conversation_.say(SentenceOf(id, {{"c", desk_.counter}}));
}

std::string Steps::CounterName() const {
  return office_ + "/counters/" + desk_.counter;
}

}  // namespace madoguchi::counter_terminal
