#include "tests/robustness/sdk_sender.h"
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
    default:
      return ticketing::TicketState::kWaiting;
  }
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
    case Command::kComplete:
      return From(client->CompleteTicket(
          Step<v1::CompleteTicketRequest>(office_, press)));
    case Command::kMarkAbsent:
      return From(
          client->MarkAbsent(Step<v1::MarkAbsentRequest>(office_, press)));
    case Command::kReturn:
      return From(
          client->ReturnTicket(Step<v1::ReturnTicketRequest>(office_, press)));
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

std::string LastPartOf(std::string const& name) {
  return name.substr(name.rfind('/') + 1);
}

}  // namespace madoguchi::robustness
