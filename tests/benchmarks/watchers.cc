#include "tests/benchmarks/watchers.h"
#include "tests/benchmarks/channels.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/measure.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>
#include <algorithm>

namespace madoguchi::benchmark {

namespace v1 = ticketing::v1;
using std::chrono::steady_clock;

class Watchers::Stream : public grpc::ClientReadReactor<v1::OfficeUpdate> {
 public:
  Stream(Watchers& watchers, std::shared_ptr<grpc::Channel> const& channel)
      : watchers_(watchers), stub_(v1::DisplayService::NewStub(channel)) {
    request_.set_office(kOfficeName);
    stub_->async()->WatchOffice(&context_, &request_, this);
    StartRead(&update_);
    StartCall();
  }

  void Cancel() { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (update_.has_snapshot()) watchers_.SnapshotCame();
    if (update_.has_event() &&
        update_.event().kind() == v1::OfficeEvent::CALLED) {
      watchers_.CallCame();
    }
    StartRead(&update_);
  }

  void OnDone(grpc::Status const& /*status*/) override {
    watchers_.StreamEnded();
  }

 private:
  Watchers& watchers_;
  std::unique_ptr<v1::DisplayService::Stub> stub_;
  grpc::ClientContext context_;
  v1::WatchOfficeRequest request_;
  v1::OfficeUpdate update_;
};

Watchers::Watchers(std::string const& address, int channels, int streams_each) {
  for (int i = 0; i != channels; ++i) {
    auto const channel = Connect(address);
    for (int j = 0; j != streams_each; ++j) {
      streams_.push_back(std::make_unique<Stream>(*this, channel));
    }
  }
  MutexLock lock(mu_);
  while (snapshots_ < streams_.size()) changed_.wait(mu_);
}

Watchers::~Watchers() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
  }
  for (auto const& stream : streams_) stream->Cancel();
  MutexLock lock(mu_);
  while (ended_ < streams_.size()) changed_.wait(mu_);
}

void Watchers::Expect() {
  MutexLock lock(mu_);
  told_ = 0;
}

std::optional<MachineTime> Watchers::LastTold(std::chrono::milliseconds limit) {
  auto const until = steady_clock::now() + limit;
  MutexLock lock(mu_);
  while (told_ < streams_.size()) {
    if (changed_.wait_until(mu_, until) == std::cv_status::timeout) {
      return std::nullopt;
    }
  }
  return last_;
}

void Watchers::SnapshotCame() {
  MutexLock lock(mu_);
  if (++snapshots_ == streams_.size()) changed_.notify_all();
}

void Watchers::CallCame() {
  auto const now = steady_clock::now();
  MutexLock lock(mu_);
  last_ = std::max(last_, now);
  if (++told_ == streams_.size()) changed_.notify_all();
}

void Watchers::StreamEnded() {
  MutexLock lock(mu_);
  if (!stopping_) Die("a stream of WatchOffice ended");
  if (++ended_ == streams_.size()) changed_.notify_all();
}

}  // namespace madoguchi::benchmark
