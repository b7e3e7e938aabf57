#include "clients/replay/upstream_board.h"
#include "clients/sdk/channel.h"
#include <chrono>
#include <cstddef>
#include <utility>

namespace madoguchi::replay {
namespace {

/// Between a watch that was lost and the next, in machine time.
constexpr std::chrono::milliseconds kPause{200};

}  // namespace

UpstreamBoard::UpstreamBoard(std::vector<std::string> const& targets,
                             std::string parent)
    : parent_(std::move(parent)) {
  for (auto const& target : targets) {
    stubs_.push_back(renewal::v1::RenewalService::NewStub(
        sdk::MakeChannel(sdk::ClientOptions(), target)));
  }
  now_.set_state(renewal::v1::Upstream::WORKS);
  thread_ = std::thread([this] { Watch(); });
}

UpstreamBoard::~UpstreamBoard() {
  {
    MutexLock const lock(mu_);
    stopping_ = true;
    if (watching_ != nullptr) watching_->TryCancel();
  }
  thread_.join();
}

renewal::v1::Upstream UpstreamBoard::Now() const {
  MutexLock const lock(mu_);
  return now_;
}

void UpstreamBoard::Watch() {
  renewal::v1::WatchUpstreamRequest request;
  request.set_parent(parent_);
  for (std::size_t turn = 0;; ++turn) {
    grpc::ClientContext context;
    {
      MutexLock const lock(mu_);
      if (stopping_) return;
      watching_ = &context;
    }
    auto const reader =
        stubs_[turn % stubs_.size()]->WatchUpstream(&context, request);
    renewal::v1::Upstream heard;
    while (reader->Read(&heard)) {
      MutexLock const lock(mu_);
      now_ = heard;
    }
    static_cast<void>(reader->Finish());
    {
      MutexLock const lock(mu_);
      watching_ = nullptr;
      if (stopping_) return;
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace madoguchi::replay
