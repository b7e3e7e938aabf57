#include "services/rpc/stop_signal.h"
#include "services/rpc/log.h"
#include <ctime>
#include <pthread.h>
#include <string>

namespace madoguchi::rpc {

StopSignal::StopSignal() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void StopSignal::Wait() const {
  while (!WaitFor(std::chrono::hours(1))) {
  }
}

bool StopSignal::WaitFor(std::chrono::milliseconds limit) const {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(limit);
  timespec const time{seconds.count(),
                      std::chrono::nanoseconds(limit - seconds).count()};
  int const signal = sigtimedwait(&signals_, nullptr, &time);
  if (signal < 0) return false;
  Log(spdlog::level::info, "stopping", {{"signal", std::to_string(signal)}});
  return true;
}

}  // namespace madoguchi::rpc
