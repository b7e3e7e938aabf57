#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_FEED_STREAM_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_FEED_STREAM_H

#include "services/base/mutex.h"
#include "services/ticketing/rpc/office_feed.h"
#include "services/ticketing/rpc/watch_handlers.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>
#include <memory>

namespace madoguchi::ticketing {

/// A server stream that writes one update of a feed after the other, one write
/// in flight, and never holds more than that one.
///
/// Made with `std::make_shared`, then `Begin`; keeps itself alive until gRPC is
/// done with it. A reader that takes nothing for `kLongestWrite` is cut off.
class FeedStream : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                   public FeedFollower,
                   public std::enable_shared_from_this<FeedStream> {
 public:
  static constexpr std::chrono::seconds kLongestWrite{10};

  FeedStream(grpc::CallbackServerContext* context, OpenStreams& streams)
      : context_(context), streams_(streams) {}

  /// Begins to write what `Next` gives.
  void Begin(OfficeFeed& feed) ABSL_LOCKS_EXCLUDED(mu_);
  /// Ends the stream before anything was written.
  void Refuse(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_);
  /// Ends the stream once the write in flight is done.
  void End(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_);

  void OnNews() override { Pump(); }
  void OnTick(MachineTime now) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnCancel() override;
  void OnDone() override;

 protected:
  /// The next to write, as feeds answer it. Called with the stream locked.
  virtual FeedNext Next() = 0;
  /// The log has to be read first: do so, then call `Pump`. No other call comes
  /// until then.
  virtual void ReadLog() = 0;

  /// Writes what there is, unless a write is in flight.
  void Pump() ABSL_LOCKS_EXCLUDED(mu_);
  /// The reading that `ReadLog` began is over.
  void ReadDone() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void FinishOnce(absl::Status const& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  grpc::CallbackServerContext* const context_;
  OpenStreams& streams_;
  std::shared_ptr<FeedStream> self_;

  Mutex mu_;
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  bool reading_ ABSL_GUARDED_BY(mu_) = false;
  bool finished_ ABSL_GUARDED_BY(mu_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mu_) = false;
  absl::Status ending_ ABSL_GUARDED_BY(mu_);
  MachineTime write_began_ ABSL_GUARDED_BY(mu_);
  /// The bytes in flight; gRPC refers to them until the write is done.
  SharedUpdate current_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_FEED_STREAM_H
