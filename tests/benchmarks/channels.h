#ifndef MADOGUCHI_TESTS_BENCHMARKS_CHANNELS_H
#define MADOGUCHI_TESTS_BENCHMARKS_CHANNELS_H

#include <grpcpp/channel.h>
#include <memory>
#include <string>

namespace madoguchi::benchmark {

/// A connection of its own to `address`: gRPC would share one otherwise. Dies
/// if nobody answers there.
std::shared_ptr<grpc::Channel> Connect(std::string const& address);

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_CHANNELS_H
