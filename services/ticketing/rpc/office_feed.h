#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_OFFICE_FEED_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_OFFICE_FEED_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "services/ticketing/domain/office_projection.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <grpcpp/support/byte_buffer.h>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace madoguchi::ticketing {

/// A message of a stream, serialised once for all who follow.
struct EncodedUpdate {
  std::int64_t sequence = 0;
  grpc::ByteBuffer bytes;
};
using SharedUpdate = std::shared_ptr<EncodedUpdate const>;

/// A stream that follows a feed: it takes one update after the other, at its
/// own pace, and is told when there is something new.
class FeedFollower {
 public:
  virtual ~FeedFollower() = default;

  /// There is something new, or the feed has ended. Must not block.
  virtual void OnNews() = 0;

  /// Machine time passes: a follower that has not taken anything for long may
  /// end itself. Must not block.
  virtual void OnTick(MachineTime now) = 0;
};

/// How far a follower is.
struct FeedCursor {
  std::int64_t sequence = 0;
  /// The last heartbeat it took.
  std::int64_t beat = 0;
  /// Which of the feed's heartbeats are its own; see `OfficeFeed::NextPhase`.
  int phase = 0;
};

/// What comes next for a follower.
struct FeedNext {
  /// Not OK: the stream ends with it.
  absl::Status status;
  /// Null if there is nothing yet; `OnNews` will tell.
  SharedUpdate update;
  /// For event followers: the feed does not reach back that far; read the log.
  bool behind = false;
};

/// Everything that one process tells of one office: it folds the log into the
/// projection that displays see, keeps the last updates serialised, and wakes
/// those who follow. One per office and process.
///
/// Followers pull, so memory does not grow with slow readers: each holds a
/// cursor and at most one update. Thread safe. The office and the clock must
/// outlive it; followers may be destroyed at any time.
class OfficeFeed {
 public:
  OfficeFeed(Office const& office, Clock const& clock);

  // From the log.

  /// Folds the next events of the log in, in order.
  void Apply(std::vector<Event> const& events) ABSL_LOCKS_EXCLUDED(mu_);
  /// Everything in the log so far was applied; followers may begin.
  void LinkUp() ABSL_LOCKS_EXCLUDED(mu_);
  /// The log cannot be followed: all streams end with `cause`, and new ones
  /// too, until `LinkUp`. A display must not look alive without its log.
  void LinkDown(absl::Status const& cause) ABSL_LOCKS_EXCLUDED(mu_);

  /// To be called every `kTick`: publishes changes of how many wait, which come
  /// as one, and gives a heartbeat to one phase of the followers.
  void Tick(MachineTime now) ABSL_LOCKS_EXCLUDED(mu_);
  static constexpr std::chrono::milliseconds kTick{250};

  // From followers.

  /// The phase of one more follower. Each gets a heartbeat every `kPhases`
  /// ticks, one after the other: were it all at once, a call would have to wait
  /// behind a thousand of them.
  int NextPhase() ABSL_LOCKS_EXCLUDED(mu_);
  static constexpr int kPhases = 4;

  /// A snapshot, and the cursor behind it. Null while the feed is not up; then
  /// `status` says why.
  SharedUpdate Snapshot(bool reset, FeedCursor& cursor, absl::Status& status)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Where `after` is, for a display that resumes.
  enum class Place { kHeld, kTooOld, kAhead };
  Place Locate(std::int64_t after) ABSL_LOCKS_EXCLUDED(mu_);

  /// The next update for a display behind `cursor`, which is moved. If there is
  /// none, `follower` is told once when there may be.
  FeedNext NextForDisplay(FeedCursor& cursor,
                          std::weak_ptr<FeedFollower> const& follower)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// The same for a service that follows whole events.
  FeedNext NextEvent(FeedCursor& cursor,
                     std::weak_ptr<FeedFollower> const& follower)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// The message that carries a whole event.
  SharedUpdate EncodeEvent(Event const& event) const;

  /// Has `follower` told of the passing of time.
  void Register(std::weak_ptr<FeedFollower> const& follower)
      ABSL_LOCKS_EXCLUDED(mu_);

  Office const& office() const { return office_; }

 private:
  struct LoggedEvent {
    Event event;
    /// Made when the first follower asks.
    SharedUpdate encoded;
  };
  using Followers = std::vector<std::weak_ptr<FeedFollower>>;

  void ApplyOne(Event const& event) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Publish(std::int64_t sequence, v1::OfficeEvent event)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void PublishWaiting() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  v1::OfficeUpdate NewUpdate(std::int64_t sequence) const;
  /// Everyone who waits for news.
  Followers TakeIdle() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  /// Those of one phase.
  Followers TakeIdle(int phase) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  /// Whether a heartbeat is due at `cursor`; notes that it is taken.
  bool TakeBeat(FeedCursor& cursor, SharedUpdate const& beat)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  static void Wake(Followers const& followers);

  Office const& office_;
  Clock const& clock_;

  Mutex mu_;
  OfficeProjection projection_ ABSL_GUARDED_BY(mu_);
  absl::Status link_ ABSL_GUARDED_BY(mu_);
  bool up_ ABSL_GUARDED_BY(mu_) = false;
  std::int64_t sequence_ ABSL_GUARDED_BY(mu_) = 0;

  /// Updates behind `floor_`, the last sequence that is not held any more.
  std::deque<SharedUpdate> updates_ ABSL_GUARDED_BY(mu_);
  std::int64_t floor_ ABSL_GUARDED_BY(mu_) = 0;
  /// Services of which more or fewer wait than was last published.
  std::set<ServiceId> changed_ ABSL_GUARDED_BY(mu_);
  std::map<ServiceId, std::int64_t> waiting_ ABSL_GUARDED_BY(mu_);

  std::deque<LoggedEvent> events_ ABSL_GUARDED_BY(mu_);

  /// The last heartbeat, of both kinds.
  std::int64_t beat_ ABSL_GUARDED_BY(mu_) = 0;
  SharedUpdate display_beat_ ABSL_GUARDED_BY(mu_);
  SharedUpdate event_beat_ ABSL_GUARDED_BY(mu_);
  int next_phase_ ABSL_GUARDED_BY(mu_) = 0;

  /// Followers with nothing to do until there is news, by phase.
  std::array<Followers, kPhases> idle_ ABSL_GUARDED_BY(mu_);
  Followers registered_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_OFFICE_FEED_H
