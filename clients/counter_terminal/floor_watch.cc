#include "clients/counter_terminal/floor_watch.h"
#include <mutex>
#include <utility>

namespace madoguchi::counter_terminal {

FloorWatch::FloorWatch(CounterCalls& calls, std::string office,
                       FloorBoard& board)
    : calls_(calls),
      office_(std::move(office)),
      board_(board),
      thread_([this] { Run(); }) {}

FloorWatch::~FloorWatch() {
  {
    MutexLock const lock(mu_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void FloorWatch::Wake() {
  {
    MutexLock const lock(mu_);
    woken_ = true;
  }
  changed_.notify_all();
}

void FloorWatch::Run() {
  do {
    auto lists = LookAtFloor(calls_, office_, std::chrono::steady_clock::now());
    // A failed look leaves the lists as they are; the screen says how old.
    if (lists.ok()) board_.Put(*std::move(lists));
  } while (Wait());
}

bool FloorWatch::Wait() ABSL_NO_THREAD_SAFETY_ANALYSIS {
  std::unique_lock<Mutex> lock(mu_);
  changed_.wait_for(lock, kAtMostEach, [this] { return ending_; });
  changed_.wait_for(lock, kAtLeastEach - kAtMostEach,
                    [this] { return ending_ || woken_; });
  woken_ = false;
  return !ending_;
}

}  // namespace madoguchi::counter_terminal
