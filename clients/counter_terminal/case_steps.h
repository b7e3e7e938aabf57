#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_STEPS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_STEPS_H

#include "clients/counter_terminal/case_board.h"
#include "clients/counter_terminal/case_calls.h"
#include "clients/counter_terminal/conversation.h"
#include "clients/counter_terminal/desk.h"
#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/uuid.h"
#include "absl/status/status.h"
#include <optional>
#include <string>
#include <utility>

namespace madoguchi::counter_terminal {

/// Takes a clerk's steps on cases, one call of renewal each, and keeps `board`
/// true. Asks nothing; says why a step was refused. One step is one request id:
/// while its outcome is unknown it is sent again, for as long as the calls do.
/// Each carries the version that the clerk saw, and returns what was answered,
/// nothing if it was refused. Not thread safe.
class CaseSteps {
 public:
  using Renewal = renewal::v1::Renewal;
  using StepRequest = renewal::v1::RecordStepRequest;
  using StepResponse = renewal::v1::RecordStepResponse;

  /// `office` as in `offices/honcho`. `calls` and `conversation` must outlive
  /// it.
  CaseSteps(CaseCalls& calls, Conversation const& conversation,
            std::string office, std::string counter, std::string staff);

  CaseBoard const& board() const { return board_; }

  /// From now on the cases are those of `ticket`; empty: of none.
  void Follow(std::string const& ticket, bool of_custody = false);

  /// Looks at the cases of the ticket once; what does not answer stays.
  void LookAtTicket();

  /// Takes what goes on besides; the same looked up now.
  void Notice(CaseNews news);
  void LookAround();

  bool Start(int person, renewal::v1::Answers const& answers);
  /// `request` says step, event and what belongs to it.
  std::optional<StepResponse> Record(Renewal const& renewal,
                                     StepRequest request);
  bool Request(Renewal const& renewal);
  std::optional<Renewal> Park(Renewal const& renewal,
                              Renewal::Parking::Reason reason);
  std::optional<Renewal> Resume(Renewal const& renewal);
  std::optional<Renewal> Finish(Renewal const& renewal, bool complete_ticket);
  /// `reason` is a code.
  bool Abandon(Renewal const& renewal, std::string const& reason);
  /// Says how the national system does.
  bool Report(renewal::v1::ReportUpstreamRequest::Press press);

 private:
  template <typename Request, typename Response>
  std::optional<Response> Send(
      absl::StatusOr<Response> (CaseCalls::*method)(Request const&),
      Request request) {
    request.set_counter(office_ + "/counters/" + counter_);
    request.set_staff(staff_);
    request.set_request_id(sdk::NewRequestId());
    auto outcome = (calls_.*method)(request);
    if (sdk::IsOutcomeUnknown(outcome.status())) {
      // The call has repeated it for seconds. A counter never stands still for
      // renewal: what came of the press is seen at the next look, and its
      // version keeps a step from being taken twice.
      conversation_.say(SentenceOf("renewal.not_there"));
      has_looked_ = false;
      return std::nullopt;
    }
    return Settled(std::move(outcome));
  }

  template <typename Request, typename Response>
  std::optional<Response> SendFor(
      Renewal const& renewal,
      absl::StatusOr<Response> (CaseCalls::*method)(Request const&),
      Request request = {}) {
    request.set_name(renewal.name());
    request.set_expected_version(renewal.version());
    return Send(method, std::move(request));
  }

  template <typename Response>
  std::optional<Response> Settled(absl::StatusOr<Response> outcome) {
    if (!outcome.ok()) {
      Refuse(outcome.status());
      return std::nullopt;
    }
    if constexpr (requires { outcome->renewal(); }) {
      PutCase(outcome->renewal(), board_);
    }
    return *std::move(outcome);
  }

  /// Says why, and puts right what the terminal believed.
  void Refuse(absl::Status const& status);

  CaseCalls& calls_;
  Conversation const& conversation_;
  std::string const office_;
  std::string const counter_;
  std::string const staff_;
  CaseBoard board_;
  /// Whether the cases of the ticket were seen since it is followed.
  bool has_looked_ = false;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_STEPS_H
