#include "services/renewal/rpc/renewal_handlers.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/case_plan_of.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/rpc/convert.h"
#include "services/renewal/rpc/names.h"
#include "services/renewal/rpc/upstream_stream.h"
#include "services/rpc/admission.h"
#include "services/rpc/proto_time.h"
#include "services/rpc/raw_request.h"
#include "services/rpc/unary_call.h"
#include "absl/status/statusor.h"
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace madoguchi::renewal {
namespace {

constexpr char kMethodPath[] = "/madoguchi.renewal.v1.RenewalService/";
constexpr int kMostPerPage = 100;

rpc::MethodMetrics MetricsOf(prometheus::Registry& metrics,
                             std::string const& method) {
  return {metrics, kMethodPath + method};
}

// What every press on a case has.
template <typename Request>
absl::StatusOr<CasePress> ParsePress(grpc::CallbackServerContext const& context,
                                     Request const& request) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const name,
                             ParseRenewal("name", request.name()));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const counter,
                             ParseCounter("counter", request.counter()));
  if (counter.first != name.first) return error::CaseNotFound(name.second);
  return CasePress{{name.first,
                    counter.second,
                    {request.staff()},
                    request.request_id(),
                    rpc::DeviceOf(context)},
                   name.second,
                   request.expected_version()};
}

// Runs `run(press, deadline, done)` for a method that answers the case.
template <typename Request, typename Response, typename Run>
grpc::ServerUnaryReactor* RunCaseMethod(grpc::CallbackServerContext* context,
                                        Request const& request,
                                        Response* response,
                                        rpc::MethodMetrics& metrics, Run run) {
  rpc::UnaryCall call(context, response, metrics);
  auto const press = ParsePress(*context, request);
  if (!press.ok()) return call.Refuse(press.status());
  run(*press, call.deadline(),
      [call](absl::StatusOr<RenewalCase> const& renewal) {
        if (!renewal.ok()) return call.Finish(renewal.status());
        *call.response().mutable_renewal() = ToProto(*renewal);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

std::optional<Finding> FindingOf(v1::RecordStepRequest::Event event) {
  switch (event) {
    case v1::RecordStepRequest::ISSUED:
      return Finding::kIssued;
    case v1::RecordStepRequest::REFUSED:
      return Finding::kRefused;
    case v1::RecordStepRequest::NOT_ISSUED:
      return Finding::kNotIssued;
    case v1::RecordStepRequest::UNCLEAR:
      return Finding::kUnclear;
    default:
      return std::nullopt;
  }
}

WrongPin WrongPinOf(v1::RecordStepRequest const& request) {
  return {request.pin_kind() == v1::RecordStepRequest::SIGNING
              ? PinKind::kSigning
              : PinKind::kFourDigits,
          request.wrong_tries()};
}

// Which of the desk's commands a step with its event is.
void RunRecord(RenewalDesk& desk, v1::RecordStepRequest const& request,
               CasePress const& press, MachineTime deadline,
               Done<RenewalCase> done) {
  auto const step = FromProto(request.step());
  if (!step) return done(error::EventInvalid());
  if (auto const finding = FindingOf(request.event())) {
    if (*step != Step::kIssue) return done(error::EventInvalid());
    return desk.TakeFinding(press, {request.attempt()}, *finding,
                            request.refusal(), deadline, std::move(done));
  }
  switch (request.event()) {
    case v1::RecordStepRequest::DONE:
      return desk.Record(press, *step, deadline, std::move(done));
    case v1::RecordStepRequest::WRONG_PIN:
      if (*step != Step::kEnterPin || request.wrong_tries() < 0) break;
      return desk.NoteWrongPin(press, WrongPinOf(request), deadline,
                               std::move(done));
    case v1::RecordStepRequest::RESET_CHOSEN:
      if (*step != Step::kEnterPin) break;
      return desk.ChooseReset(press, deadline, std::move(done));
    default:
      break;
  }
  done(error::EventInvalid());
}

void AddAdvice(WrongPinAdvice const& advice, v1::RecordStepResponse& response) {
  response.set_offer_reset(advice.offer_reset);
  for (auto const text : advice.texts) {
    response.add_texts(std::string(TextIdOf(text)));
  }
}

absl::StatusOr<OfficeId> OfficeOf(grpc::ByteBuffer const& bytes) {
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const request,
      rpc::ParseRawRequest<v1::WatchUpstreamRequest>(bytes));
  return ParseOffice("parent", request.parent());
}

v1::TriageResponse::Question QuestionToProto(Question question) {
  v1::TriageResponse::Question proto;
  proto.set_question(std::string(CodeOf(question)));
  for (auto const choice : ChoicesOf(question)) {
    proto.add_choices(std::string(CodeOf(choice)));
  }
  return proto;
}

}  // namespace

RenewalHandlers::RenewalHandlers(RenewalDesk& desk, TriageDesk const& triage,
                                 UpstreamDesk& upstream, UpstreamFeed& feed,
                                 City const& city,
                                 prometheus::Registry& metrics)
    : desk_(desk),
      triage_(triage),
      upstream_(upstream),
      feed_(feed),
      city_(city),
      triage_metrics_(MetricsOf(metrics, "Triage")),
      start_(MetricsOf(metrics, "StartRenewal")),
      record_(MetricsOf(metrics, "RecordStep")),
      request_(MetricsOf(metrics, "RequestIssuance")),
      park_(MetricsOf(metrics, "ParkRenewal")),
      resume_(MetricsOf(metrics, "ResumeRenewal")),
      finish_(MetricsOf(metrics, "FinishRenewal")),
      abandon_(MetricsOf(metrics, "AbandonRenewal")),
      get_(MetricsOf(metrics, "GetRenewal")),
      list_(MetricsOf(metrics, "ListRenewals")),
      report_(MetricsOf(metrics, "ReportUpstream")) {}

grpc::ServerUnaryReactor* RenewalHandlers::Triage(
    grpc::CallbackServerContext* context, v1::TriageRequest const* request,
    v1::TriageResponse* response) {
  rpc::UnaryCall call(context, response, triage_metrics_);
  auto const office = ParseOffice("parent", request->parent());
  if (!office.ok()) return call.Refuse(office.status());
  std::vector<GivenAnswer> answers;
  for (auto const& given : request->answers()) {
    answers.push_back({given.question(), given.choice()});
  }
  auto const next = triage_.Ask(*office, answers, request->talk_to_staff());
  if (!next.ok()) return call.Refuse(next.status());
  if (auto const* const question = std::get_if<Question>(&*next)) {
    *response->mutable_question() = QuestionToProto(*question);
  } else {
    *response->mutable_advice() = ToProto(std::get<Decision>(*next));
  }
  call.Finish(absl::OkStatus());
  return call.reactor();
}

grpc::ServerUnaryReactor* RenewalHandlers::StartRenewal(
    grpc::CallbackServerContext* context,
    v1::StartRenewalRequest const* request,
    v1::StartRenewalResponse* response) {
  rpc::UnaryCall call(context, response, start_);
  auto const ticket = ParseTicket("ticket", request->ticket());
  if (!ticket.ok()) return call.Refuse(ticket.status());
  auto const counter = ParseCounter("counter", request->counter());
  if (!counter.ok()) return call.Refuse(counter.status());
  if (counter->first != ticket->first) {
    return call.Refuse(error::CounterNotFound(counter->second));
  }
  auto const answers = FromProto(request->answers());
  auto const rules = desk_.SettingsOf(ticket->first).rules;
  // Whoever is being served was let in.
  auto const decision = Decide(answers, Circumstances(), rules);
  Press const press{ticket->first,
                    counter->second,
                    {request->staff()},
                    request->request_id(),
                    rpc::DeviceOf(*context)};
  desk_.Start(press, ticket->second, request->person(),
              PlanOf(decision, answers, rules), call.deadline(),
              [call, decision](absl::StatusOr<RenewalCase> const& renewal) {
                if (!renewal.ok()) return call.Finish(renewal.status());
                *call.response().mutable_renewal() = ToProto(*renewal);
                *call.response().mutable_advice() = ToProto(decision);
                call.Finish(absl::OkStatus());
              });
  return call.reactor();
}

grpc::ServerUnaryReactor* RenewalHandlers::RecordStep(
    grpc::CallbackServerContext* context, v1::RecordStepRequest const* request,
    v1::RecordStepResponse* response) {
  rpc::UnaryCall call(context, response, record_);
  auto const press = ParsePress(*context, *request);
  if (!press.ok()) return call.Refuse(press.status());
  RunRecord(desk_, *request, *press, call.deadline(),
            [this, request, call](absl::StatusOr<RenewalCase> const& renewal) {
              if (!renewal.ok()) return call.Finish(renewal.status());
              *call.response().mutable_renewal() = ToProto(*renewal);
              if (request->event() == v1::RecordStepRequest::WRONG_PIN) {
                AddAdvice(AdviceAfter(WrongPinOf(*request), *renewal,
                                      desk_.SettingsOf(renewal->office).rules),
                          call.response());
              }
              call.Finish(absl::OkStatus());
            });
  return call.reactor();
}

grpc::ServerUnaryReactor* RenewalHandlers::RequestIssuance(
    grpc::CallbackServerContext* context,
    v1::RequestIssuanceRequest const* request,
    v1::RequestIssuanceResponse* response) {
  return RunCaseMethod(context, *request, response, request_,
                       [this](CasePress const& press, MachineTime deadline,
                              Done<RenewalCase> done) {
                         desk_.RequestIssuance(press, deadline,
                                               std::move(done));
                       });
}

grpc::ServerUnaryReactor* RenewalHandlers::ParkRenewal(
    grpc::CallbackServerContext* context, v1::ParkRenewalRequest const* request,
    v1::ParkRenewalResponse* response) {
  return RunCaseMethod(
      context, *request, response, park_,
      [this, request](CasePress const& press, MachineTime deadline,
                      Done<RenewalCase> done) {
        auto const reason = FromProto(request->reason());
        if (!reason) return done(error::EventInvalid());
        std::optional<Timestamp> until;
        if (request->has_until_time())
          until = rpc::TimeFromProto(request->until_time());
        desk_.Park(press, *reason, until, deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* RenewalHandlers::ResumeRenewal(
    grpc::CallbackServerContext* context,
    v1::ResumeRenewalRequest const* request,
    v1::ResumeRenewalResponse* response) {
  return RunCaseMethod(context, *request, response, resume_,
                       [this](CasePress const& press, MachineTime deadline,
                              Done<RenewalCase> done) {
                         desk_.Resume(press, deadline, std::move(done));
                       });
}

grpc::ServerUnaryReactor* RenewalHandlers::FinishRenewal(
    grpc::CallbackServerContext* context,
    v1::FinishRenewalRequest const* request,
    v1::FinishRenewalResponse* response) {
  return RunCaseMethod(
      context, *request, response, finish_,
      [this, request](CasePress const& press, MachineTime deadline,
                      Done<RenewalCase> done) {
        desk_.Finish(press, request->complete_ticket(), deadline,
                     std::move(done));
      });
}

grpc::ServerUnaryReactor* RenewalHandlers::AbandonRenewal(
    grpc::CallbackServerContext* context,
    v1::AbandonRenewalRequest const* request,
    v1::AbandonRenewalResponse* response) {
  return RunCaseMethod(
      context, *request, response, abandon_,
      [this, request](CasePress const& press, MachineTime deadline,
                      Done<RenewalCase> done) {
        desk_.Abandon(press, request->reason(), deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* RenewalHandlers::GetRenewal(
    grpc::CallbackServerContext* context, v1::GetRenewalRequest const* request,
    v1::Renewal* response) {
  rpc::UnaryCall call(context, response, get_);
  auto const name = ParseRenewal("name", request->name());
  if (!name.ok()) return call.Refuse(name.status());
  desk_.Get(name->first, name->second, call.deadline(),
            [call](absl::StatusOr<RenewalCase> const& renewal) {
              if (!renewal.ok()) return call.Finish(renewal.status());
              call.response() = ToProto(*renewal);
              call.Finish(absl::OkStatus());
            });
  return call.reactor();
}

grpc::ServerUnaryReactor* RenewalHandlers::ListRenewals(
    grpc::CallbackServerContext* context,
    v1::ListRenewalsRequest const* request,
    v1::ListRenewalsResponse* response) {
  rpc::UnaryCall call(context, response, list_);
  auto const office = ParseOffice("parent", request->parent());
  if (!office.ok()) return call.Refuse(office.status());
  int const size = request->page_size() <= 0
                       ? kMostPerPage
                       : std::min(request->page_size(), kMostPerPage);
  auto answer = [call, size](
                    absl::StatusOr<std::vector<RenewalCase>> const& cases,
                    bool is_paged) {
    if (!cases.ok()) return call.Finish(cases.status());
    for (auto const& renewal : *cases) {
      *call.response().add_renewals() = ToProto(renewal);
    }
    if (is_paged && cases->size() == static_cast<std::size_t>(size)) {
      call.response().set_next_page_token(cases->back().id.value);
    }
    call.Finish(absl::OkStatus());
  };
  if (!request->ticket().empty()) {
    auto const ticket = ParseTicket("ticket", request->ticket());
    if (!ticket.ok()) return call.Refuse(ticket.status());
    desk_.ListOfTicket(
        ticket->first, ticket->second, call.deadline(),
        [answer](absl::StatusOr<std::vector<RenewalCase>> const& cases) {
          answer(cases, /*is_paged=*/false);
        });
    return call.reactor();
  }
  auto const& token = request->page_token();
  if (!token.empty() && !TicketOf({token})) {
    return call.Refuse(error::PageTokenInvalid());
  }
  desk_.ListLive(
      *office, {token}, size, call.deadline(),
      [answer](absl::StatusOr<std::vector<RenewalCase>> const& cases) {
        answer(cases, /*is_paged=*/true);
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* RenewalHandlers::ReportUpstream(
    grpc::CallbackServerContext* context,
    v1::ReportUpstreamRequest const* request,
    v1::ReportUpstreamResponse* response) {
  rpc::UnaryCall call(context, response, report_);
  auto const counter = ParseCounter("counter", request->counter());
  if (!counter.ok()) return call.Refuse(counter.status());
  auto const button = FromProto(request->press());
  if (!button) return call.Refuse(error::EventInvalid());
  Press const press{counter->first,
                    counter->second,
                    {request->staff()},
                    request->request_id(),
                    rpc::DeviceOf(*context)};
  upstream_.PressButton(press, *button, call.deadline(),
                        [this, call, office = counter->first](
                            absl::StatusOr<UpstreamRecord> const& record) {
                          if (!record.ok()) return call.Finish(record.status());
                          auto const upstream = feed_.Now(office, *record);
                          *call.response().mutable_upstream() = upstream;
                          call.Finish(absl::OkStatus());
                        });
  return call.reactor();
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* RenewalHandlers::WatchUpstream(
    grpc::CallbackServerContext* context, grpc::ByteBuffer const* bytes) {
  auto const office = OfficeOf(*bytes);
  auto const stream = std::make_shared<UpstreamStream>(
      context, feed_, office.value_or(OfficeId()));
  if (!office.ok()) {
    stream->Refuse(office.status());
  } else if (city_.FindOffice(*office) == nullptr) {
    stream->Refuse(error::OfficeNotFound(*office));
  } else {
    stream->Begin();
  }
  return stream.get();
}

}  // namespace madoguchi::renewal
