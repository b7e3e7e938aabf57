#include "services/ticketing/rpc/feed_stream.h"
#include "services/rpc/status.h"
#include "services/ticketing/domain/errors.h"
#include <chrono>

namespace madoguchi::ticketing {

void FeedStream::Begin(OfficeFeed& feed) {
  self_ = shared_from_this();
  feed.Register(weak_from_this());
  streams_.Add(shared_from_this());
  Pump();
}

void FeedStream::Refuse(absl::Status const& status) {
  self_ = shared_from_this();
  streams_.Add(shared_from_this());
  MutexLock lock(mu_);
  FinishOnce(status);
}

void FeedStream::End(absl::Status const& status) {
  MutexLock lock(mu_);
  ending_ = status;
  if (!writing_ && !reading_) FinishOnce(ending_);
}

void FeedStream::Pump() {
  bool read = false;
  {
    MutexLock lock(mu_);
    if (finished_ || writing_ || reading_) return;
    if (!ending_.ok()) return FinishOnce(ending_);
    auto next = Next();
    if (!next.status.ok()) return FinishOnce(next.status);
    if (next.behind) {
      reading_ = true;
      read = true;
    } else if (next.update != nullptr) {
      writing_ = true;
      write_began_ = std::chrono::steady_clock::now();
      current_ = std::move(next.update);
      StartWrite(&current_->bytes);
    }
  }
  if (read) ReadLog();
}

void FeedStream::ReadDone() {
  {
    MutexLock lock(mu_);
    reading_ = false;
    if (cancelled_) return FinishOnce(absl::CancelledError());
  }
  Pump();
}

void FeedStream::OnTick(MachineTime now) {
  MutexLock lock(mu_);
  if (!writing_ || now - write_began_ < kLongestWrite) return;
  // The write hangs on a reader that takes nothing; only a reset ends it.
  ending_ = error::WatcherTooSlow();
  context_->TryCancel();
}

void FeedStream::OnWriteDone(bool ok) {
  {
    MutexLock lock(mu_);
    writing_ = false;
    current_ = nullptr;
    if (!ok) {
      return FinishOnce(ending_.ok() ? absl::CancelledError() : ending_);
    }
  }
  Pump();
}

void FeedStream::OnCancel() {
  MutexLock lock(mu_);
  cancelled_ = true;
  if (!writing_ && !reading_) FinishOnce(absl::CancelledError());
}

void FeedStream::FinishOnce(absl::Status const& status) {
  if (finished_) return;
  finished_ = true;
  Finish(rpc::ToGrpcStatus(status));
}

void FeedStream::OnDone() {
  streams_.Remove(this);
  // Ends the life of this stream, unless a feed is just telling it something.
  auto const last = std::move(self_);
}

}  // namespace madoguchi::ticketing
