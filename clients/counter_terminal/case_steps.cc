#include "clients/counter_terminal/case_steps.h"
#include "clients/counter_terminal/case_watch.h"
#include "services/base/error.h"
#include <algorithm>
#include <array>
#include <string_view>

namespace madoguchi::counter_terminal {

using renewal::v1::Renewal;

namespace {

// What only a terminal is told that was wrong about a case.
constexpr std::array<std::string_view, 11> kLookAtCaseAgainAt = {
    "CASE_CHANGED",      "CASE_ENDED",    "CASE_EXISTS",
    "CASE_NOT_FOUND",    "CASE_NOT_OPEN", "CASE_NOT_PARKED",
    "ISSUANCE_NOT_SENT", "ISSUANCE_SENT", "ISSUANCE_UNDER_WAY",
    "STEP_NOT_NEXT",     "STEPS_LEFT"};

}  // namespace

CaseSteps::CaseSteps(CaseCalls& calls, Conversation const& conversation,
                     std::string office, std::string counter, std::string staff)
    : calls_(calls),
      conversation_(conversation),
      office_(std::move(office)),
      counter_(std::move(counter)),
      staff_(std::move(staff)) {}

void CaseSteps::Follow(std::string const& ticket, bool of_custody) {
  if (ticket == board_.ticket) return;
  board_.ticket = ticket;
  board_.of_custody = of_custody;
  board_.cases.clear();
  board_.near_lock.clear();
  has_looked_ = false;
  if (board_.news.is_there) LookAtTicket();
}

void CaseSteps::LookAtTicket() {
  if (board_.ticket.empty()) return;
  renewal::v1::ListRenewalsRequest request;
  request.set_parent(office_);
  request.set_ticket(board_.ticket);
  auto const listed = calls_.ListRenewals(request);
  if (!listed.ok()) return;
  has_looked_ = true;
  for (auto const& renewal : listed->renewals()) PutCase(renewal, board_);
}

void CaseSteps::Notice(CaseNews news) {
  board_.news = std::move(news);
  // A ticket that came while renewal was away.
  if (board_.news.is_there && !has_looked_) LookAtTicket();
}

void CaseSteps::LookAround() { Notice(LookAtCases(calls_, office_)); }

bool CaseSteps::Start(int person, renewal::v1::Answers const& answers) {
  renewal::v1::StartRenewalRequest request;
  request.set_ticket(board_.ticket);
  request.set_person(person);
  *request.mutable_answers() = answers;
  return Send(&CaseCalls::StartRenewal, std::move(request)).has_value();
}

std::optional<CaseSteps::StepResponse> CaseSteps::Record(Renewal const& renewal,
                                                         StepRequest request) {
  auto const name = renewal.name();
  auto answer = SendFor(renewal, &CaseCalls::RecordStep, std::move(request));
  if (answer) board_.near_lock = answer->offer_reset() ? name : "";
  return answer;
}

bool CaseSteps::Request(Renewal const& renewal) {
  return SendFor<renewal::v1::RequestIssuanceRequest>(
             renewal, &CaseCalls::RequestIssuance)
      .has_value();
}

std::optional<Renewal> CaseSteps::Park(Renewal const& renewal,
                                       Renewal::Parking::Reason reason) {
  renewal::v1::ParkRenewalRequest request;
  request.set_reason(reason);
  auto const parked =
      SendFor(renewal, &CaseCalls::ParkRenewal, std::move(request));
  if (!parked) return std::nullopt;
  return parked->renewal();
}

std::optional<Renewal> CaseSteps::Resume(Renewal const& renewal) {
  auto const resumed = SendFor<renewal::v1::ResumeRenewalRequest>(
      renewal, &CaseCalls::ResumeRenewal);
  if (!resumed) return std::nullopt;
  return resumed->renewal();
}

std::optional<Renewal> CaseSteps::Finish(Renewal const& renewal,
                                         bool complete_ticket) {
  renewal::v1::FinishRenewalRequest request;
  request.set_complete_ticket(complete_ticket);
  auto const finished =
      SendFor(renewal, &CaseCalls::FinishRenewal, std::move(request));
  if (!finished) return std::nullopt;
  return finished->renewal();
}

bool CaseSteps::Abandon(Renewal const& renewal, std::string const& reason) {
  renewal::v1::AbandonRenewalRequest request;
  request.set_reason(reason);
  return SendFor(renewal, &CaseCalls::AbandonRenewal, std::move(request))
      .has_value();
}

bool CaseSteps::Report(renewal::v1::ReportUpstreamRequest::Press press) {
  renewal::v1::ReportUpstreamRequest request;
  request.set_press(press);
  auto const answer = Send(&CaseCalls::ReportUpstream, std::move(request));
  if (!answer) return false;
  board_.news.upstream = answer->upstream();
  return true;
}

void CaseSteps::Refuse(absl::Status const& status) {
  conversation_.say(SentenceOf(status));
  auto const reason = GetErrorInfo(status).reason;
  if (reason == "CUSTODY_NOT_OFFERED") board_.offers_custody = false;
  if (std::find(kLookAtCaseAgainAt.begin(), kLookAtCaseAgainAt.end(), reason) !=
      kLookAtCaseAgainAt.end()) {
    LookAtTicket();
  }
}

}  // namespace madoguchi::counter_terminal
