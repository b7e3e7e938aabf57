#ifndef MADOGUCHI_SERVICES_RPC_METHOD_METRICS_H
#define MADOGUCHI_SERVICES_RPC_METHOD_METRICS_H

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <array>
#include <chrono>
#include <memory>
#include <string>

namespace madoguchi::rpc {

/// Counts the calls of one method by code, and how long they took. Thread safe;
/// the registry must outlive it.
class MethodMetrics {
 public:
  /// `method` as in `IssueTicket`.
  MethodMetrics(prometheus::Registry& registry, std::string const& method);

  std::string const& method() const { return method_; }

  void Finished(int grpc_code, std::chrono::steady_clock::duration took);

 private:
  static constexpr int kCodes = 17;
  std::string const method_;
  std::array<prometheus::Counter*, kCodes> calls_{};
  prometheus::Histogram* seconds_;
};

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_METHOD_METRICS_H
