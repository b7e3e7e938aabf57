#ifndef MADOGUCHI_SERVICES_RPC_SERVER_H
#define MADOGUCHI_SERVICES_RPC_SERVER_H

#include "services/rpc/admission.h"
#include "services/rpc/readiness.h"
#include "absl/status/statusor.h"
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::rpc {

/// A gRPC server with what each of ours has: health (`live`, `ready` and the
/// whole), readiness with its reason, and no silent sharing of a port. Thread
/// safe.
class Server {
 public:
  /// Listens on `address`, `host:port`. The services and `readiness` must
  /// outlive the server.
  ///
  /// Lets in whom `admission` says, which must outlive the server. Without one
  /// everybody may do everything, and there is reflection.
  ///
  /// Returns, saying so in one line, kUnavailable if the port is taken, and
  /// kFailedPrecondition if everybody is let in and `address` is not loopback.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      std::string const& address, std::vector<grpc::Service*> const& services,
      Readiness& readiness, Admission const* admission = nullptr);

  /// Notes whether the server is ready, for health checks as well. Returns
  /// whether that is news.
  bool SetReadiness(absl::Status const& status);

  /// Takes no more calls and waits until those under way are done, at most
  /// `patience`; then cancels them. Returns when none is left.
  void Drain(std::chrono::milliseconds patience);

 private:
  explicit Server(Readiness& readiness)
      : readiness_(readiness), handlers_(readiness) {}

  Readiness& readiness_;
  ReadinessHandlers handlers_;
  std::unique_ptr<grpc::Server> server_;
};

/// Whether only this machine can reach `address`: `127.*:PORT`, `[::1]:PORT`,
/// `localhost:PORT` or `unix:PATH`.
bool IsLoopback(std::string const& address);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_SERVER_H
