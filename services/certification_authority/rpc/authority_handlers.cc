#include "services/certification_authority/rpc/authority_handlers.h"
#include "services/certification_authority/rpc/convert.h"
#include "services/rpc/unary_call.h"
#include <utility>

namespace madoguchi::certification_authority {

AuthorityHandlers::AuthorityHandlers(prometheus::Registry& metrics,
                                     AuthorityDesk& desk)
    : desk_(desk),
      issue_(metrics, "Issue"),
      get_issuance_(metrics, "GetIssuance"),
      get_status_(metrics, "GetStatus") {}

grpc::ServerUnaryReactor* AuthorityHandlers::Issue(
    grpc::CallbackServerContext* context, v1::IssueRequest const* request,
    v1::IssueResponse* response) {
  rpc::UnaryCall call(context, response, issue_);
  auto order = ParseOrder(*request);
  if (!order.ok()) return call.Refuse(order.status());
  desk_.Issue(
      *std::move(order), call.deadline(),
      // The context lives until the call is finished, which comes after this.
      [context] { return !context->IsCancelled(); },
      [call](absl::StatusOr<Issuance> const& issuance) {
        if (!issuance.ok()) return call.Finish(issuance.status());
        *call.response().mutable_issuance() = ToProto(*issuance);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* AuthorityHandlers::GetIssuance(
    grpc::CallbackServerContext* context, v1::GetIssuanceRequest const* request,
    v1::Issuance* response) {
  rpc::UnaryCall call(context, response, get_issuance_);
  auto attempt = ParseAttemptId(request->attempt_id());
  if (!attempt.ok()) return call.Refuse(attempt.status());
  desk_.Get(*std::move(attempt), call.deadline(),
            [call](absl::StatusOr<Issuance> const& issuance) {
              if (!issuance.ok()) return call.Finish(issuance.status());
              call.response() = ToProto(*issuance);
              call.Finish(absl::OkStatus());
            });
  return call.reactor();
}

grpc::ServerUnaryReactor* AuthorityHandlers::GetStatus(
    grpc::CallbackServerContext* context, v1::GetStatusRequest const*,
    v1::GetStatusResponse* response) {
  rpc::UnaryCall call(context, response, get_status_);
  *response = ToProto(desk_.Status());
  call.Finish(absl::OkStatus());
  return call.reactor();
}

}  // namespace madoguchi::certification_authority
