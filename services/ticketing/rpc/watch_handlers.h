#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_WATCH_HANDLERS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_WATCH_HANDLERS_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/ticket_store.h"
#include "services/ticketing/rpc/office_feed.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/event_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/support/byte_buffer.h>
#include <prometheus/gauge.h>
#include <map>
#include <memory>
#include <vector>

namespace madoguchi::ticketing {

/// The feeds of all offices.
using OfficeFeeds = std::map<OfficeId, std::unique_ptr<OfficeFeed>>;

class FeedStream;

/// Streams under way, so that a server that stops can end them. Thread safe.
class OpenStreams {
 public:
  explicit OpenStreams(prometheus::Gauge& count) : count_(count) {}

  /// Notes a stream; ends it at once if `EndAll` was called.
  void Add(std::shared_ptr<FeedStream> const& stream) ABSL_LOCKS_EXCLUDED(mu_);
  void Remove(FeedStream const* stream) ABSL_LOCKS_EXCLUDED(mu_);
  /// Ends all streams, and those that begin later, with `SERVER_STOPPING`.
  void EndAll() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  prometheus::Gauge& count_;
  Mutex mu_;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
  std::map<FeedStream const*, std::weak_ptr<FeedStream>> streams_
      ABSL_GUARDED_BY(mu_);
};

/// What the two streaming handlers work with. None of it is owned; all of it
/// must outlive them.
struct WatchContext {
  OfficeFeeds const& feeds;
  TicketStore& store;
  OpenStreams& streams;
};

/// Streams what displays show. Updates are serialised once and written as
/// bytes.
class DisplayHandlers
    : public v1::DisplayService::WithRawCallbackMethod_WatchOffice<
          v1::DisplayService::Service> {
 public:
  explicit DisplayHandlers(WatchContext const& context) : context_(context) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchOffice(
      grpc::CallbackServerContext* context,
      grpc::ByteBuffer const* request) override;

 private:
  WatchContext const context_;
};

/// Streams whole events to services.
class EventHandlers
    : public v1::EventService::WithRawCallbackMethod_FollowEvents<
          v1::EventService::Service> {
 public:
  explicit EventHandlers(WatchContext const& context) : context_(context) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* FollowEvents(
      grpc::CallbackServerContext* context,
      grpc::ByteBuffer const* request) override;

 private:
  WatchContext const context_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_WATCH_HANDLERS_H
