#include "clients/replay/timed_pool.h"
#include <chrono>
#include <utility>

namespace madoguchi::replay {

TimedPool::TimedPool(int threads) {
  for (int i = 0; i != threads; ++i) {
    threads_.emplace_back([this] { Run(); });
  }
}

TimedPool::~TimedPool() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    changed_.notify_all();
  }
  for (auto& thread : threads_) thread.join();
}

void TimedPool::At(Timestamp machine_time, absl::AnyInvocable<void()> work) {
  MutexLock lock(mu_);
  due_.emplace(machine_time, std::move(work));
  changed_.notify_one();
}

void TimedPool::Run() {
  MutexLock lock(mu_);
  while (!stopping_) {
    if (due_.empty()) {
      changed_.wait(mu_);
      continue;
    }
    auto const first = due_.begin();
    auto const when = first->first;
    if (std::chrono::system_clock::now() < when) {
      changed_.wait_until(mu_, when);
      continue;
    }
    {
      auto work = std::move(first->second);
      due_.erase(first);
      mu_.Unlock();
      work();
    }
    mu_.Lock();
  }
}

}  // namespace madoguchi::replay
