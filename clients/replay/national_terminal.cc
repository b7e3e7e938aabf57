#include "clients/replay/national_terminal.h"
#include "clients/sdk/channel.h"
#include "services/base/name_uuid.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include <grpcpp/client_context.h>
#include <algorithm>
#include <chrono>

namespace madoguchi::replay {
namespace {

namespace authority = certification::v1;

/// How long a clerk looks at an hourglass, in office time.
constexpr std::chrono::seconds kPatience{60};
/// A machine that plays a day fast is not faster itself.
constexpr std::chrono::milliseconds kShortestPatience{500};

std::chrono::milliseconds PatienceOf(Pace const& pace) {
  auto const office = std::chrono::duration<double>(kPatience) / pace.factor();
  return std::max(
      kShortestPatience,
      std::chrono::duration_cast<std::chrono::milliseconds>(office));
}

/// Acts after expiry and where there was nothing are new issues (B1-11).
authority::Issuance::Kind KindOf(renewal::v1::Renewal const& renewal) {
  return absl::StrContains(renewal.outcome(), "NEW_ISSUE")
             ? authority::Issuance::NEW_ISSUE
             : authority::Issuance::RENEW;
}

NationalTerminal::Screen ScreenOf(authority::Issuance const& issuance) {
  switch (issuance.outcome()) {
    case authority::Issuance::ISSUED:
      return {NationalTerminal::Shows::kIssued, {}};
    case authority::Issuance::REFUSED:
      return {NationalTerminal::Shows::kRefused,
              absl::AsciiStrToLower(
                  authority::Issuance::Refusal_Name(issuance.refusal()))};
    default:
      return {NationalTerminal::Shows::kNoAnswer, {}};
  }
}

}  // namespace

NationalTerminal::NationalTerminal(std::string const& target, Pace const& pace)
    : stub_(authority::CertificationAuthority::NewStub(
          sdk::MakeChannel(sdk::ClientOptions(), target))),
      pace_(pace) {}

NationalTerminal::Screen NationalTerminal::Issue(
    renewal::v1::Renewal const& renewal, std::string const& attempt) {
  authority::IssueRequest request;
  request.set_attempt_id(attempt);
  request.set_case_key(NameUuid("case:" + renewal.name()));
  request.add_certificates(authority::Issuance::USER);
  request.add_certificates(authority::Issuance::SIGNING);
  request.set_kind(KindOf(renewal));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + PatienceOf(pace_));
  authority::IssueResponse response;
  if (stub_->Issue(&context, request, &response).ok()) {
    return ScreenOf(response.issuance());
  }
  return LookUp(attempt);
}

NationalTerminal::Screen NationalTerminal::LookUp(std::string const& attempt) {
  authority::GetIssuanceRequest request;
  request.set_attempt_id(attempt);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + PatienceOf(pace_));
  authority::Issuance issuance;
  auto const status = stub_->GetIssuance(&context, request, &issuance);
  if (status.ok()) return ScreenOf(issuance);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) {
    return {Shows::kNothingIssued, {}};
  }
  return {Shows::kNoAnswer, {}};
}

void NationalTerminal::Note(Screen const& screen,
                            renewal::v1::Renewal const& renewal,
                            renewal::v1::RecordStepRequest& request) {
  using renewal::v1::RecordStepRequest;
  request.set_step(renewal::v1::ISSUE);
  request.set_attempt(renewal.issuance().attempt());
  request.set_refusal(screen.refusal);
  switch (screen.shows) {
    case Shows::kIssued:
      request.set_event(RecordStepRequest::ISSUED);
      break;
    case Shows::kRefused:
      request.set_event(RecordStepRequest::REFUSED);
      break;
    case Shows::kNothingIssued:
      request.set_event(RecordStepRequest::NOT_ISSUED);
      break;
    case Shows::kNoAnswer:
      request.set_event(RecordStepRequest::UNCLEAR);
      break;
  }
}

}  // namespace madoguchi::replay
