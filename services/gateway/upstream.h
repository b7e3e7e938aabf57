#ifndef MADOGUCHI_SERVICES_GATEWAY_UPSTREAM_H
#define MADOGUCHI_SERVICES_GATEWAY_UPSTREAM_H

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <grpcpp/channel.h>
#include <grpcpp/completion_queue.h>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::gateway {

/// The replicas of a service, as channels that each reach all of them. A call
/// goes to a replica that says that it is ready (gRPC's health check of
/// `ready`); when one ends, calls go to the others. Thread safe.
class Upstream {
 public:
  /// `replicas` of `service`, such as `ticketing`, is
  /// `HOST:PORT[,HOST:PORT...]`: one name, or any number of IP addresses of one
  /// family. kInvalidArgument, saying what is wrong, otherwise. Connects on a
  /// thread of its own, and again as often as it must.
  static absl::StatusOr<std::unique_ptr<Upstream>> Connect(
      std::string service, std::string const& replicas);

  ~Upstream();

  Upstream(Upstream const&) = delete;
  Upstream& operator=(Upstream const&) = delete;

  std::vector<std::shared_ptr<grpc::Channel>> const& channels() const {
    return channels_;
  }

  /// OK if a call now would find a replica that is ready. Does not block.
  absl::Status Check() const;

 private:
  Upstream(std::string service, std::string replicas,
           std::string const& target);

  // Waits until the state of a channel changes, or a while.
  void Watch(std::size_t channel);
  void WatchAll();

  std::string const service_;
  std::string const replicas_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::atomic<bool> stopping_{false};
  grpc::CompletionQueue queue_;
  std::thread watcher_;
};

}  // namespace madoguchi::gateway

#endif  // MADOGUCHI_SERVICES_GATEWAY_UPSTREAM_H
