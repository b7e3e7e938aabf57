#include "services/ticketing/rpc/watch_handlers.h"
#include "services/base/status_macros.h"
#include "services/rpc/raw_request.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/feed_stream.h"
#include "services/ticketing/rpc/names.h"
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// How long a read of the log may take before the follower is told to resume.
constexpr std::chrono::seconds kLogTimeout{5};
// One page of the log: some 100 KB.
constexpr int kLogPage = 256;

MachineTime LogDeadline() {
  return std::chrono::steady_clock::now() + kLogTimeout;
}

absl::StatusOr<OfficeFeed*> FindFeed(OfficeFeeds const& feeds,
                                     std::string const& name) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const office,
                             ParseOfficeName("office", name));
  auto const at = feeds.find(office);
  if (at == feeds.end()) return error::OfficeNotFound(office);
  return at->second.get();
}

// Shows an office to a display, from `after` on if it can.
class DisplayStream : public FeedStream {
 public:
  DisplayStream(grpc::CallbackServerContext* context,
                WatchContext const& handlers, OfficeFeed& feed,
                std::int64_t after)
      : FeedStream(context, handlers.streams),
        store_(handlers.store),
        feed_(feed),
        after_(after) {
    cursor_.phase = feed.NextPhase();
  }

 private:
  FeedNext Next() override {
    if (started_) return feed_.NextForDisplay(cursor_, weak_from_this());
    if (after_ > 0 && !reset_) {
      switch (feed_.Locate(after_)) {
        case OfficeFeed::Place::kHeld:
          return Resume();
        case OfficeFeed::Place::kAhead:
          // Another replica was faster; or the log is not what it was.
          if (!asked_) return {absl::OkStatus(), nullptr, /*behind=*/true};
          return Resume();
        case OfficeFeed::Place::kTooOld:
          reset_ = true;
      }
    }
    FeedNext next;
    next.update = feed_.Snapshot(reset_, cursor_, next.status);
    started_ = next.update != nullptr;
    return next;
  }

  FeedNext Resume() {
    started_ = true;
    cursor_.sequence = after_;
    return feed_.NextForDisplay(cursor_, weak_from_this());
  }

  // Asks whether the log holds `after_`.
  void ReadLog() override {
    store_.ReadLog(feed_.office().id, after_ - 1, 1, LogDeadline(),
                   [self = shared_from_this(),
                    this](absl::StatusOr<EventPage> const& page) {
                     if (!page.ok()) {
                       End(page.status());
                     } else {
                       asked_ = true;
                       reset_ = page->events.empty() ||
                                page->events.front().sequence != after_;
                     }
                     ReadDone();
                   });
  }

  TicketStore& store_;
  OfficeFeed& feed_;
  std::int64_t const after_;
  // Guarded by the stream's lock, or by the reading being alone.
  FeedCursor cursor_;
  bool started_ = false;
  bool asked_ = false;
  bool reset_ = false;
};

// Gives a service the log of an office: pages of it, then what happens.
class EventStream : public FeedStream {
 public:
  EventStream(grpc::CallbackServerContext* context,
              WatchContext const& handlers, OfficeFeed& feed,
              std::int64_t after)
      : FeedStream(context, handlers.streams),
        store_(handlers.store),
        feed_(feed) {
    cursor_.sequence = after;
    cursor_.phase = feed.NextPhase();
  }

 private:
  FeedNext Next() override {
    if (!checked_) return {absl::OkStatus(), nullptr, /*behind=*/true};
    if (!page_.empty()) {
      auto const event = std::move(page_.front());
      page_.pop_front();
      cursor_.sequence = event.sequence;
      return {absl::OkStatus(), feed_.EncodeEvent(event), false};
    }
    return feed_.NextEvent(cursor_, weak_from_this());
  }

  void ReadLog() override {
    // One further back, so that the page tells whether the log holds the place
    // to resume at.
    auto const after = cursor_.sequence;
    bool const check = !checked_ && after > 0;
    store_.ReadLog(
        feed_.office().id, check ? after - 1 : after, kLogPage, LogDeadline(),
        [self = shared_from_this(), this, after,
         check](absl::StatusOr<EventPage> page) {
          if (!page.ok()) {
            End(page.status());
          } else if (check && (page->events.empty() ||
                               page->events.front().sequence != after)) {
            End(error::SequenceUnknown(after));
          } else {
            checked_ = true;
            for (auto& event : page->events) {
              if (event.sequence > after) page_.push_back(std::move(event));
            }
          }
          ReadDone();
        });
  }

  TicketStore& store_;
  OfficeFeed& feed_;
  // Guarded by the stream's lock, or by the reading being alone.
  FeedCursor cursor_;
  std::deque<Event> page_;
  bool checked_ = false;
};

// A stream that is refused.
class RefusedStream : public FeedStream {
 public:
  using FeedStream::FeedStream;

 private:
  FeedNext Next() override { return {}; }
  void ReadLog() override {}
};

template <typename Stream, typename Request>
grpc::ServerWriteReactor<grpc::ByteBuffer>* Open(
    grpc::CallbackServerContext* context, WatchContext const& handlers,
    grpc::ByteBuffer const& bytes) {
  auto const feed = [&]() -> absl::StatusOr<std::pair<OfficeFeed*, Request>> {
    MADOGUCHI_ASSIGN_OR_RETURN(auto request,
                               rpc::ParseRawRequest<Request>(bytes));
    MADOGUCHI_ASSIGN_OR_RETURN(auto* const found,
                               FindFeed(handlers.feeds, request.office()));
    return std::pair(found, std::move(request));
  }();
  if (!feed.ok()) {
    auto const refused =
        std::make_shared<RefusedStream>(context, handlers.streams);
    refused->Refuse(feed.status());
    return refused.get();
  }
  auto const stream = std::make_shared<Stream>(
      context, handlers, *feed->first,
      std::max<std::int64_t>(feed->second.after_sequence(), 0));
  stream->Begin(*feed->first);
  return stream.get();
}

}  // namespace

void OpenStreams::Add(std::shared_ptr<FeedStream> const& stream) {
  bool ended = false;
  {
    MutexLock lock(mu_);
    streams_[stream.get()] = stream;
    count_.Set(static_cast<double>(streams_.size()));
    ended = ended_;
  }
  if (ended) stream->End(error::ServerStopping());
}

void OpenStreams::Remove(FeedStream const* stream) {
  MutexLock lock(mu_);
  streams_.erase(stream);
  count_.Set(static_cast<double>(streams_.size()));
}

void OpenStreams::EndAll() {
  std::map<FeedStream const*, std::weak_ptr<FeedStream>> streams;
  {
    MutexLock lock(mu_);
    ended_ = true;
    streams = streams_;
  }
  for (auto const& [pointer, each] : streams) {
    if (auto const stream = each.lock()) stream->End(error::ServerStopping());
  }
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* DisplayHandlers::WatchOffice(
    grpc::CallbackServerContext* context, grpc::ByteBuffer const* request) {
  return Open<DisplayStream, v1::WatchOfficeRequest>(context, context_,
                                                     *request);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* EventHandlers::FollowEvents(
    grpc::CallbackServerContext* context, grpc::ByteBuffer const* request) {
  return Open<EventStream, v1::FollowEventsRequest>(context, context_,
                                                    *request);
}

}  // namespace madoguchi::ticketing
