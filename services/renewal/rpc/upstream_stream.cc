#include "services/renewal/rpc/upstream_stream.h"
#include "services/rpc/status.h"
#include <grpcpp/support/slice.h>
#include <utility>

namespace madoguchi::renewal {

void UpstreamStream::Begin() {
  self_ = shared_from_this();
  feed_.Add(self_);
  Look();
}

void UpstreamStream::Refuse(absl::Status const& status) {
  self_ = shared_from_this();
  MutexLock const lock(mu_);
  FinishOnce(status);
}

void UpstreamStream::End(absl::Status const& status) {
  MutexLock const lock(mu_);
  ending_ = status;
  if (!writing_) FinishOnce(ending_);
}

void UpstreamStream::Look() {
  MutexLock const lock(mu_);
  if (finished_) return;
  auto const now = feed_.MachineNow();
  if (writing_) {
    // The write hangs on a reader that takes nothing; only a reset ends it.
    if (now - written_ > kLongestWrite) context_->TryCancel();
    return;
  }
  if (!ending_.ok()) return FinishOnce(ending_);
  auto upstream = feed_.Now(office_);
  if (!upstream.ok()) return FinishOnce(upstream.status());
  auto bytes = upstream->SerializeAsString();
  if (has_written_ && bytes == last_ && now - written_ < kAgainAfter) return;
  has_written_ = true;
  writing_ = true;
  written_ = now;
  last_ = std::move(bytes);
  grpc::Slice const slice(last_);
  current_ = grpc::ByteBuffer(&slice, 1);
  StartWrite(&current_);
}

void UpstreamStream::OnWriteDone(bool ok) {
  {
    MutexLock const lock(mu_);
    writing_ = false;
    if (!ok) {
      return FinishOnce(ending_.ok() ? absl::CancelledError() : ending_);
    }
  }
  // What changed meanwhile.
  Look();
}

void UpstreamStream::OnCancel() {
  MutexLock const lock(mu_);
  if (!writing_) FinishOnce(absl::CancelledError());
}

void UpstreamStream::FinishOnce(absl::Status const& status) {
  if (finished_) return;
  finished_ = true;
  Finish(rpc::ToGrpcStatus(status));
}

void UpstreamStream::OnDone() {
  feed_.Remove(this);
  // Ends the life of this stream, unless the feed is just telling it something.
  auto const last = std::move(self_);
}

}  // namespace madoguchi::renewal
