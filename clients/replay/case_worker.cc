#include "clients/replay/case_worker.h"
#include "clients/replay/api_time.h"
#include "clients/replay/persist.h"
#include "services/base/status_macros.h"
#include <algorithm>
#include <chrono>
#include <utility>

namespace madoguchi::replay {
namespace {

namespace pb = renewal::v1;
using sdk::RenewalClient;
using Shows = NationalTerminal::Shows;

/// For how long a clerk of the connector `rpc` waits beside the visitor, how
/// often they look, and how long a wrong PIN takes, in office time.
constexpr std::chrono::seconds kWaitsBeside{90};
constexpr std::chrono::seconds kLooksEvery{5};
constexpr std::chrono::seconds kWrongPinTakes{40};
/// How long a ticket is held while the national system is away. When it is back
/// sooner, renewal lets the visitor wait again.
constexpr std::chrono::minutes kHeldFor{60};

int WrongPinsOf(pb::Renewal const& renewal) {
  return static_cast<int>(std::count_if(
      renewal.steps().begin(), renewal.steps().end(), [](auto const& record) {
        return record.kind() == pb::Renewal::StepRecord::WRONG_PIN;
      }));
}

bool IsUnclear(pb::Renewal const& renewal) {
  return renewal.issuance().state() == pb::Renewal::Issuance::SENT ||
         renewal.issuance().state() == pb::Renewal::Issuance::CHECK_AT_TERMINAL;
}

/// The case is past ISSUE, or on another path.
bool IsAnswered(pb::Renewal const& renewal) {
  return renewal.next_step() != pb::ISSUE;
}

}  // namespace

CaseWorker::CaseWorker(RenewalDeskParts const& parts, std::string counter,
                       std::string staff)
    : parts_(parts), counter_(std::move(counter)), staff_(std::move(staff)) {}

template <typename Request>
Request CaseWorker::About(Renewal const& renewal) const {
  Request request;
  request.set_name(renewal.name());
  request.set_counter(counter_);
  request.set_staff(staff_);
  return request;
}

absl::StatusOr<CaseWorker::End> CaseWorker::Work(std::size_t visitor,
                                                 VisitPlan const& plan,
                                                 std::string const& ticket) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto renewal, Begin(visitor, ticket));
  while (renewal.next_step() != pb::STEP_UNSPECIFIED) {
    auto const step = renewal.next_step();
    auto const began = parts_.pace.Now();
    if (step != pb::ISSUE) {
      MADOGUCHI_ASSIGN_OR_RETURN(renewal, TakeStep(plan, renewal));
    } else {
      MADOGUCHI_ASSIGN_OR_RETURN(renewal, Issue(renewal));
      if (!IsAnswered(renewal)) {
        MADOGUCHI_ASSIGN_OR_RETURN(renewal, Park(renewal));
        parts_.cases.Changed(visitor, renewal);
        return End::kParked;
      }
    }
    parts_.cases.Took(step, parts_.pace.Now() - began);
    parts_.cases.Changed(visitor, renewal);
  }
  MADOGUCHI_ASSIGN_OR_RETURN(renewal, Finish(renewal));
  parts_.cases.Changed(visitor, renewal);
  return End::kFinished;
}

absl::StatusOr<pb::Renewal> CaseWorker::Begin(std::size_t visitor,
                                              std::string const& ticket) {
  auto const known = parts_.cases.Find(visitor);
  if (known) {
    MADOGUCHI_ASSIGN_OR_RETURN(
        auto resumed,
        Persist(parts_.pace, parts_.client, &RenewalClient::ResumeRenewal,
                About<pb::ResumeRenewalRequest>(*known)));
    if (resumed.renewal().state() != Renewal::OPEN) {
      return absl::FailedPreconditionError(
          known->name() + " could not be resumed with its ticket.");
    }
    parts_.cases.WasParked(visitor, FromProto(known->parking().start_time()),
                           parts_.pace.Now());
    return std::move(*resumed.mutable_renewal());
  }
  pb::StartRenewalRequest start;
  start.set_ticket(ticket);
  start.set_person(1);
  *start.mutable_answers() = AnswersAtWindow(parts_.cases.KindOf(visitor));
  start.set_counter(counter_);
  start.set_staff(staff_);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto started,
      Persist(parts_.pace, parts_.client, &RenewalClient::StartRenewal, start));
  parts_.cases.Changed(visitor, started.renewal());
  return std::move(*started.mutable_renewal());
}

absl::StatusOr<pb::Renewal> CaseWorker::TakeStep(VisitPlan const& plan,
                                                 Renewal const& renewal) {
  if (renewal.next_step() == pb::ENTER_PIN) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const entered, EnterPin(plan, renewal));
    if (entered.version() != renewal.version()) return entered;
  }
  // Issuing takes what the national system takes; the rest is even.
  auto const path = std::max(renewal.path_size() - 1, 1);
  parts_.pace.SleepUntil(parts_.pace.Now() + plan.service_time / path);
  return Record(renewal, pb::RecordStepRequest::DONE);
}

// The case after a PIN that was wrong, or as it was.
absl::StatusOr<pb::Renewal> CaseWorker::EnterPin(VisitPlan const& plan,
                                                 Renewal const& renewal) {
  auto const wrong = WrongPinsOf(renewal);
  bool const in_form = plan.case_kind == CaseKind::kProxyWrongPin;
  bool const on_panel = plan.case_kind == CaseKind::kWrongPin &&
                        renewal.row() == "C-20" && wrong < plan.wrong_pins;
  if (!in_form && !on_panel) return renewal;
  parts_.pace.SleepUntil(parts_.pace.Now() + kWrongPinTakes);
  auto request = About<pb::RecordStepRequest>(renewal);
  request.set_step(pb::ENTER_PIN);
  request.set_event(pb::RecordStepRequest::WRONG_PIN);
  if (on_panel) {
    request.set_pin_kind(pb::RecordStepRequest::FOUR_DIGITS);
    request.set_wrong_tries(wrong + 1);
  }
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const noted,
      Persist(parts_.pace, parts_.client, &RenewalClient::RecordStep, request));
  if (!noted.offer_reset()) return noted.renewal();
  auto reset = About<pb::RecordStepRequest>(noted.renewal());
  reset.set_step(pb::ENTER_PIN);
  reset.set_event(pb::RecordStepRequest::RESET_CHOSEN);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const chosen,
      Persist(parts_.pace, parts_.client, &RenewalClient::RecordStep, reset));
  return chosen.renewal();
}

bool CaseWorker::IsAskedToTry() const {
  auto const now = parts_.upstream.Now();
  bool const is_ours = now.prober().empty() || now.prober() == counter_;
  switch (now.state()) {
    case pb::Upstream::DOWN:
      return is_ours && now.has_try_time() &&
             FromProto(now.try_time()) <= parts_.pace.Now();
    case pb::Upstream::TRYING:
      return is_ours;
    default:
      return false;
  }
}

// Whether the screen lets this counter ask the national system.
bool CaseWorker::MayAsk() const {
  auto const state = parts_.upstream.Now().state();
  return state == pb::Upstream::WORKS || state == pb::Upstream::SLOW ||
         IsAskedToTry();
}

absl::StatusOr<pb::Renewal> CaseWorker::Issue(Renewal const& before) {
  bool const is_manual = parts_.upstream.Now().connector() != pb::Upstream::RPC;
  auto renewal = before;
  // Something was asked before the visitor was sent to wait.
  if (IsUnclear(renewal)) {
    auto const screen = parts_.terminal.LookUp(renewal.issuance().attempt());
    if (screen.shows == Shows::kNoAnswer) return renewal;
    MADOGUCHI_ASSIGN_OR_RETURN(renewal, TakeFinding(renewal, screen));
    if (IsAnswered(renewal)) return renewal;
  }
  if (is_manual && !MayAsk()) return renewal;
  // Twice, for one answer may be lost by chance.
  for (int tries = 0; tries != 2; ++tries) {
    if (renewal.issuance().state() != Renewal::Issuance::PLANNED) {
      MADOGUCHI_ASSIGN_OR_RETURN(
          auto const asked,
          Persist(parts_.pace, parts_.client, &RenewalClient::RequestIssuance,
                  About<pb::RequestIssuanceRequest>(renewal)));
      renewal = asked.renewal();
    }
    if (!is_manual) return AwaitAnswer(renewal);
    auto const screen =
        parts_.terminal.Issue(renewal, renewal.issuance().attempt());
    MADOGUCHI_ASSIGN_OR_RETURN(renewal, TakeFinding(renewal, screen));
    if (IsAnswered(renewal) || IsUnclear(renewal)) break;
  }
  if (!IsAnswered(renewal)) MADOGUCHI_RETURN_IF_ERROR(ReportDown());
  return renewal;
}

absl::StatusOr<pb::Renewal> CaseWorker::AwaitAnswer(Renewal renewal) {
  auto const until = parts_.pace.Now() + kWaitsBeside;
  while (!IsAnswered(renewal) && parts_.pace.Now() < until) {
    if (!parts_.pace.SleepUntil(parts_.pace.Now() + kLooksEvery)) break;
    pb::GetRenewalRequest get;
    get.set_name(renewal.name());
    MADOGUCHI_ASSIGN_OR_RETURN(renewal, parts_.client.GetRenewal(get));
    if (renewal.issuance().state() == Renewal::Issuance::CHECK_AT_TERMINAL) {
      auto const screen = parts_.terminal.LookUp(renewal.issuance().attempt());
      if (screen.shows == Shows::kNoAnswer) break;
      return TakeFinding(renewal, screen);
    }
  }
  return renewal;
}

absl::StatusOr<pb::Renewal> CaseWorker::TakeFinding(
    Renewal const& renewal, NationalTerminal::Screen const& screen) {
  auto request = About<pb::RecordStepRequest>(renewal);
  NationalTerminal::Note(screen, renewal, request);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const taken,
      Persist(parts_.pace, parts_.client, &RenewalClient::RecordStep, request));
  return taken.renewal();
}

absl::StatusOr<pb::Renewal> CaseWorker::Record(
    Renewal const& renewal, pb::RecordStepRequest::Event event) {
  auto request = About<pb::RecordStepRequest>(renewal);
  request.set_step(renewal.next_step());
  request.set_event(event);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const recorded,
      Persist(parts_.pace, parts_.client, &RenewalClient::RecordStep, request));
  return recorded.renewal();
}

absl::Status CaseWorker::ReportDown() {
  pb::ReportUpstreamRequest request;
  request.set_press(pb::ReportUpstreamRequest::DOWN);
  request.set_counter(counter_);
  request.set_staff(staff_);
  return Persist(parts_.pace, parts_.client, &RenewalClient::ReportUpstream,
                 request)
      .status();
}

absl::StatusOr<pb::Renewal> CaseWorker::Park(Renewal const& renewal) {
  auto request = About<pb::ParkRenewalRequest>(renewal);
  request.set_reason(Renewal::Parking::UPSTREAM);
  *request.mutable_until_time() = ToProto(parts_.pace.Now() + kHeldFor);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const parked,
                             Persist(parts_.pace, parts_.client,
                                     &RenewalClient::ParkRenewal, request));
  return parked.renewal();
}

absl::StatusOr<pb::Renewal> CaseWorker::Finish(Renewal const& renewal) {
  auto request = About<pb::FinishRenewalRequest>(renewal);
  request.set_complete_ticket(true);
  MADOGUCHI_ASSIGN_OR_RETURN(auto finished,
                             Persist(parts_.pace, parts_.client,
                                     &RenewalClient::FinishRenewal, request));
  // Ticketing hears of it from whichever replica comes first.
  while (finished.renewal().ticket_lags()) {
    pb::GetRenewalRequest get;
    get.set_name(renewal.name());
    if (!parts_.pace.SleepUntil(parts_.pace.Now() + kLooksEvery)) break;
    MADOGUCHI_ASSIGN_OR_RETURN(*finished.mutable_renewal(),
                               parts_.client.GetRenewal(get));
  }
  return finished.renewal();
}

}  // namespace madoguchi::replay
