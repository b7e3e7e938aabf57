#ifndef MADOGUCHI_SERVICES_RPC_METRICS_SERVER_H
#define MADOGUCHI_SERVICES_RPC_METRICS_SERVER_H

#include "absl/status/statusor.h"
#include <prometheus/exposer.h>
#include <prometheus/registry.h>
#include <memory>
#include <string>

namespace madoguchi::rpc {

/// Shows the metrics of a program to Prometheus, as long as it lives.
class MetricsServer {
 public:
  /// Serves `registry`, which must outlive it, on `address`, `host:port`; null
  /// if that is empty. Returns kUnavailable, saying so in one line, if the port
  /// is taken.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      std::string const& address, prometheus::Registry& registry);

 private:
  MetricsServer(std::string const& address, prometheus::Registry& registry);

  // The exposer drops what nobody else holds.
  std::shared_ptr<prometheus::Registry> const registry_;
  prometheus::Exposer exposer_;
};

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_METRICS_SERVER_H
