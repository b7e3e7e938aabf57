#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FAKE_CASE_CALLS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FAKE_CASE_CALLS_H

#include "clients/counter_terminal/case_calls.h"
#include "services/base/error.h"
#include "absl/status/status.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// Renewal in the memory of a test; its cases have the path of C-20.
class FakeCaseCalls : public CaseCalls {
 public:
  using Renewal = renewal::v1::Renewal;

  /// Whether it answers at all.
  bool is_there = true;
  std::map<std::string, Renewal> cases;
  /// What was asked, in order.
  std::vector<std::string> sent;
  renewal::v1::StartRenewalRequest started;
  renewal::v1::RecordStepRequest recorded;
  std::optional<renewal::v1::Upstream> upstream;
  /// Told what a case asks of its ticket.
  std::function<void()> on_complete = [] {};
  std::function<void()> on_hold = [] {};
  std::function<void()> on_resume = [] {};

  /// Puts a case into the office.
  Renewal& Add(std::string const& ticket, int person) {
    auto const name =
        "offices/honcho/renewals/" + ticket + "-" + std::to_string(person);
    auto& renewal = cases[name];
    renewal.set_name(name);
    renewal.set_ticket("offices/honcho/tickets/" + ticket);
    renewal.set_person(person);
    renewal.set_state(Renewal::OPEN);
    renewal.set_row("C-20");
    renewal.set_outcome("RENEW_TODAY");
    for (auto const step : {renewal::v1::CHECK_CARD, renewal::v1::ENTER_PIN,
                            renewal::v1::ISSUE, renewal::v1::RETURN_CARD}) {
      renewal.add_path(step);
    }
    renewal.set_next_step(renewal::v1::CHECK_CARD);
    renewal.set_version(1);
    return renewal;
  }

  absl::StatusOr<renewal::v1::TriageResponse> Triage(
      renewal::v1::TriageRequest const& /*request*/) override {
    return absl::UnimplementedError("no counter asks this");
  }

  absl::StatusOr<renewal::v1::StartRenewalResponse> StartRenewal(
      renewal::v1::StartRenewalRequest const& request) override {
    sent.emplace_back("start");
    started = request;
    renewal::v1::StartRenewalResponse response;
    auto const& ticket = request.ticket();
    *response.mutable_renewal() =
        Add(ticket.substr(ticket.rfind('/') + 1), request.person());
    return response;
  }

  absl::StatusOr<renewal::v1::RecordStepResponse> RecordStep(
      renewal::v1::RecordStepRequest const& request) override {
    using Request = renewal::v1::RecordStepRequest;
    sent.push_back(renewal::v1::Step_Name(request.step()) + " " +
                   Request::Event_Name(request.event()));
    recorded = request;
    auto& renewal = cases[request.name()];
    renewal::v1::RecordStepResponse response;
    if (request.expected_version() != renewal.version()) {
      return MakeError(absl::StatusCode::kAborted, "changed",
                       {"CASE_CHANGED", {}});
    }
    renewal.set_version(renewal.version() + 1);
    if (request.event() == Request::WRONG_PIN) {
      response.set_offer_reset(request.wrong_tries() == 2);
    } else if (request.event() == Request::RESET_CHOSEN) {
      renewal.add_path(renewal::v1::RESET_PIN);
      renewal.set_next_step(renewal::v1::RESET_PIN);
    } else if (request.event() == Request::UNCLEAR) {
      renewal.mutable_issuance()->set_state(
          Renewal::Issuance::CHECK_AT_TERMINAL);
    } else {
      Take(renewal);
    }
    *response.mutable_renewal() = renewal;
    return response;
  }

  absl::StatusOr<renewal::v1::RequestIssuanceResponse> RequestIssuance(
      renewal::v1::RequestIssuanceRequest const& request) override {
    sent.emplace_back("request");
    auto& renewal = Touch(request.name());
    renewal.mutable_issuance()->set_attempt("attempt-1");
    renewal.mutable_issuance()->set_state(Renewal::Issuance::SENT);
    renewal::v1::RequestIssuanceResponse response;
    *response.mutable_renewal() = renewal;
    return response;
  }

  absl::StatusOr<renewal::v1::ParkRenewalResponse> ParkRenewal(
      renewal::v1::ParkRenewalRequest const& request) override {
    sent.emplace_back("park");
    if (request.reason() == Renewal::Parking::CUSTODY) {
      return MakeError(absl::StatusCode::kFailedPrecondition, "none",
                       {"CUSTODY_NOT_OFFERED", {}});
    }
    auto& renewal = Touch(request.name());
    renewal.set_state(Renewal::PARKED);
    renewal.mutable_parking()->set_reason(request.reason());
    renewal.add_texts("closing.kept_place");
    on_hold();
    renewal::v1::ParkRenewalResponse response;
    *response.mutable_renewal() = renewal;
    return response;
  }

  absl::StatusOr<renewal::v1::ResumeRenewalResponse> ResumeRenewal(
      renewal::v1::ResumeRenewalRequest const& request) override {
    sent.emplace_back("resume");
    auto& renewal = Touch(request.name());
    renewal.set_state(Renewal::OPEN);
    on_resume();
    renewal::v1::ResumeRenewalResponse response;
    *response.mutable_renewal() = renewal;
    return response;
  }

  absl::StatusOr<renewal::v1::FinishRenewalResponse> FinishRenewal(
      renewal::v1::FinishRenewalRequest const& request) override {
    sent.emplace_back(request.complete_ticket() ? "finish ticket" : "finish");
    auto& renewal = Touch(request.name());
    renewal.set_state(Renewal::FINISHED);
    renewal.set_result(Renewal::RENEWED);
    renewal.add_texts("closing.renewed");
    if (request.complete_ticket()) on_complete();
    renewal::v1::FinishRenewalResponse response;
    *response.mutable_renewal() = renewal;
    return response;
  }

  absl::StatusOr<renewal::v1::AbandonRenewalResponse> AbandonRenewal(
      renewal::v1::AbandonRenewalRequest const& request) override {
    sent.push_back("abandon " + request.reason());
    auto& renewal = Touch(request.name());
    renewal.set_state(Renewal::ABANDONED);
    renewal::v1::AbandonRenewalResponse response;
    *response.mutable_renewal() = renewal;
    return response;
  }

  absl::StatusOr<renewal::v1::ListRenewalsResponse> ListRenewals(
      renewal::v1::ListRenewalsRequest const& request) override {
    if (!is_there) return absl::UnimplementedError("no renewal here");
    renewal::v1::ListRenewalsResponse response;
    for (auto const& [name, renewal] : cases) {
      bool const is_live = renewal.state() == Renewal::OPEN ||
                           renewal.state() == Renewal::PARKED;
      if (request.ticket().empty() ? is_live
                                   : renewal.ticket() == request.ticket()) {
        *response.add_renewals() = renewal;
      }
    }
    return response;
  }

  absl::StatusOr<renewal::v1::ReportUpstreamResponse> ReportUpstream(
      renewal::v1::ReportUpstreamRequest const& request) override {
    using Request = renewal::v1::ReportUpstreamRequest;
    sent.push_back("report " + Request::Press_Name(request.press()));
    renewal::v1::ReportUpstreamResponse response;
    response.mutable_upstream()->set_state(renewal::v1::Upstream::DOWN);
    upstream = response.upstream();
    return response;
  }

  absl::StatusOr<renewal::v1::Upstream> LookAtUpstream(
      std::string const& /*office*/) override {
    if (!upstream) return absl::UnimplementedError("nobody says");
    return *upstream;
  }

 private:
  Renewal& Touch(std::string const& name) {
    auto& renewal = cases[name];
    renewal.set_version(renewal.version() + 1);
    return renewal;
  }

  static void Take(Renewal& renewal) {
    auto& record = *renewal.add_steps();
    record.set_step(renewal.next_step());
    record.set_kind(Renewal::StepRecord::DONE);
    int at = 0;
    while (renewal.path(at) != renewal.next_step()) ++at;
    renewal.set_next_step(at + 1 == renewal.path_size()
                              ? renewal::v1::STEP_UNSPECIFIED
                              : renewal.path(at + 1));
  }
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FAKE_CASE_CALLS_H
