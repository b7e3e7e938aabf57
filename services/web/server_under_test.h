#ifndef MADOGUCHI_SERVICES_WEB_SERVER_UNDER_TEST_H
#define MADOGUCHI_SERVICES_WEB_SERVER_UNDER_TEST_H

#include "services/base/mutex.h"
#include "services/web/scripted_service.h"
#include "services/web/server.h"
#include "absl/base/thread_annotations.h"
#include <condition_variable>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::web {

/// Remembers what it was told. Thread safe.
class RecordingObserver : public Observer {
 public:
  void Open(int connections, int calls) override;
  void CallEnded(std::string const& method, int code,
                 std::chrono::steady_clock::duration took) override;
  void WasCut(Cut why) override;

  /// Waits until this has happened; false if that takes more than ten seconds.
  bool AwaitCut(Cut why) ABSL_LOCKS_EXCLUDED(mu_);
  bool AwaitConnections(int count) ABSL_LOCKS_EXCLUDED(mu_);
  bool AwaitCallEnd(int code) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  template <typename Condition>
  bool Await(Condition condition) ABSL_LOCKS_EXCLUDED(mu_);

  Mutex mu_;
  std::condition_variable_any changed_;
  int connections_ ABSL_GUARDED_BY(mu_) = 0;
  std::map<Cut, int> cuts_ ABSL_GUARDED_BY(mu_);
  std::map<int, int> codes_ ABSL_GUARDED_BY(mu_);
};

/// A server with a scripted service behind it, on a loopback port.
struct ServerUnderTest {
  /// Aborts the test program if it cannot listen.
  explicit ServerUnderTest(Limits const& limits = {},
                           std::string const& pages_directory = {});

  int port() const { return server->ports().front(); }

  RecordingObserver observer;
  ScriptedService service;
  std::unique_ptr<Server> server;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_SERVER_UNDER_TEST_H
