#ifndef MADOGUCHI_CLIENTS_SDK_CHANNEL_H
#define MADOGUCHI_CLIENTS_SDK_CHANNEL_H

#include "clients/sdk/client_options.h"
#include "services/base/clock.h"
#include <grpc/support/time.h>
#include <grpcpp/channel.h>
#include <chrono>
#include <memory>
#include <string>

namespace madoguchi::sdk {

/// Makes a channel with a connection of its own to `target`. Does not block.
std::shared_ptr<grpc::Channel> MakeChannel(ClientOptions const& options,
                                           std::string const& target);

/// `time` for gRPC. Not by the system's clock, which may be set while a call is
/// under way.
gpr_timespec GrpcDeadline(MachineTime time);

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_CHANNEL_H
