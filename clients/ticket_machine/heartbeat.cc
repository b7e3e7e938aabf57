#include "clients/ticket_machine/heartbeat.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticket_machine {

HeartbeatLoop::HeartbeatLoop(Heartbeat& heartbeat,
                             std::function<MachineState()> state,
                             std::chrono::milliseconds interval)
    : heartbeat_(heartbeat), state_(std::move(state)), interval_(interval) {
  thread_ = std::thread([this] { Run(); });
}

HeartbeatLoop::~HeartbeatLoop() {
  {
    MutexLock const lock(mu_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void HeartbeatLoop::Run() {
  while (true) {
    auto const told = state_();
    heartbeat_.Tell(told);
    auto const next = std::chrono::steady_clock::now() + interval_;
    while (state_() == told && std::chrono::steady_clock::now() < next) {
      MutexLock const lock(mu_);
      if (stopping_) return;
      stop_.wait_for(mu_, std::min(kLook, interval_));
    }
    MutexLock const lock(mu_);
    if (stopping_) return;
  }
}

}  // namespace madoguchi::ticket_machine
