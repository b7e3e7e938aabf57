#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_AUTHORITY_LINK_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_AUTHORITY_LINK_H

#include "services/base/mutex.h"
#include "services/renewal/domain/authority_port.h"
#include "madoguchi/certification/v1/authority_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <set>
#include <string>

namespace madoguchi::renewal {

/// The authority over gRPC. Sends each call once: gRPC's own repeats are off.
/// Thread safe; does not block.
class AuthorityLink : public AuthorityPort {
 public:
  /// `target` is `HOST:PORT`. Returns kInvalidArgument if it is not such.
  static absl::StatusOr<std::unique_ptr<AuthorityLink>> Make(
      std::string const& target);

  /// Waits for what is under way: its callbacks end first.
  ~AuthorityLink() override;

  /// Waits until nothing is under way, at most for `patience`, then cancels
  /// what is; returns when no callback runs any more. What is asked from now on
  /// fails with kUnavailable, and nothing of it leaves.
  void Close(std::chrono::milliseconds patience) ABSL_LOCKS_EXCLUDED(mu_);

  Connection Connect() override;
  void Issue(IssuanceOrder const& order, MachineTime deadline,
             Done<AuthorityAnswer> done) override;
  void Find(AttemptId const& attempt, MachineTime deadline,
            Done<AuthorityAnswer> done) override;

 private:
  explicit AuthorityLink(std::shared_ptr<grpc::Channel> channel);

  /// Whether a call may begin.
  bool Begins(grpc::ClientContext* context) ABSL_LOCKS_EXCLUDED(mu_);
  /// The call has ended, and its callback runs.
  void Forget(grpc::ClientContext* context) ABSL_LOCKS_EXCLUDED(mu_);
  /// The callback is through, and all of the call is gone.
  void Ended() ABSL_LOCKS_EXCLUDED(mu_);

  std::shared_ptr<grpc::Channel> const channel_;
  std::unique_ptr<certification::v1::CertificationAuthority::Stub> const stub_;

  Mutex mu_;
  std::condition_variable_any idle_;
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
  int under_way_ ABSL_GUARDED_BY(mu_) = 0;
  /// Of calls that may still be cancelled.
  std::set<grpc::ClientContext*> contexts_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_AUTHORITY_LINK_H
