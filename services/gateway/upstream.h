#ifndef MADOGUCHI_SERVICES_GATEWAY_UPSTREAM_H
#define MADOGUCHI_SERVICES_GATEWAY_UPSTREAM_H

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <grpcpp/channel.h>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::gateway {

/// The replicas of a service, as channels that each reach all of them. A call
/// goes to a replica that says that it is ready (gRPC's health check of
/// `ready`); when one ends, calls go to the others. Thread safe.
class Upstream {
 public:
  /// `replicas` is `HOST:PORT[,HOST:PORT...]`: one name, or any number of IP
  /// addresses of one family. kInvalidArgument, saying what is wrong,
  /// otherwise. Does not block.
  static absl::StatusOr<std::unique_ptr<Upstream>> Connect(
      std::string const& replicas);

  std::vector<std::shared_ptr<grpc::Channel>> const& channels() const {
    return channels_;
  }

  /// OK if a call now would find a replica that is ready. Does not block; has
  /// the channels connect again if they rest.
  absl::Status Check() const;

 private:
  Upstream(std::string replicas, std::string const& target);

  std::string const replicas_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace madoguchi::gateway

#endif  // MADOGUCHI_SERVICES_GATEWAY_UPSTREAM_H
