#include "services/web/server_under_test.h"
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace madoguchi::web {

template <typename Condition>
bool RecordingObserver::Await(Condition condition) {
  auto const until =
      std::chrono::steady_clock::now() + std::chrono::seconds(10);
  MutexLock lock(mu_);
  while (!condition()) {
    if (changed_.wait_until(mu_, until) == std::cv_status::timeout) {
      return condition();
    }
  }
  return true;
}

void RecordingObserver::Open(int connections, int /*calls*/) {
  MutexLock lock(mu_);
  connections_ = connections;
  changed_.notify_all();
}

void RecordingObserver::CallEnded(std::string const& /*method*/, int code,
                                  std::chrono::steady_clock::duration) {
  MutexLock lock(mu_);
  ++codes_[code];
  changed_.notify_all();
}

void RecordingObserver::WasCut(Cut why) {
  MutexLock lock(mu_);
  ++cuts_[why];
  changed_.notify_all();
}

bool RecordingObserver::AwaitCut(Cut why) {
  return Await(
      [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return cuts_[why] > 0; });
}

bool RecordingObserver::AwaitConnections(int count) {
  return Await([&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return connections_ == count;
  });
}

bool RecordingObserver::AwaitCallEnd(int code) {
  return Await(
      [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return codes_[code] > 0; });
}

ServerUnderTest::ServerUnderTest(Limits const& limits,
                                 std::string const& pages_directory) {
  ServerOptions options;
  options.listeners = {{"127.0.0.1:0", ScriptedService::Methods()}};
  options.channels = {service.Connect()};
  options.pages_directory = pages_directory;
  options.readiness = [] { return absl::OkStatus(); };
  options.limits = limits;
  options.observer = &observer;
  auto started = Server::Start(std::move(options));
  if (!started.ok()) {
    std::fprintf(stderr, "%s\n", started.status().ToString().c_str());
    std::abort();
  }
  server = *std::move(started);
}

}  // namespace madoguchi::web
