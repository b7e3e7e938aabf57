#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FAKE_CALLS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FAKE_CALLS_H

#include "clients/counter_terminal/conversation.h"
#include "clients/counter_terminal/counter_calls.h"
#include "services/base/error.h"
#include "absl/status/status.h"
#include <google/protobuf/message.h>
#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace madoguchi::counter_terminal {

/// The text `id`, as what was said is kept.
inline std::string English(std::string_view id) { return SentenceOf(id).en; }

/// A refusal as the server makes it.
inline absl::Status Refused(std::string const& reason) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, {reason, {}});
}

/// Answers with one ticket, in the state that each method leaves it in, after
/// the failures it is told to make first.
class FakeCalls : public CounterCalls {
 public:
  using Ticket = ticketing::v1::Ticket;

  /// Made by the next mutations, in order; OK for none.
  std::deque<absl::Status> failures;
  /// The mutations sent, and the request id of each.
  std::vector<std::string> sent;
  std::vector<std::string> ids;
  Ticket ticket;
  std::vector<Ticket> listed;
  std::vector<ticketing::v1::Counter> counters;
  bool nobody_waits = false;
  bool held_at_opening = false;
  bool pickup = false;
  /// What Complete leaves the ticket in.
  Ticket::State completed = Ticket::COMPLETED;
  /// What Undo brings back.
  Ticket::State undone = Ticket::CALLED;
  std::string arrived;

  /// The last request of its kind.
  template <typename Request>
  Request Last() const {
    Request request;
    auto const found = last_.find(Request::descriptor()->name());
    if (found != last_.end()) request.CopyFrom(*found->second);
    return request;
  }

#define MADOGUCHI_FAKE(Method)                                  \
  absl::StatusOr<ticketing::v1::Method##Response> Method(       \
      ticketing::v1::Method##Request const& request) override { \
    ticketing::v1::Method##Response response;                   \
    auto const status = Note(#Method, request);                 \
    if (!status.ok()) return status;                            \
    Answer(request, response);                                  \
    return response;                                            \
  }
  MADOGUCHI_COUNTER_METHODS(MADOGUCHI_FAKE)
#undef MADOGUCHI_FAKE

 private:
  template <typename Request>
  absl::Status Note(std::string const& method, Request const& request) {
    auto copy = std::make_unique<Request>(request);
    last_[Request::descriptor()->name()] = std::move(copy);
    if constexpr (requires { request.request_id(); }) {
      sent.push_back(method);
      ids.push_back(request.request_id());
      if (!failures.empty()) {
        auto failure = failures.front();
        failures.pop_front();
        return failure;
      }
    }
    return absl::OkStatus();
  }

  /// What happens to a ticket that has no answer of its own below: it is left
  /// as it is.
  template <typename Request, typename Response>
  void Answer(Request const& request, Response& response) {
    if constexpr (requires { response.mutable_ticket(); }) {
      ticket.set_version(ticket.version() + 1);
      ticket.set_state(StateAfter(request));
      *response.mutable_ticket() = ticket;
    }
  }
  void Answer(ticketing::v1::OpenCounterRequest const&,
              ticketing::v1::OpenCounterResponse& response) {
    response.set_session(7);
    if (held_at_opening) *response.mutable_ticket() = ticket;
  }
  void Answer(ticketing::v1::CallNextTicketRequest const&,
              ticketing::v1::CallNextTicketResponse& response) {
    ticket.set_state(Ticket::CALLED);
    if (!nobody_waits) *response.mutable_ticket() = ticket;
    response.mutable_reason()->mutable_text()->set_ja("理由");
    response.mutable_reason()->mutable_text()->set_en("The reason.");
  }
  void Answer(ticketing::v1::CallTicketRequest const&,
              ticketing::v1::CallTicketResponse& response) {
    ticket.set_state(Ticket::CALLED);
    *response.mutable_ticket() = ticket;
    response.mutable_ticket()->set_pickup(pickup);
  }
  void Answer(ticketing::v1::TransferTicketRequest const&,
              ticketing::v1::TransferTicketResponse& response) {
    ticket.set_state(Ticket::WAITING);
    *response.mutable_ticket() = ticket;
    if (!arrived.empty()) response.mutable_arrived()->set_number(arrived);
  }
  void Answer(ticketing::v1::SetAssistRequest const& request,
              ticketing::v1::SetAssistResponse& response) {
    ticket.set_assist(request.assist());
    *response.mutable_ticket() = ticket;
  }
  void Answer(ticketing::v1::FindTicketRequest const&,
              ticketing::v1::FindTicketResponse& response) {
    *response.mutable_ticket() = ticket;
  }
  void Answer(ticketing::v1::ListCountersRequest const&,
              ticketing::v1::ListCountersResponse& response) {
    response.mutable_counters()->Assign(counters.begin(), counters.end());
  }
  void Answer(ticketing::v1::ListTicketsRequest const& request,
              ticketing::v1::ListTicketsResponse& response) {
    // A page holds one ticket, so that whoever reads only the first is caught.
    std::size_t const page =
        request.page_token().empty() ? 0 : std::stoul(request.page_token());
    if (page < listed.size()) {
      auto const& states = request.states();
      if (std::count(states.begin(), states.end(), listed[page].state()) != 0) {
        *response.add_tickets() = listed[page];
      }
    }
    if (page + 1 < listed.size()) {
      response.set_next_page_token(std::to_string(page + 1));
    }
  }

  template <typename Request>
  Ticket::State StateAfter(Request const&) const {
    return ticket.state();
  }
  Ticket::State StateAfter(ticketing::v1::StartServingRequest const&) const {
    return Ticket::SERVING;
  }
  Ticket::State StateAfter(ticketing::v1::ServeVisitorRequest const&) const {
    return Ticket::SERVING;
  }
  Ticket::State StateAfter(ticketing::v1::CompleteTicketRequest const&) const {
    return completed;
  }
  Ticket::State StateAfter(ticketing::v1::MarkAbsentRequest const&) const {
    return Ticket::ABSENT;
  }
  Ticket::State StateAfter(ticketing::v1::ReturnTicketRequest const&) const {
    return Ticket::WAITING;
  }
  Ticket::State StateAfter(ticketing::v1::HoldTicketRequest const&) const {
    return Ticket::ON_HOLD;
  }
  Ticket::State StateAfter(
      ticketing::v1::ResumeTicketRequest const& request) const {
    return request.wait() ? Ticket::WAITING : Ticket::SERVING;
  }
  Ticket::State StateAfter(ticketing::v1::UndoLastStepRequest const&) const {
    return undone;
  }

  std::map<std::string, std::unique_ptr<google::protobuf::Message>> last_;
};

/// A clerk who types `answers` and says yes or no to what is confirmed.
struct FakePerson {
  std::vector<std::string> said;
  std::vector<std::string> printed;
  std::deque<std::string> answers;
  /// What was asked with yes or no, in English.
  std::vector<std::string> confirmed;
  bool agrees = true;
  /// A pipe rather than a person.
  bool absent = false;
  MachineTime now{std::chrono::hours(1)};

  Conversation Converse() {
    return {[this](Sentence const& s) { said.push_back(s.en); },
            [this](std::string const& line) { printed.push_back(line); },
            [this]() -> std::optional<std::string> {
              if (answers.empty()) return std::nullopt;
              auto answer = answers.front();
              answers.pop_front();
              return answer;
            },
            [this](Sentence const& question, bool unasked) {
              confirmed.push_back(question.en);
              return absent ? unasked : agrees;
            },
            [] { return false; },
            [this] { return now; }};
  }
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FAKE_CALLS_H
