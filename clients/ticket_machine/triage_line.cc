#include "clients/ticket_machine/triage_line.h"
#include "clients/sdk/channel.h"
#include "clients/sdk/token.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include <grpcpp/client_context.h>
#include <chrono>
#include <future>
#include <utility>

namespace madoguchi::ticket_machine {

using renewal::v1::RenewalService;

namespace {

// A visitor looks at the screen all that time.
constexpr std::chrono::milliseconds kPatience{1'500};

// One name that leads to all of `targets`, as far as gRPC has one: it knows
// lists of addresses, and no lists of names.
std::string TargetOf(std::vector<std::string> const& targets) {
  if (targets.size() == 1) return targets.front();
  auto const& first = targets.front();
  bool const is_v6 = absl::StartsWith(first, "[");
  return (is_v6 ? "ipv6:" : "ipv4:") + absl::StrJoin(targets, ",");
}

}  // namespace

struct TriageLine::Call {
  grpc::ClientContext context;
  renewal::v1::TriageRequest request;
  Next response;
  std::function<void(Next)> done;
};

bool AsksBefore(std::string_view service) {
  return service == "renew_self" || service == "renew_pin_reset" ||
         service == "renew_proxy";
}

TriageLine::TriageLine(sdk::ClientOptions const& options, std::string office)
    : token_(options.token), office_(std::move(office)) {
  if (options.targets.empty()) return;
  stub_ = RenewalService::NewStub(
      sdk::MakeChannel(options, TargetOf(options.targets)));
}

TriageLine::~TriageLine() = default;

void TriageLine::Ask(Said const& said, std::function<void(Next)> done) {
  if (stub_ == nullptr) return done({});
  auto call = std::make_shared<Call>();
  call->context.set_deadline(
      sdk::GrpcDeadline(std::chrono::steady_clock::now() + kPatience));
  sdk::ShowToken(token_, call->context);
  call->request.set_parent(office_);
  for (auto const& given : said.answers) *call->request.add_answers() = given;
  call->request.set_talk_to_staff(said.talk_to_staff);
  call->done = std::move(done);
  // What went wrong is renewal's to log: here there is nothing to do about it.
  stub_->async()->Triage(
      &call->context, &call->request, &call->response,
      [call](grpc::Status const& status) {
        call->done(status.ok() ? std::move(call->response) : Next());
      });
}

TriageLine::Next TriageLine::AskAndWait(Said const& said) {
  std::promise<Next> answered;
  auto answer = answered.get_future();
  Ask(said, [&answered](Next next) { answered.set_value(std::move(next)); });
  return answer.get();
}

}  // namespace madoguchi::ticket_machine
