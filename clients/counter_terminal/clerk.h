#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CLERK_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CLERK_H

#include "clients/counter_terminal/counter_calls.h"
#include "clients/counter_terminal/desk.h"
#include "clients/counter_terminal/texts.h"
#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/uuid.h"
#include "absl/time/time.h"
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::counter_terminal {

/// How the terminal speaks with the clerk.
struct Conversation {
  std::function<void(Sentence const&)> say;
  /// Prints a line of a list.
  std::function<void(std::string const&)> print;
  /// Waits for a line; nothing at the end of the input.
  std::function<std::optional<std::string>()> ask;
  /// Whether the program is being stopped.
  std::function<bool()> stopped;
};

/// Does what the clerk presses and keeps `Desk` true.
///
/// One press is one request id: while its outcome is unknown it is sent again,
/// and the clerk is told. A refusal that shows that the terminal was wrong
/// about its ticket makes it look again. Not thread safe.
class Clerk {
 public:
  /// `office` as in `offices/honcho`. `calls` must outlive the clerk.
  Clerk(CounterCalls& calls, std::string office, std::string counter,
        std::string staff, absl::TimeZone zone, Conversation conversation);

  /// Opens the counter; asks first if it has to be taken over.
  void Open();

  /// Does one press. Returns whether the terminal goes on.
  bool Do(Press const& press);

  Desk const& desk() const { return desk_; }

 private:
  using Ticket = ticketing::v1::Ticket;

  template <typename Request, typename Response>
  absl::StatusOr<Response> Send(
      absl::StatusOr<Response> (CounterCalls::*method)(Request const&),
      Request request) {
    request.set_request_id(sdk::NewRequestId());
    bool told = false;
    while (true) {
      auto outcome = (calls_.*method)(request);
      if (!sdk::IsOutcomeUnknown(outcome.status()) || conversation_.stopped()) {
        return outcome;
      }
      if (!told) conversation_.say(texts::kOutcomeUnknown);
      told = true;
    }
  }

  /// Sends a command on `ticket` and says `done` of it. Returns the ticket
  /// after it, or nothing if it was refused.
  template <typename Request, typename Response>
  std::optional<Ticket> SendFor(
      Ticket const& ticket, Sentence const& done,
      absl::StatusOr<Response> (CounterCalls::*method)(Request const&),
      Request request = {}) {
    request.set_ticket(ticket.name());
    request.set_counter(CounterName());
    request.set_session(desk_.session);
    request.set_expected_version(ticket.version());
    auto const outcome = Send(method, std::move(request));
    if (!outcome.ok()) {
      Refuse(outcome.status());
      return std::nullopt;
    }
    SayOf(outcome->ticket(), done);
    return outcome->ticket();
  }

  void TakeOver(bool take_over);
  void CallNext();
  void Complete(std::string outcome);
  void Return(std::string number);
  void List();
  /// Returns whether the counter is no longer this terminal's.
  bool Close();

  /// Says why, and puts right what the terminal believed.
  void Refuse(absl::Status const& status);
  void LookAgain();
  std::optional<std::vector<Ticket>> Find(std::vector<Ticket::State> states);
  void PrintTicket(Ticket const& ticket);
  void SayOf(Ticket const& ticket, Sentence const& sentence);
  void SayOfCounter(Sentence const& sentence);
  std::string CounterName() const;

  CounterCalls& calls_;
  std::string const office_;
  absl::TimeZone const zone_;
  Conversation const conversation_;
  Desk desk_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CLERK_H
