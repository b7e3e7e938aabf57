#ifndef MADOGUCHI_CLIENTS_REPLAY_UPSTREAM_BOARD_H
#define MADOGUCHI_CLIENTS_REPLAY_UPSTREAM_BOARD_H

#include "services/base/mutex.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/client_context.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::replay {

/// What the screens of clerks show of the national system, by watching renewal.
/// Thread safe.
class UpstreamBoard {
 public:
  /// Watches for office `parent` at one of `targets` after the other.
  UpstreamBoard(std::vector<std::string> const& targets, std::string parent);
  ~UpstreamBoard();
  UpstreamBoard(UpstreamBoard const&) = delete;
  UpstreamBoard& operator=(UpstreamBoard const&) = delete;

  /// The last that was heard; WORKS before.
  renewal::v1::Upstream Now() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Watch() ABSL_LOCKS_EXCLUDED(mu_);

  std::vector<std::unique_ptr<renewal::v1::RenewalService::Stub>> stubs_;
  std::string const parent_;
  mutable Mutex mu_;
  renewal::v1::Upstream now_ ABSL_GUARDED_BY(mu_);
  grpc::ClientContext* watching_ ABSL_GUARDED_BY(mu_) = nullptr;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_UPSTREAM_BOARD_H
