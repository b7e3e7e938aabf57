#include "services/rpc/server.h"
#include "absl/synchronization/mutex.h"
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>
#include <grpcpp/server_builder.h>
#include <utility>

namespace madoguchi::rpc {
namespace {

// Displays ask for a sign of life when nothing comes; gRPC would take that for
// an attack by default.
constexpr int kShortestPingMs = 1'000;

// Linking reflection is enough for every server to have it.
class WithoutReflection : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>*
                         plugins) override {
    std::erase_if(*plugins, [](auto const& plugin) {
      return dynamic_cast<grpc::reflection::ProtoServerReflectionPlugin*>(
                 plugin.get()) != nullptr;
    });
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    std::string const& address, std::vector<grpc::Service*> const& services,
    Readiness& readiness, Admission const* admission) {
  if (admission == nullptr && !IsLoopback(address)) {
    return absl::FailedPreconditionError(
        "Not listening on " + address +
        ": without a devices file everybody who reaches it could do "
        "everything. Give --devices, or listen on 127.0.0.1.");
  }
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
  if (admission != nullptr) {
    builder.SetOption(std::make_unique<WithoutReflection>());
    std::vector<
        std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
        interceptors;
    interceptors.push_back(MakeAdmissionInterceptor(*admission));
    builder.experimental().SetInterceptorCreators(std::move(interceptors));
  }
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

bool IsLoopback(std::string const& address) {
  if (address.starts_with("unix:")) return true;
  auto const host = address.substr(0, address.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  // A number, not a name such as `127.example.org`.
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string::npos;
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
