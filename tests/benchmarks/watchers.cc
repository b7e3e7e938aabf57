#include "tests/benchmarks/watchers.h"
#include "tests/benchmarks/channels.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/measure.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

namespace madoguchi::benchmark {

namespace v1 = ticketing::v1;

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
    if (update_.has_snapshot()) watchers_.told_.SnapshotCame();
    if (update_.has_event() &&
        update_.event().kind() == v1::OfficeEvent::CALLED) {
      watchers_.told_.CallCame();
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

Watchers::Watchers(std::string const& address, int channels, int streams_each)
    : told_(static_cast<std::size_t>(channels * streams_each)) {
  for (int i = 0; i != channels; ++i) {
    auto const channel = Connect(address);
    for (int j = 0; j != streams_each; ++j) {
      streams_.push_back(std::make_unique<Stream>(*this, channel));
    }
  }
  told_.AwaitSnapshots();
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

void Watchers::StreamEnded() {
  MutexLock lock(mu_);
  if (!stopping_) Die("a stream of WatchOffice ended");
  if (++ended_ == streams_.size()) changed_.notify_all();
}

}  // namespace madoguchi::benchmark
