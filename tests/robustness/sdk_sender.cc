#include "tests/robustness/sdk_sender.h"
#include <algorithm>
#include <utility>

namespace madoguchi::robustness {
namespace {

namespace v1 = ticketing::v1;

ticketing::TicketState StateOf(v1::Ticket::State state) {
  switch (state) {
    case v1::Ticket::CALLED:
      return ticketing::TicketState::kCalled;
    case v1::Ticket::SERVING:
      return ticketing::TicketState::kServing;
    case v1::Ticket::COMPLETED:
      return ticketing::TicketState::kCompleted;
    case v1::Ticket::ABSENT:
      return ticketing::TicketState::kAbsent;
    case v1::Ticket::CANCELLED:
      return ticketing::TicketState::kCancelled;
    case v1::Ticket::ON_HOLD:
      return ticketing::TicketState::kOnHold;
    case v1::Ticket::EXPIRED:
      return ticketing::TicketState::kExpired;
    case v1::Ticket::MOVED:
      return ticketing::TicketState::kMoved;
    default:
      return ticketing::TicketState::kWaiting;
  }
}

v1::TransferTicketRequest::Position PositionOf(Position position) {
  switch (position) {
    case Position::kByArrival:
      return v1::TransferTicketRequest::BY_ARRIVAL;
    case Position::kFirst:
      return v1::TransferTicketRequest::FIRST;
    case Position::kLast:
      return v1::TransferTicketRequest::LAST;
  }
  return v1::TransferTicketRequest::POSITION_UNSPECIFIED;
}

template <typename Response>
Answer Done(Response const& response) {
  Answer answer;
  answer.verdict = Verdict::kDone;
  answer.text = response.ShortDebugString();
  if constexpr (requires { response.ticket(); }) {
    if (response.has_ticket()) answer.ticket = FactsOf(response.ticket());
  }
  return answer;
}

template <typename Response>
Answer From(absl::StatusOr<Response> const& response) {
  return response.ok() ? Done(*response) : AnswerOf(response.status());
}

Answer From(absl::StatusOr<v1::IssueTicketResponse> const& response) {
  if (!response.ok()) return AnswerOf(response.status());
  auto answer = Done(*response);
  answer.link_token = response->link_token();
  return answer;
}

Answer From(absl::StatusOr<v1::TransferTicketResponse> const& response) {
  if (!response.ok()) return AnswerOf(response.status());
  auto answer = Done(*response);
  if (response->has_arrived()) answer.arrived = FactsOf(response->arrived());
  return answer;
}

Answer From(absl::StatusOr<v1::CallNextTicketResponse> const& response) {
  if (!response.ok()) return AnswerOf(response.status());
  auto answer = Done(*response);
  answer.reason = v1::CallReason::Code_Name(response->reason().code());
  return answer;
}

Answer From(absl::StatusOr<v1::OpenCounterResponse> const& response) {
  if (!response.ok()) return AnswerOf(response.status());
  auto answer = Done(*response);
  answer.session = response->session();
  // The ticket held is answered as it is now, also to a repeat.
  answer.text = std::to_string(response->session());
  return answer;
}

// What every command on a ticket carries.
template <typename Request>
Request Step(std::string const& office, Press const& press) {
  Request request;
  request.set_ticket(office + "/tickets/" + press.ticket);
  request.set_counter(office + "/counters/" + press.counter);
  request.set_session(press.session);
  request.set_expected_version(press.version);
  request.set_request_id(press.request);
  return request;
}

template <typename Request>
Request AtCounter(std::string const& office, Press const& press) {
  Request request;
  request.set_counter(office + "/counters/" + press.counter);
  request.set_session(press.session);
  request.set_request_id(press.request);
  return request;
}

}  // namespace

Answer SdkSender::Send(Press const& press) {
  auto const client = Client();
  auto const counter = office_ + "/counters/" + press.counter;
  switch (press.command) {
    case Command::kOpenCounter: {
      v1::OpenCounterRequest request;
      request.set_counter(counter);
      request.set_staff(kStaff);
      request.set_take_over(true);
      request.set_request_id(press.request);
      return From(client->OpenCounter(std::move(request)));
    }
    case Command::kCloseCounter: {
      v1::CloseCounterRequest request;
      request.set_counter(counter);
      request.set_session(press.session);
      request.set_request_id(press.request);
      return From(client->CloseCounter(std::move(request)));
    }
    case Command::kIssue: {
      v1::IssueTicketRequest request;
      request.set_office(office_);
      request.set_service(press.service);
      request.set_request_id(press.request);
      for (auto const& service : press.next_services) {
        request.add_next_services(service);
      }
      return From(client->IssueTicket(std::move(request)));
    }
    case Command::kCallNext: {
      v1::CallNextTicketRequest request;
      request.set_counter(counter);
      request.set_session(press.session);
      request.set_request_id(press.request);
      return From(client->CallNextTicket(std::move(request)));
    }
    case Command::kRecall:
      return From(
          client->RecallTicket(Step<v1::RecallTicketRequest>(office_, press)));
    case Command::kStartServing:
      return From(
          client->StartServing(Step<v1::StartServingRequest>(office_, press)));
    case Command::kComplete: {
      auto request = Step<v1::CompleteTicketRequest>(office_, press);
      request.set_wrap_up(press.flag);
      return From(client->CompleteTicket(std::move(request)));
    }
    case Command::kMarkAbsent:
      return From(
          client->MarkAbsent(Step<v1::MarkAbsentRequest>(office_, press)));
    case Command::kReturn:
      return From(
          client->ReturnTicket(Step<v1::ReturnTicketRequest>(office_, press)));
    case Command::kCallTicket:
      return From(
          client->CallTicket(Step<v1::CallTicketRequest>(office_, press)));
    case Command::kServeVisitor: {
      auto request = AtCounter<v1::ServeVisitorRequest>(office_, press);
      request.set_service(press.service);
      return From(client->ServeVisitor(std::move(request)));
    }
    case Command::kHold: {
      auto request = Step<v1::HoldTicketRequest>(office_, press);
      request.set_reason("form");
      request.mutable_duration()->set_seconds(press.duration.count());
      request.set_to_counter(press.flag);
      return From(client->HoldTicket(std::move(request)));
    }
    case Command::kResumeServing:
    case Command::kEndHold: {
      auto request = Step<v1::ResumeTicketRequest>(office_, press);
      request.set_wait(press.command == Command::kEndHold);
      return From(client->ResumeTicket(std::move(request)));
    }
    case Command::kTransfer:
    case Command::kMove: {
      auto request = Step<v1::TransferTicketRequest>(office_, press);
      request.set_service(press.service);
      if (!press.to_counter.empty()) {
        request.set_to_counter(office_ + "/counters/" + press.to_counter);
      }
      if (!press.to_office.empty()) {
        request.set_to_office("offices/" + press.to_office);
      }
      request.set_position(PositionOf(press.position));
      return From(client->TransferTicket(std::move(request)));
    }
    case Command::kDesignate: {
      v1::DesignateTicketRequest request;
      request.set_ticket(office_ + "/tickets/" + press.ticket);
      request.set_counter(counter);
      request.set_staff(kStaff);
      request.set_expected_version(press.version);
      request.set_request_id(press.request);
      return From(client->DesignateTicket(std::move(request)));
    }
    case Command::kSetAssist: {
      auto request = Step<v1::SetAssistRequest>(office_, press);
      request.set_assist(press.flag);
      return From(client->SetAssist(std::move(request)));
    }
    case Command::kEdit: {
      auto request = Step<v1::EditTicketRequest>(office_, press);
      request.set_note("form in hand");
      if (!press.service.empty()) request.set_service(press.service);
      return From(client->EditTicket(std::move(request)));
    }
    case Command::kUndo:
      return From(client->UndoLastStep(
          AtCounter<v1::UndoLastStepRequest>(office_, press)));
    case Command::kPause: {
      auto request = AtCounter<v1::PauseCounterRequest>(office_, press);
      request.set_reason("lunch");
      return From(client->PauseCounter(std::move(request)));
    }
    case Command::kResumeCounter:
      return From(client->ResumeCounter(
          AtCounter<v1::ResumeCounterRequest>(office_, press)));
    case Command::kCancel: {
      v1::CancelTicketRequest request;
      request.set_name(office_ + "/tickets/" + press.ticket);
      request.set_link_token(press.link_token);
      request.set_request_id(press.request);
      return From(client->CancelTicket(std::move(request)));
    }
  }
  return {};
}

void SdkSender::StartAgain() {
  auto client = std::make_shared<sdk::TicketingClient>(options_);
  MutexLock const lock(mu_);
  // Presses under way keep the one before alive.
  client_.swap(client);
}

std::shared_ptr<sdk::TicketingClient> SdkSender::Client() {
  MutexLock const lock(mu_);
  return client_;
}

std::optional<std::vector<TicketFacts>> SdkSender::ListTickets() {
  auto const client = Client();
  std::vector<TicketFacts> tickets;
  v1::ListTicketsRequest request;
  request.set_office(office_);
  request.set_page_size(500);
  do {
    auto const page = client->ListTickets(request);
    if (!page.ok()) return std::nullopt;
    for (auto const& ticket : page->tickets()) {
      tickets.push_back(FactsOf(ticket));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return tickets;
}

TicketFacts FactsOf(v1::Ticket const& ticket) {
  return {LastPartOf(ticket.name()),
          ticket.number(),
          ticket.service(),
          StateOf(ticket.state()),
          LastPartOf(ticket.counter()),
          ticket.version()};
}

sdk::ClientOptions ClientOf(std::vector<std::string> targets) {
  sdk::ClientOptions options;
  options.targets = std::move(targets);
  return options;
}

std::vector<std::string> TurnedRound(std::vector<std::string> targets) {
  std::reverse(targets.begin(), targets.end());
  return targets;
}

std::string LastPartOf(std::string const& name) {
  return name.substr(name.rfind('/') + 1);
}

}  // namespace madoguchi::robustness
