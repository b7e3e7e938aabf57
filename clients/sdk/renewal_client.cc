#include "clients/sdk/renewal_client.h"
#include <chrono>
#include <utility>

namespace madoguchi::sdk {

using renewal::v1::RenewalService;

RenewalClient::RenewalClient(ClientOptions options)
    : options_(options), replicas_(std::move(options)) {}

#define MADOGUCHI_DEFINE(Method)                                              \
  absl::StatusOr<renewal::v1::Method##Response> RenewalClient::Method(        \
      renewal::v1::Method##Request request) {                                 \
    return replicas_.Call(&RenewalService::Stub::Method, std::move(request)); \
  }
MADOGUCHI_RENEWAL_METHODS(MADOGUCHI_DEFINE)
#undef MADOGUCHI_DEFINE

absl::StatusOr<renewal::v1::Renewal> RenewalClient::GetRenewal(
    renewal::v1::GetRenewalRequest request) {
  return replicas_.Call(&RenewalService::Stub::GetRenewal, std::move(request));
}

absl::StatusOr<renewal::v1::Upstream> RenewalClient::LookAtUpstream(
    std::string const& office) {
  absl::Status last = absl::InvalidArgumentError("No target to call.");
  for (auto const& target : options_.targets) {
    auto const stub = RenewalService::NewStub(MakeChannel(options_, target));
    grpc::ClientContext context;
    context.set_deadline(GrpcDeadline(std::chrono::steady_clock::now() +
                                      options_.attempt_timeout));
    ShowToken(options_.token, context);
    renewal::v1::WatchUpstreamRequest request;
    request.set_parent(office);
    auto const reader = stub->WatchUpstream(&context, request);
    renewal::v1::Upstream upstream;
    bool const answered = reader->Read(&upstream);
    if (answered) context.TryCancel();
    renewal::v1::Upstream later;
    while (reader->Read(&later)) {
    }
    last = FromGrpcStatus(reader->Finish());
    if (answered) return upstream;
    if (!IsOutcomeUnknown(last)) return last;
  }
  return last;
}

}  // namespace madoguchi::sdk
