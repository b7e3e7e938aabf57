#include "services/renewal/rpc/convert.h"
#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/closing_text.h"
#include "services/renewal/domain/facts.h"
#include "services/renewal/domain/outcome.h"
#include "services/renewal/rpc/names.h"
#include "services/rpc/proto_time.h"
#include "absl/strings/str_format.h"
#include <algorithm>
#include <chrono>
#include <string>

namespace madoguchi::renewal {
namespace {

// The values of both enums are in one order, 0 being UNSPECIFIED there.
template <typename Proto, typename Value>
Proto ToProtoEnum(Value value) {
  return static_cast<Proto>(static_cast<int>(value) + 1);
}

template <typename Value>
Answer<Value> AnswerOf(int proto) {
  if (proto < 1 || proto > kValueCount<Value>) return {};
  return static_cast<Value>(proto - 1);
}

v1::Renewal::Result ResultToProto(CaseResult result) {
  return static_cast<v1::Renewal::Result>(static_cast<int>(result));
}

// Not in the order of the states of a request, which may move only downward.
v1::Renewal::Issuance::State IssuanceToProto(IssuanceState state) {
  switch (state) {
    case IssuanceState::kPlanned:
      return v1::Renewal::Issuance::PLANNED;
    case IssuanceState::kSent:
      return v1::Renewal::Issuance::SENT;
    case IssuanceState::kUnknown:
      return v1::Renewal::Issuance::CHECK_AT_TERMINAL;
    case IssuanceState::kIssued:
      return v1::Renewal::Issuance::ISSUED;
    case IssuanceState::kRefused:
      return v1::Renewal::Issuance::REFUSED;
  }
  return v1::Renewal::Issuance::STATE_UNSPECIFIED;
}

v1::Renewal::StepRecord StepToProto(StepRecord const& record) {
  v1::Renewal::StepRecord proto;
  proto.set_step(ToProto(record.step));
  proto.set_kind(ToProtoEnum<v1::Renewal::StepRecord::Kind>(record.kind));
  *proto.mutable_time() = rpc::TimeToProto(record.time);
  proto.set_staff(record.staff.value);
  proto.set_counter(record.counter.value);
  return proto;
}

v1::Renewal::Issuance IssuanceToProto(Issuance const& issuance) {
  v1::Renewal::Issuance proto;
  proto.set_attempt(issuance.id.value);
  proto.set_state(IssuanceToProto(issuance.state));
  if (issuance.sent)
    *proto.mutable_send_time() = rpc::TimeToProto(*issuance.sent);
  if (issuance.ended)
    *proto.mutable_end_time() = rpc::TimeToProto(*issuance.ended);
  proto.set_refusal(issuance.refusal);
  return proto;
}

v1::Renewal::Parking ParkingToProto(Parking const& parking) {
  v1::Renewal::Parking proto;
  proto.set_reason(ToProtoEnum<v1::Renewal::Parking::Reason>(parking.reason));
  *proto.mutable_start_time() = rpc::TimeToProto(parking.since);
  if (parking.until)
    *proto.mutable_until_time() = rpc::TimeToProto(*parking.until);
  return proto;
}

v1::Upstream::State StateToProto(UpstreamHealth health) {
  switch (health) {
    case UpstreamHealth::kOk:
      return v1::Upstream::WORKS;
    case UpstreamHealth::kDegraded:
      return v1::Upstream::SLOW;
    case UpstreamHealth::kDown:
      return v1::Upstream::DOWN;
    case UpstreamHealth::kTrying:
      return v1::Upstream::TRYING;
    case UpstreamHealth::kPlannedClosed:
      return v1::Upstream::PLANNED_CLOSED;
  }
  return v1::Upstream::STATE_UNSPECIFIED;
}

// A caller of a city with `MANUAL` is a counter, as `{office}/{counter}`.
std::string ProberName(CallerId const& prober) {
  auto const slash = prober.value.find('/');
  if (slash == std::string::npos) return {};
  return FormatCounter({prober.value.substr(0, slash)},
                       {prober.value.substr(slash + 1)});
}

std::string DateText(std::chrono::year_month_day date) {
  return absl::StrFormat("%04d-%02u-%02u", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()),
                         static_cast<unsigned>(date.day()));
}

}  // namespace

v1::Step ToProto(Step step) {
  v1::Step proto = v1::STEP_UNSPECIFIED;
  // One catalogue of codes: that of the domain.
  v1::Step_Parse(CodeOf(step), &proto);
  return proto;
}

std::optional<Step> FromProto(v1::Step step) {
  for (int i = 0; i <= static_cast<int>(Step::kReturnPapers); ++i) {
    if (ToProto(static_cast<Step>(i)) == step) return static_cast<Step>(i);
  }
  return std::nullopt;
}

std::optional<ParkReason> FromProto(v1::Renewal::Parking::Reason reason) {
  switch (reason) {
    case v1::Renewal::Parking::VISITOR:
      return ParkReason::kVisitor;
    case v1::Renewal::Parking::UPSTREAM:
      return ParkReason::kUpstream;
    case v1::Renewal::Parking::CUSTODY:
      return ParkReason::kCustody;
    default:
      return std::nullopt;
  }
}

v1::Renewal ToProto(RenewalCase const& renewal) {
  v1::Renewal proto;
  proto.set_name(FormatRenewal(renewal.office, renewal.id));
  proto.set_ticket(FormatTicket(renewal.office, renewal.ticket));
  proto.set_person(renewal.id.value.back() - '0');
  proto.set_state(ToProtoEnum<v1::Renewal::State>(renewal.state));
  proto.set_counter(renewal.counter.value);
  proto.set_row(renewal.plan.row);
  proto.set_outcome(renewal.plan.outcome);
  for (auto const step : PathOf(renewal.plan)) proto.add_path(ToProto(step));
  if (auto const next = NextStep(renewal); next && IsLive(renewal.state)) {
    proto.set_next_step(ToProto(*next));
  }
  for (auto const& record : renewal.steps) {
    *proto.add_steps() = StepToProto(record);
  }
  if (renewal.issuance) {
    *proto.mutable_issuance() = IssuanceToProto(*renewal.issuance);
  }
  if (renewal.parking) {
    *proto.mutable_parking() = ParkingToProto(*renewal.parking);
  }
  proto.set_ticket_lags(renewal.errand.has_value());
  proto.set_result(ResultToProto(renewal.result));
  proto.set_reason(renewal.reason);
  *proto.mutable_start_time() = rpc::TimeToProto(renewal.started);
  if (renewal.ended)
    *proto.mutable_end_time() = rpc::TimeToProto(*renewal.ended);
  proto.set_version(renewal.version);
  for (auto const text : ClosingTexts(renewal)) {
    proto.add_texts(std::string(text));
  }
  return proto;
}

v1::Advice ToProto(Decision const& decision) {
  v1::Advice proto;
  proto.set_row(std::string(CodeOf(decision.row)));
  proto.set_outcome(std::string(CodeOf(decision.outcome)));
  for (auto const text : decision.texts) {
    proto.add_texts(std::string(TextIdOf(text)));
  }
  for (auto const note : decision.notes) {
    auto const text = TextOf(note);
    // What the row says already is not said twice.
    auto const& said = decision.texts;
    if (std::find(said.begin(), said.end(), text) != said.end()) continue;
    proto.add_texts(std::string(TextIdOf(text)));
  }
  if (decision.date) proto.set_date(DateText(*decision.date));
  proto.set_service(ServiceIdOf(decision.service).value);
  proto.set_may_consult(decision.may_consult);
  for (auto const paper : decision.missing) {
    proto.add_missing(std::string(CodeOf(paper)));
  }
  proto.set_way_on(std::string(CodeOf(decision.way_on)));
  for (auto const fact : decision.staff_checks) {
    proto.add_staff_checks(std::string(CodeOf(fact)));
  }
  proto.set_user_cert_only(decision.user_cert_only);
  return proto;
}

v1::Upstream ToProto(KnownUpstream const& known, Connector connector) {
  auto const& breaker = known.record.breaker;
  v1::Upstream proto;
  proto.set_state(StateToProto(known.health));
  if (breaker.since != Timestamp()) {
    *proto.mutable_since_time() = rpc::TimeToProto(breaker.since);
  }
  proto.set_stretch(breaker.stretch);
  if (known.health == UpstreamHealth::kDown) {
    *proto.mutable_try_time() = rpc::TimeToProto(breaker.probe_from);
  }
  if (breaker.prober) proto.set_prober(ProberName(*breaker.prober));
  proto.set_connector(connector == Connector::kManual ? v1::Upstream::MANUAL
                                                      : v1::Upstream::RPC);
  proto.set_version(breaker.version);
  return proto;
}

std::optional<StaffPress> FromProto(v1::ReportUpstreamRequest::Press press) {
  switch (press) {
    case v1::ReportUpstreamRequest::DOWN:
      return StaffPress::kDown;
    case v1::ReportUpstreamRequest::SLOW:
      return StaffPress::kSlow;
    case v1::ReportUpstreamRequest::WORKS_AGAIN:
      return StaffPress::kWorksAgain;
    default:
      return std::nullopt;
  }
}

Answers FromProto(v1::Answers const& proto) {
  Answers answers;
  answers.who = AnswerOf<Who>(proto.who());
  answers.holder = AnswerOf<Holder>(proto.holder());
  answers.card = AnswerOf<CardPlace>(proto.card());
  answers.card_standing = AnswerOf<CardStanding>(proto.card_standing());
  answers.signing_cert = AnswerOf<CertStanding>(proto.signing_cert());
  answers.user_cert = AnswerOf<CertStanding>(proto.user_cert());
  answers.pin = AnswerOf<Pin>(proto.pin());
  answers.reply_form = AnswerOf<ReplyForm>(proto.reply_form());
  answers.photo_id = AnswerOf<YesNo>(proto.photo_id());
  answers.authority = AnswerOf<YesNo>(proto.authority());
  answers.signing_wish = AnswerOf<YesNo>(proto.signing_wish());
  answers.registered_here = AnswerOf<YesNo>(proto.registered_here());
  answers.stay_ending = AnswerOf<YesNo>(proto.stay_ending());
  answers.card_face_current = AnswerOf<YesNo>(proto.card_face_current());
  return answers;
}

}  // namespace madoguchi::renewal
