#include "services/certification_authority/rpc/convert.h"
#include "services/base/status_macros.h"
#include "services/certification_authority/domain/errors.h"
#include "services/rpc/proto_time.h"
#include <chrono>
#include <string>
#include <utility>

namespace madoguchi::certification_authority {
namespace {

v1::Issuance::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPending:
      return v1::Issuance::PENDING;
    case Outcome::kIssued:
      return v1::Issuance::ISSUED;
    case Outcome::kRefused:
      return v1::Issuance::REFUSED;
  }
  return v1::Issuance::OUTCOME_UNSPECIFIED;
}

v1::Issuance::Refusal ToProto(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return v1::Issuance::REFUSAL_UNSPECIFIED;
    case Refusal::kCardNotValid:
      return v1::Issuance::CARD_NOT_VALID;
    case Refusal::kPinNotAccepted:
      return v1::Issuance::PIN_NOT_ACCEPTED;
    case Refusal::kNotInWindow:
      return v1::Issuance::NOT_IN_WINDOW;
    case Refusal::kRegisterDiffers:
      return v1::Issuance::REGISTER_DIFFERS;
    case Refusal::kOther:
      return v1::Issuance::OTHER;
  }
  return v1::Issuance::OTHER;
}

v1::GetStatusResponse::State ToProto(State state) {
  switch (state) {
    case State::kOk:
      return v1::GetStatusResponse::OK;
    case State::kSlow:
      return v1::GetStatusResponse::SLOW;
    case State::kUnavailable:
      return v1::GetStatusResponse::UNAVAILABLE;
  }
  return v1::GetStatusResponse::STATE_UNSPECIFIED;
}

v1::GetStatusResponse::Cause ToProto(Cause cause) {
  switch (cause) {
    case Cause::kNone:
      return v1::GetStatusResponse::CAUSE_UNSPECIFIED;
    case Cause::kBusy:
      return v1::GetStatusResponse::BUSY;
    case Cause::kOutage:
      return v1::GetStatusResponse::OUTAGE;
    case Cause::kMaintenance:
      return v1::GetStatusResponse::MAINTENANCE;
    case Cause::kClosed:
      return v1::GetStatusResponse::CLOSED;
  }
  return v1::GetStatusResponse::CAUSE_UNSPECIFIED;
}

absl::StatusOr<Certificates> ParseCertificates(
    v1::IssueRequest const& request) {
  Certificates certificates;
  for (auto const each : request.certificates()) {
    if (each == v1::Issuance::SIGNING && !certificates.signing) {
      certificates.signing = true;
    } else if (each == v1::Issuance::USER && !certificates.user) {
      certificates.user = true;
    } else {
      return error::CertificatesInvalid();
    }
  }
  if (certificates == Certificates{}) return error::CertificatesInvalid();
  return certificates;
}

absl::StatusOr<Kind> ParseKind(v1::Issuance::Kind kind) {
  if (kind == v1::Issuance::RENEW) return Kind::kRenew;
  if (kind == v1::Issuance::NEW_ISSUE) return Kind::kNewIssue;
  return error::KindInvalid();
}

}  // namespace

v1::Issuance ToProto(Issuance const& issuance) {
  v1::Issuance proto;
  proto.set_attempt_id(issuance.order.attempt.value);
  proto.set_case_key(issuance.order.case_key.value);
  if (issuance.order.certificates.signing) {
    proto.add_certificates(v1::Issuance::SIGNING);
  }
  if (issuance.order.certificates.user) {
    proto.add_certificates(v1::Issuance::USER);
  }
  proto.set_kind(issuance.order.kind == Kind::kRenew ? v1::Issuance::RENEW
                                                     : v1::Issuance::NEW_ISSUE);
  proto.set_outcome(ToProto(issuance.outcome));
  proto.set_refusal(ToProto(issuance.refusal));
  if (issuance.outcome != Outcome::kPending) {
    *proto.mutable_decide_time() = rpc::TimeToProto(issuance.decided);
  }
  return proto;
}

v1::GetStatusResponse ToProto(AuthorityStatus const& status) {
  v1::GetStatusResponse proto;
  proto.set_state(ToProto(status.conditions.state));
  proto.set_cause(ToProto(status.conditions.cause));
  *proto.mutable_since_time() = rpc::TimeToProto(status.since);
  proto.set_system(std::string(kSystemName));
  return proto;
}

absl::StatusOr<Order> ParseOrder(v1::IssueRequest const& request) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto attempt,
                             ParseAttemptId(request.attempt_id()));
  MADOGUCHI_ASSIGN_OR_RETURN(auto case_key, ParseCaseKey(request.case_key()));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const certificates,
                             ParseCertificates(request));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const kind, ParseKind(request.kind()));
  return Order{std::move(attempt), std::move(case_key), certificates, kind};
}

}  // namespace madoguchi::certification_authority
