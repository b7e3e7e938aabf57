#include "services/renewal/rpc/authority_link.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <algorithm>
#include <cctype>
#include <utility>

namespace madoguchi::renewal {
namespace {

namespace pb = certification::v1;
using std::chrono::milliseconds;

// An authority that is back must be found before the next probe is due.
constexpr int kLongestReconnectMs = 2'000;

// A code as cases keep it: `CARD_NOT_VALID` is `card-not-valid`.
std::string CodeOf(pb::Issuance::Refusal refusal) {
  auto code = pb::Issuance::Refusal_Name(refusal);
  // One that this release does not know has no name.
  if (code.empty()) return "other";
  for (auto& letter : code) {
    letter = letter == '_' ? '-'
                           : static_cast<char>(std::tolower(
                                 static_cast<unsigned char>(letter)));
  }
  return code;
}

absl::StatusOr<AuthorityAnswer> AnswerIn(pb::Issuance const& issuance) {
  switch (issuance.outcome()) {
    case pb::Issuance::ISSUED:
      return AuthorityAnswer{AuthorityAnswer::Kind::kIssued, {}};
    case pb::Issuance::REFUSED:
      return AuthorityAnswer{AuthorityAnswer::Kind::kRefused,
                             CodeOf(issuance.refusal())};
    case pb::Issuance::PENDING:
      return AuthorityAnswer{AuthorityAnswer::Kind::kPending, {}};
    default:
      return absl::UnknownError("The authority gave no outcome.");
  }
}

absl::Status ToUnknown(grpc::Status const& status) {
  return {status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED
              ? absl::StatusCode::kDeadlineExceeded
              : absl::StatusCode::kUnavailable,
          status.error_message()};
}

absl::Status LinkClosed() {
  return absl::UnavailableError("This process ends.");
}

// What the authority's proto says of these: nothing was done. Everything else
// leaves it open.
bool SaysNothingWasDone(grpc::Status const& status) {
  return status.error_code() == grpc::StatusCode::FAILED_PRECONDITION ||
         status.error_code() == grpc::StatusCode::INVALID_ARGUMENT;
}

// One call under way.
template <typename Request, typename Response>
struct AuthorityCall {
  grpc::ClientContext context;
  Request request;
  Response response;
  Done<AuthorityAnswer> done;
};

void SetDeadline(grpc::ClientContext& context, MachineTime deadline) {
  context.set_deadline(std::chrono::system_clock::now() +
                       (deadline - std::chrono::steady_clock::now()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<AuthorityLink>> AuthorityLink::Make(
    std::string const& target) {
  if (target.find(':') == std::string::npos) {
    return absl::InvalidArgumentError("--authority is HOST:PORT.");
  }
  grpc::ChannelArguments arguments;
  // A call is sent once. gRPC would repeat some by itself.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestReconnectMs);
  return std::unique_ptr<AuthorityLink>(
      new AuthorityLink(grpc::CreateCustomChannel(
          target, grpc::InsecureChannelCredentials(), arguments)));
}

AuthorityLink::AuthorityLink(std::shared_ptr<grpc::Channel> channel)
    : channel_(std::move(channel)),
      stub_(pb::CertificationAuthority::NewStub(channel_)) {}

AuthorityLink::~AuthorityLink() { Close(milliseconds(0)); }

void AuthorityLink::Close(milliseconds patience) {
  auto const until = std::chrono::steady_clock::now() + patience;
  MutexLock const lock(mu_);
  closed_ = true;
  while (under_way_ != 0 &&
         idle_.wait_until(mu_, until) != std::cv_status::timeout) {
  }
  for (auto* const context : contexts_) context->TryCancel();
  while (under_way_ != 0) idle_.wait(mu_);
}

Connection AuthorityLink::Connect() {
  switch (channel_->GetState(/*try_to_connect=*/true)) {
    case GRPC_CHANNEL_READY:
      return Connection::kReady;
    case GRPC_CHANNEL_IDLE:
    case GRPC_CHANNEL_CONNECTING:
      return Connection::kConnecting;
    case GRPC_CHANNEL_TRANSIENT_FAILURE:
    case GRPC_CHANNEL_SHUTDOWN:
      break;
  }
  return Connection::kUnreachable;
}

void AuthorityLink::Issue(IssuanceOrder const& order, MachineTime deadline,
                          Done<AuthorityAnswer> done) {
  auto call =
      std::make_shared<AuthorityCall<pb::IssueRequest, pb::IssueResponse>>();
  SetDeadline(call->context, deadline);
  call->request.set_attempt_id(order.attempt.value);
  call->request.set_case_key(order.case_key);
  if (order.signing) call->request.add_certificates(pb::Issuance::SIGNING);
  if (order.user) call->request.add_certificates(pb::Issuance::USER);
  call->request.set_kind(order.is_new_issue ? pb::Issuance::NEW_ISSUE
                                            : pb::Issuance::RENEW);
  call->done = std::move(done);
  auto& context = call->context;
  if (!Begins(&context)) return call->done(LinkClosed());
  stub_->async()->Issue(
      &context, &call->request, &call->response,
      [this, call](grpc::Status const& status) mutable {
        Forget(&call->context);
        if (status.ok()) {
          call->done(AnswerIn(call->response.issuance()));
        } else if (SaysNothingWasDone(status)) {
          call->done(AuthorityAnswer{AuthorityAnswer::Kind::kNothing, {}});
        } else {
          call->done(ToUnknown(status));
        }
        // A channel must not be left to the thread of a callback.
        call.reset();
        Ended();
      });
}

void AuthorityLink::Find(AttemptId const& attempt, MachineTime deadline,
                         Done<AuthorityAnswer> done) {
  auto call =
      std::make_shared<AuthorityCall<pb::GetIssuanceRequest, pb::Issuance>>();
  SetDeadline(call->context, deadline);
  call->request.set_attempt_id(attempt.value);
  call->done = std::move(done);
  auto& context = call->context;
  if (!Begins(&context)) return call->done(LinkClosed());
  stub_->async()->GetIssuance(
      &context, &call->request, &call->response,
      [this, call](grpc::Status const& status) mutable {
        Forget(&call->context);
        if (status.ok()) {
          call->done(AnswerIn(call->response));
        } else if (status.error_code() == grpc::StatusCode::NOT_FOUND) {
          call->done(AuthorityAnswer{AuthorityAnswer::Kind::kNothing, {}});
        } else {
          call->done(ToUnknown(status));
        }
        // A channel must not be left to the thread of a callback.
        call.reset();
        Ended();
      });
}

bool AuthorityLink::Begins(grpc::ClientContext* context) {
  MutexLock const lock(mu_);
  if (closed_) return false;
  ++under_way_;
  contexts_.insert(context);
  return true;
}

void AuthorityLink::Forget(grpc::ClientContext* context) {
  MutexLock const lock(mu_);
  contexts_.erase(context);
}

void AuthorityLink::Ended() {
  MutexLock const lock(mu_);
  if (--under_way_ == 0) idle_.notify_all();
}

}  // namespace madoguchi::renewal
