#include "services/rpc/method_metrics.h"

namespace madoguchi::rpc {

MethodMetrics::MethodMetrics(prometheus::Registry& registry,
                             std::string const& method)
    : method_(method) {
  auto& calls = prometheus::BuildCounter()
                    .Name("madoguchi_rpc_calls_total")
                    .Help("Calls answered, by method and gRPC code.")
                    .Register(registry);
  for (int code = 0; code != kCodes; ++code) {
    calls_.at(static_cast<std::size_t>(code)) =
        &calls.Add({{"method", method}, {"code", std::to_string(code)}});
  }
  seconds_ = &prometheus::BuildHistogram()
                  .Name("madoguchi_rpc_seconds")
                  .Help("Time from a call's arrival to its answer.")
                  .Register(registry)
                  .Add({{"method", method}},
                       prometheus::Histogram::BucketBoundaries{
                           0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                           0.25, 0.5, 1, 2.5, 5, 10});
}

void MethodMetrics::Finished(int grpc_code,
                             std::chrono::steady_clock::duration took) {
  bool const known = grpc_code >= 0 && grpc_code < kCodes;
  calls_.at(known ? static_cast<std::size_t>(grpc_code) : 2)->Increment();
  seconds_->Observe(std::chrono::duration<double>(took).count());
}

}  // namespace madoguchi::rpc
