#include "clients/ticket_machine/kiosk_feed.h"
#include "clients/ticket_machine/errors.h"
#include "services/rpc/status.h"
#include <utility>

namespace madoguchi::ticket_machine {

using kiosk::v1::KioskUpdate;

/// One page. The feed's list keeps it alive until gRPC is done with it.
class KioskFeed::Stream : public grpc::ServerWriteReactor<KioskUpdate> {
 public:
  explicit Stream(KioskFeed& feed) : feed_(feed) {}

  /// Has `update` written next, in the place of one that still waits.
  void Offer(Shared update) ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    next_ = std::move(update);
    Write();
  }

  /// Ends it once the write in flight is done.
  void End(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    if (ending_.ok()) ending_ = status;
    if (current_ == nullptr) FinishOnce();
  }

  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    current_ = nullptr;
    if (!ok && ending_.ok()) ending_ = absl::CancelledError();
    if (ending_.ok()) {
      Write();
    } else {
      FinishOnce();
    }
  }
  void OnCancel() override { End(absl::CancelledError()); }
  void OnDone() override ABSL_LOCKS_EXCLUDED(mu_) {
    {
      // Whoever destroys it, on whatever thread, comes after the last write.
      MutexLock const lock(mu_);
      next_ = nullptr;
    }
    feed_.Remove(this);
  }

 private:
  void Write() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (current_ != nullptr || next_ == nullptr || !ending_.ok()) return;
    current_ = std::exchange(next_, nullptr);
    StartWrite(current_.get());
  }
  void FinishOnce() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (finished_) return;
    finished_ = true;
    Finish(rpc::ToGrpcStatus(ending_));
  }

  KioskFeed& feed_;
  Mutex mu_;
  bool finished_ ABSL_GUARDED_BY(mu_) = false;
  absl::Status ending_ ABSL_GUARDED_BY(mu_);
  /// gRPC refers to it until the write is done.
  Shared current_ ABSL_GUARDED_BY(mu_);
  Shared next_ ABSL_GUARDED_BY(mu_);
};

KioskFeed::KioskFeed(Compose compose) : compose_(std::move(compose)) {
  thread_ = std::thread([this] { Run(); });
}

KioskFeed::~KioskFeed() {
  EndAll();
  {
    MutexLock const lock(mu_);
    while (!streams_.empty()) changed_.wait(mu_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

grpc::ServerWriteReactor<KioskUpdate>* KioskFeed::Follow() {
  auto const stream = std::make_shared<Stream>(*this);
  bool ended = false;
  {
    MutexLock const lock(mu_);
    streams_.push_back(stream);
    ended = ended_;
  }
  if (ended) {
    stream->End(error::MachineStopping());
  } else {
    stream->Offer(std::make_shared<KioskUpdate const>(compose_()));
  }
  return stream.get();
}

void KioskFeed::Wake() {
  {
    MutexLock const lock(mu_);
    woken_ = true;
  }
  changed_.notify_all();
}

void KioskFeed::EndAll() {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    MutexLock const lock(mu_);
    ended_ = true;
    streams = streams_;
  }
  for (auto const& stream : streams) stream->End(error::MachineStopping());
}

bool KioskFeed::has_pages() {
  MutexLock const lock(mu_);
  return !streams_.empty();
}

void KioskFeed::Remove(Stream const* stream) {
  std::shared_ptr<Stream> last;
  {
    MutexLock const lock(mu_);
    for (auto at = streams_.begin(); at != streams_.end(); ++at) {
      if (at->get() != stream) continue;
      // Its life ends behind the lock, unless the feed is just offering.
      last = std::move(*at);
      streams_.erase(at);
      break;
    }
    // Under the lock: whoever waits for the last may end the feed at once.
    changed_.notify_all();
  }
}

void KioskFeed::Run() {
  std::string told;
  auto next_beat = MachineTime::min();
  do {
    auto const update = std::make_shared<KioskUpdate const>(compose_());
    auto const now = std::chrono::steady_clock::now();
    auto bytes = update->SerializeAsString();
    if (bytes == told && now < next_beat) continue;
    told = std::move(bytes);
    next_beat = now + kBeat;
    std::vector<std::shared_ptr<Stream>> streams;
    {
      MutexLock const lock(mu_);
      streams = streams_;
    }
    for (auto const& stream : streams) stream->Offer(update);
  } while (Wait());
}

bool KioskFeed::Wait() {
  MutexLock const lock(mu_);
  auto const until = std::chrono::steady_clock::now() + kLook;
  while (!woken_ && !stopping_) {
    if (changed_.wait_until(mu_, until) == std::cv_status::timeout) break;
  }
  woken_ = false;
  return !stopping_;
}

}  // namespace madoguchi::ticket_machine
