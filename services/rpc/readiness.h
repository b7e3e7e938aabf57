#ifndef MADOGUCHI_SERVICES_RPC_READINESS_H
#define MADOGUCHI_SERVICES_RPC_READINESS_H

#include "services/base/mutex.h"
#include "madoguchi/rpc/v1/readiness_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <atomic>
#include <string>

namespace madoguchi::rpc {

/// Whether this server takes work, and why not. Thread safe.
class Readiness {
 public:
  /// Not ready until told otherwise. `caveat` is told to whoever asks while
  /// ready, such as a relaxed durability.
  explicit Readiness(absl::Status initial, std::string caveat = {});

  /// Notes `status` (OK: ready). Returns whether that is news.
  bool Set(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_);

  /// OK if ready. Cheap.
  absl::Status Check() const ABSL_LOCKS_EXCLUDED(mu_);

  /// Notes another caveat; none if it is empty.
  void SetCaveat(std::string caveat) ABSL_LOCKS_EXCLUDED(mu_);

  std::string caveat() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  std::atomic<bool> ready_{false};
  mutable Mutex mu_;
  std::string caveat_ ABSL_GUARDED_BY(mu_);
  absl::Status status_ ABSL_GUARDED_BY(mu_);
};

/// Answers why a server is not ready. `readiness` must outlive it.
class ReadinessHandlers : public v1::ReadinessService::CallbackService {
 public:
  explicit ReadinessHandlers(Readiness const& readiness)
      : readiness_(readiness) {}

  grpc::ServerUnaryReactor* CheckReadiness(
      grpc::CallbackServerContext* context,
      v1::CheckReadinessRequest const* request,
      v1::CheckReadinessResponse* response) override;

 private:
  Readiness const& readiness_;
};

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_READINESS_H
