#include "clients/sdk/channel.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <algorithm>

namespace madoguchi::sdk {
namespace {

int Milliseconds(std::chrono::milliseconds duration) {
  return static_cast<int>(duration.count());
}

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(ClientOptions const& options,
                                           std::string const& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
                   Milliseconds(options.shortest_pause));
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS,
                   Milliseconds(options.longest_pause));
  // This is also how long gRPC waits for a connection: 20 s unless told
  // otherwise, in which a replica that came back would not be seen.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS,
                   Milliseconds(options.attempt_timeout));
  // A stream is never silent for longer than a heartbeat, so these pings find
  // only dead links. Servers count a ping as an offence unless they have sent
  // something since the last, which heartbeats see to.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 5'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 2'000);
  // Channels to one target would share one connection otherwise.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  // Replicas are in the house; a proxy is for what is outside.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(),
                                   arguments);
}

gpr_timespec GrpcDeadline(MachineTime time) {
  auto const left = std::chrono::ceil<std::chrono::milliseconds>(
      time - std::chrono::steady_clock::now());
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_millis(left.count(), GPR_TIMESPAN));
}

}  // namespace madoguchi::sdk
