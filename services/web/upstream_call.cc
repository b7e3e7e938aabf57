#include "services/web/upstream_call.h"
#include "services/web/metadata.h"
#include <grpc/support/time.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/slice.h>
#include <map>
#include <string>
#include <utility>

namespace madoguchi::web {
namespace {

using Bytes = grpc::ByteBuffer;
using Multimap = std::multimap<grpc::string_ref, grpc::string_ref>;

std::string TextOf(grpc::string_ref text) { return {text.data(), text.size()}; }

Headers HeadersOf(Multimap const& metadata) {
  Headers headers;
  for (auto const& [key, value] : metadata) {
    auto name = TextOf(key);
    if (!MayBecomeHeader(name)) continue;
    headers.emplace_back(std::move(name), TextOf(value));
  }
  return headers;
}

}  // namespace

std::shared_ptr<UpstreamCall> UpstreamCall::Start(
    std::shared_ptr<grpc::Channel> const& channel, CallHead const& head,
    std::string_view message, std::function<void()> on_news) {
  std::shared_ptr<UpstreamCall> call(new UpstreamCall(std::move(on_news)));
  {
    MutexLock lock(call->mu_);
    call->self_ = call;
  }
  for (auto const& [name, value] : head.metadata) {
    call->context_.AddMetadata(name, value);
  }
  if (head.timeout) {
    // Not by the system's clock, which may be set while the call is under way.
    call->context_.set_deadline(
        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                     gpr_time_from_nanos(head.timeout->count(), GPR_TIMESPAN)));
  }
  grpc::Slice const slice(message.data(), message.size());
  call->request_ = Bytes(&slice, 1);
  grpc::TemplatedGenericStub<Bytes, Bytes>(channel).PrepareBidiStreamingCall(
      &call->context_, head.method, grpc::StubOptions(), call.get());
  // Reads are started outside of gRPC's own callbacks, which it must be told.
  call->AddHold();
  call->StartWriteLast(&call->request_, grpc::WriteOptions());
  call->StartRead(&call->reading_);
  call->StartCall();
  return call;
}

UpstreamCall::News UpstreamCall::Take() {
  MutexLock lock(mu_);
  if (!has_begun_ && !news_.ended) return {};
  return std::exchange(news_, News());
}

void UpstreamCall::ReadOn() { StartRead(&reading_); }

void UpstreamCall::OnReadInitialMetadataDone(bool ok) {
  MutexLock lock(mu_);
  has_begun_ = true;
  // Otherwise the call fails, and OnDone says how.
  if (ok) news_.began = HeadersOf(context_.GetServerInitialMetadata());
  on_news_();
}

void UpstreamCall::OnReadDone(bool ok) {
  if (!ok) return RemoveHold();
  MutexLock lock(mu_);
  news_.message = std::exchange(reading_, Bytes());
  on_news_();
}

void UpstreamCall::OnDone(grpc::Status const& status) {
  MutexLock lock(mu_);
  news_.ended = CallStatus{static_cast<int>(status.error_code()),
                           status.error_message(), status.error_details()};
  news_.trailers = HeadersOf(context_.GetServerTrailingMetadata());
  on_news_();
  // Neither what this holds nor we must end on this thread, and so before the
  // owner can see that the call has ended: the channel may go with us, and gRPC
  // then waits for its threads, of which this is one.
  on_news_ = nullptr;
  self_ = nullptr;
}

}  // namespace madoguchi::web
