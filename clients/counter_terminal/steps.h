#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_STEPS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_STEPS_H

#include "clients/counter_terminal/conversation.h"
#include "clients/counter_terminal/counter_calls.h"
#include "clients/counter_terminal/desk.h"
#include "clients/counter_terminal/floor.h"
#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/uuid.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace madoguchi::counter_terminal {

/// Takes the steps of a clerk, one call of the server each, and keeps `Desk`
/// true. Asks nothing; says what was done or why not.
///
/// One step is one request id: while its outcome is unknown it is sent again,
/// and the clerk is told. Each step on a ticket carries the version the clerk
/// saw, so that it never acts on another state. A refusal that shows that the
/// terminal was wrong about its counter makes it look again. Each step returns
/// whether it was done. Not thread safe.
class Steps {
 public:
  using Ticket = ticketing::v1::Ticket;

  /// `office` as in `offices/honcho`. `calls` and `conversation` must outlive
  /// it.
  Steps(CounterCalls& calls, Conversation const& conversation,
        std::string office, std::string counter, std::string staff);

  /// Opens the counter; asks first if it has to be taken over.
  void Open(bool take_over);
  bool Close();
  bool Pause(std::string const& reason);
  /// Ends a pause or paperwork.
  bool GoOn();

  void CallNext();
  bool Call(Ticket const& ticket);
  bool ServeVisitor(std::string const& service, std::string const& language);
  bool Recall();
  bool Start();
  bool MarkAbsent();
  bool Complete(std::string const& outcome, bool wrap_up);
  bool Hold(ticketing::v1::HoldTicketRequest request);
  bool Undo();

  /// Serves a ticket that was on hold, or with `wait` lets it wait again.
  bool Resume(Ticket const& ticket, bool wait);
  bool Return(Ticket const& ticket);
  bool Transfer(Ticket const& ticket,
                ticketing::v1::TransferTicketRequest request);
  bool Designate(Ticket const& ticket, std::string const& counter);
  bool SetAssist(Ticket const& ticket, bool assist);
  bool Edit(Ticket const& ticket, ticketing::v1::EditTicketRequest request);

  /// The ticket of a number; nothing, and the clerk was told, if there is none.
  std::optional<Ticket> Find(std::string const& number);
  std::optional<std::vector<Ticket>> List(
      std::vector<Ticket::State> const& states);

  /// Looks at the counter once, for others may have moved its ticket. Returns
  /// whether the server answered.
  bool Look();

  /// Believes what a look at the floor found, unless that began before the last
  /// step was settled. Lets the offer to undo run out.
  void Notice(Floor const& floor);

  Desk const& desk() const { return desk_; }
  std::string const& office() const { return office_; }

 private:
  template <typename Request, typename Response>
  absl::StatusOr<Response> Send(
      absl::StatusOr<Response> (CounterCalls::*method)(Request const&),
      Request request) {
    request.set_request_id(sdk::NewRequestId());
    bool told = false;
    while (true) {
      auto outcome = (calls_.*method)(request);
      settled_at_ = conversation_.now();
      if (!sdk::IsOutcomeUnknown(outcome.status()) || conversation_.stopped()) {
        return outcome;
      }
      if (!told) conversation_.say(SentenceOf("counter.outcome_unknown"));
      told = true;
    }
  }

  /// Sends a step of the counter. Says why it was refused.
  template <typename Request, typename Response>
  std::optional<Response> SendForCounter(
      absl::StatusOr<Response> (CounterCalls::*method)(Request const&),
      Request request = {}) {
    request.set_counter(CounterName());
    request.set_session(desk_.session);
    return Settled(Send(method, std::move(request)));
  }

  /// Sends a step on `ticket`. Says why it was refused.
  template <typename Request, typename Response>
  std::optional<Response> SendFor(
      Ticket const& ticket,
      absl::StatusOr<Response> (CounterCalls::*method)(Request const&),
      Request request = {}) {
    request.set_ticket(ticket.name());
    request.set_expected_version(ticket.version());
    return SendForCounter(method, std::move(request));
  }

  template <typename Response>
  std::optional<Response> Settled(absl::StatusOr<Response> outcome) {
    if (!outcome.ok()) {
      Refuse(outcome.status());
      return std::nullopt;
    }
    // Whatever was done, the step before it can no longer be taken back.
    desk_.undo.reset();
    return *std::move(outcome);
  }

  /// The ticket is at the counter now.
  void Have(Ticket ticket);
  /// The counter has no ticket any more.
  void LetGo();
  /// Keeps what is believed of the ticket here, if it is this one.
  void Renew(Ticket const& ticket);
  bool IsHere(Ticket const& ticket) const;
  void OfferUndo(Command step, Ticket const& ticket);

  /// Says why, and puts right what the terminal believed.
  void Refuse(absl::Status const& status);
  void LookAgain();
  /// Says the text `id` of `ticket`, or of the counter.
  void SayOf(Ticket const& ticket, std::string_view id);
  void SayOfCounter(std::string_view id);
  std::string CounterName() const;

  CounterCalls& calls_;
  Conversation const& conversation_;
  std::string const office_;
  Desk desk_;
  MachineTime settled_at_{};
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_STEPS_H
