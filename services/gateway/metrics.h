#ifndef MADOGUCHI_SERVICES_GATEWAY_METRICS_H
#define MADOGUCHI_SERVICES_GATEWAY_METRICS_H

#include "services/rpc/method_metrics.h"
#include "services/web/observer.h"
#include "services/web/site.h"
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace madoguchi::gateway {

/// Counts what the gateway does. Thread safe; the registry must outlive it.
class Metrics : public web::Observer {
 public:
  /// For calls of `methods`.
  Metrics(prometheus::Registry& registry, web::MethodSet const& methods);

  void Open(int connections, int calls) override;
  void CallEnded(std::string const& method, int code,
                 std::chrono::steady_clock::duration took) override;
  void Answered(int status) override;
  void WasCut(web::Cut why) override;

 private:
  prometheus::Gauge& connections_;
  prometheus::Gauge& calls_;
  prometheus::Family<prometheus::Counter>& answers_;
  prometheus::Family<prometheus::Counter>& cuts_;
  std::map<std::string, std::unique_ptr<rpc::MethodMetrics>> methods_;
};

}  // namespace madoguchi::gateway

#endif  // MADOGUCHI_SERVICES_GATEWAY_METRICS_H
