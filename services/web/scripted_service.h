#ifndef MADOGUCHI_SERVICES_WEB_SCRIPTED_SERVICE_H
#define MADOGUCHI_SERVICES_WEB_SCRIPTED_SERVICE_H

#include "services/base/mutex.h"
#include "services/web/site.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/channel.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <condition_variable>
#include <memory>
#include <set>
#include <string>

namespace madoguchi::web {

/// A service on a loopback port, in the process of the test, that does with a
/// call what the name of its method says. Thread safe.
///
/// * `/test.Script/Echo`: answers the message it got, with metadata `x-began`
///   before, and behind `x-ended-bin` and the token that it was shown, as
///   `x-token`.
/// * `/test.Script/Refuse`: ends with FAILED_PRECONDITION, `窓口 closed` and
/// the
///   details `{0, 1, 255}`.
/// * `/test.Script/Wait`: says nothing.
/// * `/test.Script/Flood`: sends messages of `kFloodBytes` for ever.
/// * `/test.Script/Tell`: sends `first`, and then what `Tell` says.
class ScriptedService : private grpc::CallbackGenericService {
 public:
  static constexpr std::size_t kFloodBytes = 10'000;

  ScriptedService();
  /// Cancels all.
  ~ScriptedService() override;

  static MethodSet Methods();

  /// `127.0.0.1:PORT`.
  std::string const& address() const { return address_; }

  /// A channel with the windows that the gateway has.
  std::shared_ptr<grpc::Channel> Connect() const;

  /// Sends `message` on every call of `Tell`.
  void Tell(std::string const& message) ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until just so many calls are under way; false if that takes longer
  /// than ten seconds.
  bool AwaitCalls(std::size_t count) ABSL_LOCKS_EXCLUDED(mu_);

  /// Messages of `Flood` that gRPC has taken from us.
  std::size_t flooded() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  class Call;

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;
  void Flooded() ABSL_LOCKS_EXCLUDED(mu_);
  void Left(Call* call) ABSL_LOCKS_EXCLUDED(mu_);

  Mutex mu_;
  std::condition_variable_any changed_;
  std::set<Call*> calls_ ABSL_GUARDED_BY(mu_);
  std::size_t flooded_ ABSL_GUARDED_BY(mu_) = 0;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_SCRIPTED_SERVICE_H
