#include "tests/benchmarks/told.h"
#include <algorithm>

namespace madoguchi::benchmark {

using std::chrono::steady_clock;

void Told::SnapshotCame() {
  MutexLock lock(mu_);
  if (++snapshots_ == streams_) changed_.notify_all();
}

void Told::CallCame() {
  auto const now = steady_clock::now();
  MutexLock lock(mu_);
  last_ = std::max(last_, now);
  if (++told_ == streams_) changed_.notify_all();
}

void Told::AwaitSnapshots() {
  MutexLock lock(mu_);
  while (snapshots_ < streams_) changed_.wait(mu_);
}

void Told::Expect() {
  MutexLock lock(mu_);
  told_ = 0;
}

std::optional<MachineTime> Told::LastTold(std::chrono::milliseconds limit) {
  auto const until = steady_clock::now() + limit;
  MutexLock lock(mu_);
  while (told_ < streams_) {
    if (changed_.wait_until(mu_, until) == std::cv_status::timeout) {
      return std::nullopt;
    }
  }
  return last_;
}

}  // namespace madoguchi::benchmark
