#include "tests/benchmarks/channels.h"
#include "tests/benchmarks/measure.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <chrono>

namespace madoguchi::benchmark {

std::shared_ptr<grpc::Channel> Connect(std::string const& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  auto channel = grpc::CreateCustomChannel(
      address, grpc::InsecureChannelCredentials(), arguments);
  if (!channel->WaitForConnected(std::chrono::system_clock::now() +
                                 std::chrono::seconds(10))) {
    Die("no answer from " + address);
  }
  return channel;
}

}  // namespace madoguchi::benchmark
