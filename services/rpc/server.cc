#include "services/rpc/server.h"
#include "absl/synchronization/mutex.h"
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>

namespace madoguchi::rpc {
namespace {

// Displays ask for a sign of life when nothing comes; gRPC would take that for
// an attack by default.
constexpr int kShortestPingMs = 1'000;

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    std::string const& address, std::vector<grpc::Service*> const& services,
    Readiness& readiness) {
  // The packaged Abseil watches the order in which gRPC takes its locks, for
  // all threads behind one lock of its own: 4% of the instructions of a call.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // Both work on every server built later; repeating them is harmless.
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  std::unique_ptr<Server> server(new Server(readiness));
  int port = 0;
  grpc::ServerBuilder builder;
  // Otherwise a second server would share the port and take half the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kShortestPingMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  for (auto* service : services) builder.RegisterService(service);
  builder.RegisterService(&server->handlers_);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || port == 0) {
    return absl::UnavailableError("Cannot listen on " + address +
                                  ": the port is taken or not ours. Stop the "
                                  "other program or choose another --listen.");
  }
  server->server_->GetHealthCheckService()->SetServingStatus("live", true);
  server->SetReadiness(readiness.Check());
  return server;
}

bool Server::SetReadiness(absl::Status const& status) {
  bool const news = readiness_.Set(status);
  auto* health = server_->GetHealthCheckService();
  health->SetServingStatus("", status.ok());
  health->SetServingStatus("ready", status.ok());
  return news;
}

void Server::Drain(std::chrono::milliseconds patience) {
  server_->GetHealthCheckService()->SetServingStatus("live", false);
  server_->Shutdown(std::chrono::system_clock::now() + patience);
  server_->Wait();
}

}  // namespace madoguchi::rpc
