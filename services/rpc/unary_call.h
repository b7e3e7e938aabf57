#ifndef MADOGUCHI_SERVICES_RPC_UNARY_CALL_H
#define MADOGUCHI_SERVICES_RPC_UNARY_CALL_H

#include "services/base/clock.h"
#include "services/base/error.h"
#include "services/rpc/log.h"
#include "services/rpc/method_metrics.h"
#include "services/rpc/status.h"
#include "absl/status/statusor.h"
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace madoguchi::rpc {

/// The longest a call is worked on, also for callers that set no deadline.
inline constexpr std::chrono::seconds kLongestCall{30};

/// The deadline of a call in machine time.
inline MachineTime DeadlineOf(grpc::CallbackServerContext const& context) {
  // gRPC says "never" as the end of time, which must not be added to.
  auto const left = std::min<std::chrono::system_clock::duration>(
      context.deadline() == std::chrono::system_clock::time_point::max()
          ? kLongestCall
          : context.deadline() - std::chrono::system_clock::now(),
      kLongestCall);
  return std::chrono::steady_clock::now() + left;
}

/// A unary call under way, to be finished exactly once, from any thread.
///
/// A small value: handlers move it into the callback that answers. `Response`
/// is the call's own and lives until it is finished.
template <typename Response>
class UnaryCall {
 public:
  UnaryCall(grpc::CallbackServerContext* context, Response* response,
            MethodMetrics& metrics)
      : reactor_(context->DefaultReactor()),
        response_(response),
        metrics_(&metrics),
        began_(std::chrono::steady_clock::now()),
        deadline_(DeadlineOf(*context)) {}

  /// What the handler returns to gRPC. Take it before the call is moved.
  grpc::ServerUnaryReactor* reactor() const { return reactor_; }
  MachineTime deadline() const { return deadline_; }
  Response& response() const { return *response_; }

  void Finish(absl::Status const& status) const {
    auto const code = static_cast<int>(status.code());
    metrics_->Finished(code, std::chrono::steady_clock::now() - began_);
    if (absl::IsInternal(status)) {
      Log(spdlog::level::err, "call_failed",
          {{"method", metrics_->method()},
           {"reason", GetErrorInfo(status).reason},
           {"message", std::string(status.message())}});
    }
    reactor_->Finish(ToGrpcStatus(status));
  }

  /// Finishes with `status` and answers the reactor, for early refusals.
  grpc::ServerUnaryReactor* Refuse(absl::Status const& status) const {
    Finish(status);
    return reactor_;
  }

 private:
  grpc::ServerUnaryReactor* reactor_;
  Response* response_;
  MethodMetrics* metrics_;
  std::chrono::steady_clock::time_point began_;
  MachineTime deadline_;
};

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_UNARY_CALL_H
