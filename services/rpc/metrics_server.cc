#include "services/rpc/metrics_server.h"
#include <exception>

namespace madoguchi::rpc {

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(
    std::string const& address, prometheus::Registry& registry) {
  if (address.empty()) return std::unique_ptr<MetricsServer>();
  try {
    return std::unique_ptr<MetricsServer>(new MetricsServer(address, registry));
  } catch (std::exception const&) {
    return absl::UnavailableError(
        "Cannot listen on " + address +
        " for metrics: the port is taken or not ours. Choose another "
        "--metrics_listen.");
  }
}

MetricsServer::MetricsServer(std::string const& address,
                             prometheus::Registry& registry)
    : registry_(&registry, [](auto*) {}), exposer_(address, /*num_threads=*/1) {
  exposer_.RegisterCollectable(registry_);
}

}  // namespace madoguchi::rpc
