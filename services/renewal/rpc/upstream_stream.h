#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_UPSTREAM_STREAM_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_UPSTREAM_STREAM_H

#include "services/base/mutex.h"
#include "services/renewal/rpc/upstream_feed.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>
#include <chrono>
#include <memory>
#include <string>

namespace madoguchi::renewal {

/// A server stream of how the upstream does: at once, on each change, and again
/// before two seconds have passed. One write is in flight at most; a reader
/// that is slow gets the newest when it has taken the last, and one that takes
/// nothing for `kLongestWrite` is cut off.
///
/// Made with `std::make_shared`, then `Begin` or `Refuse`; keeps itself alive
/// until gRPC is done with it. Thread safe.
class UpstreamStream : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                       public std::enable_shared_from_this<UpstreamStream> {
 public:
  static constexpr std::chrono::milliseconds kAgainAfter{1'500};
  static constexpr std::chrono::seconds kLongestWrite{10};

  UpstreamStream(grpc::CallbackServerContext* context, UpstreamFeed& feed,
                 OfficeId office)
      : context_(context), feed_(feed), office_(std::move(office)) {}

  void Begin();
  /// Ends the stream before anything was written.
  void Refuse(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_);
  /// Ends the stream once the write in flight is done.
  void End(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_);
  /// Writes what is known if that is news or its time has come.
  void Look() ABSL_LOCKS_EXCLUDED(mu_);

  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnCancel() override ABSL_LOCKS_EXCLUDED(mu_);
  void OnDone() override;

 private:
  void FinishOnce(absl::Status const& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  grpc::CallbackServerContext* const context_;
  UpstreamFeed& feed_;
  OfficeId const office_;
  std::shared_ptr<UpstreamStream> self_;

  Mutex mu_;
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  bool finished_ ABSL_GUARDED_BY(mu_) = false;
  absl::Status ending_ ABSL_GUARDED_BY(mu_);
  MachineTime written_ ABSL_GUARDED_BY(mu_);
  /// What was written last; gRPC refers to it until the write is done.
  grpc::ByteBuffer current_ ABSL_GUARDED_BY(mu_);
  std::string last_ ABSL_GUARDED_BY(mu_);
  bool has_written_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_UPSTREAM_STREAM_H
