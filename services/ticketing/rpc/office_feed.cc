#include "services/ticketing/rpc/office_feed.h"
#include "services/rpc/proto_time.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/convert.h"
#include <google/protobuf/message_lite.h>
#include <grpcpp/support/slice.h>
#include <algorithm>
#include <string>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// A day of a busy office; a display that resumes from further back starts
// anew, which costs it a snapshot.
constexpr std::size_t kUpdatesHeld = 50'000;
// Services that follow are close behind, or read the log.
constexpr std::size_t kEventsHeld = 4'096;

SharedUpdate Encode(std::int64_t sequence,
                    google::protobuf::MessageLite const& message) {
  auto update = std::make_shared<EncodedUpdate>();
  update->sequence = sequence;
  grpc::Slice const slice(message.SerializeAsString());
  update->bytes = grpc::ByteBuffer(&slice, 1);
  return update;
}

}  // namespace

OfficeFeed::OfficeFeed(Office const& office, Clock const& clock)
    : office_(office),
      clock_(clock),
      projection_(office),
      link_(error::StoreUnavailable("not connected yet")) {}

v1::OfficeUpdate OfficeFeed::NewUpdate(std::int64_t sequence) const {
  v1::OfficeUpdate update;
  update.set_sequence(sequence);
  *update.mutable_office_time() = rpc::TimeToProto(clock_.Now());
  return update;
}

SharedUpdate OfficeFeed::EncodeEvent(Event const& event) const {
  v1::FollowEventsResponse response;
  response.set_sequence(event.sequence);
  *response.mutable_office_time() = rpc::TimeToProto(clock_.Now());
  *response.mutable_event() = ToProto(office_.id, event);
  return Encode(event.sequence, response);
}

void OfficeFeed::Publish(std::int64_t sequence, v1::OfficeEvent event) {
  for (auto const& service : changed_) {
    *event.add_services() = ToProto({service, waiting_[service]}, office_);
  }
  changed_.clear();
  auto update = NewUpdate(sequence);
  *update.mutable_event() = std::move(event);
  updates_.push_back(Encode(sequence, update));
  if (updates_.size() > kUpdatesHeld) {
    floor_ = updates_.front()->sequence;
    updates_.pop_front();
  }
}

void OfficeFeed::PublishWaiting() {
  v1::OfficeEvent event;
  event.set_kind(v1::OfficeEvent::WAITING_CHANGED);
  Publish(sequence_, std::move(event));
}

void OfficeFeed::ApplyOne(Event const& event) {
  auto const change = projection_.Apply(event);
  if (!change) return;
  // The log may begin behind 1: what was trimmed is not held.
  if (sequence_ == 0) floor_ = event.sequence - 1;
  sequence_ = event.sequence;
  events_.push_back({event, nullptr});
  if (events_.size() > kEventsHeld) events_.pop_front();
  if (event.kind == EventKind::kDayOpened) {
    changed_.clear();
    waiting_.clear();
  }
  for (auto const& service : change->services) {
    waiting_[service.service] = service.waiting;
    changed_.insert(service.service);
  }
  auto const kind = ToDisplayKind(event.kind);
  // Comes with the next tick, or with whatever happens before.
  if (kind == v1::OfficeEvent::WAITING_CHANGED) return;
  v1::OfficeEvent display;
  display.set_kind(kind);
  if (change->call) *display.mutable_call() = ToProto(*change->call);
  if (change->counter) {
    *display.mutable_counter() = ToProto(*change->counter, office_);
  }
  Publish(event.sequence, std::move(display));
}

void OfficeFeed::Apply(std::vector<Event> const& events) {
  Followers idle;
  {
    MutexLock lock(mu_);
    for (auto const& event : events) ApplyOne(event);
    if (up_) idle = TakeIdle();
  }
  Wake(idle);
}

void OfficeFeed::LinkUp() {
  Followers idle;
  {
    MutexLock lock(mu_);
    up_ = true;
    link_ = absl::OkStatus();
    idle = TakeIdle();
  }
  Wake(idle);
}

void OfficeFeed::LinkDown(absl::Status const& cause) {
  Followers all;
  {
    MutexLock lock(mu_);
    up_ = false;
    link_ = cause;
    TakeIdle();
    all = registered_;
  }
  Wake(all);
}

void OfficeFeed::Tick(MachineTime now) {
  Followers news;
  Followers registered;
  {
    MutexLock lock(mu_);
    if (!changed_.empty()) {
      PublishWaiting();
      news = TakeIdle();
    }
    if (up_) {
      ++beat_;
      auto update = NewUpdate(sequence_);
      update.mutable_heartbeat();
      display_beat_ = Encode(sequence_, update);
      v1::FollowEventsResponse response;
      response.set_sequence(sequence_);
      *response.mutable_office_time() = update.office_time();
      event_beat_ = Encode(sequence_, response);
      auto const due = TakeIdle(static_cast<int>(beat_ % kPhases));
      news.insert(news.end(), due.begin(), due.end());
    }
    std::erase_if(registered_, [](auto const& each) { return each.expired(); });
    registered = registered_;
  }
  Wake(news);
  for (auto const& each : registered) {
    if (auto const follower = each.lock()) follower->OnTick(now);
  }
}

int OfficeFeed::NextPhase() {
  MutexLock lock(mu_);
  next_phase_ = (next_phase_ + 1) % kPhases;
  return next_phase_;
}

bool OfficeFeed::TakeBeat(FeedCursor& cursor, SharedUpdate const& beat) {
  if (beat == nullptr || beat_ % kPhases != cursor.phase ||
      cursor.beat == beat_ || beat->sequence < cursor.sequence) {
    return false;
  }
  cursor.beat = beat_;
  return true;
}

SharedUpdate OfficeFeed::Snapshot(bool reset, FeedCursor& cursor,
                                  absl::Status& status) {
  MutexLock lock(mu_);
  if (!up_) {
    status = link_;
    return nullptr;
  }
  cursor.sequence = sequence_;
  cursor.beat = beat_;
  auto update = NewUpdate(sequence_);
  *update.mutable_snapshot() =
      ToProto(projection_.Picture(clock_.Now()), office_, reset);
  return Encode(sequence_, update);
}

OfficeFeed::Place OfficeFeed::Locate(std::int64_t after) {
  MutexLock lock(mu_);
  if (after > sequence_) return Place::kAhead;
  return after >= floor_ ? Place::kHeld : Place::kTooOld;
}

FeedNext OfficeFeed::NextForDisplay(
    FeedCursor& cursor, std::weak_ptr<FeedFollower> const& follower) {
  MutexLock lock(mu_);
  if (!up_) return {link_, nullptr, false};
  if (cursor.sequence < floor_) {
    return {error::WatcherTooSlow(), nullptr, false};
  }
  auto const next =
      std::upper_bound(updates_.begin(), updates_.end(), cursor.sequence,
                       [](std::int64_t sequence, SharedUpdate const& update) {
                         return sequence < update->sequence;
                       });
  if (next != updates_.end()) {
    cursor.sequence = (*next)->sequence;
    return {absl::OkStatus(), *next, false};
  }
  if (TakeBeat(cursor, display_beat_)) {
    return {absl::OkStatus(), display_beat_, false};
  }
  idle_.at(static_cast<std::size_t>(cursor.phase)).push_back(follower);
  return {absl::OkStatus(), nullptr, false};
}

FeedNext OfficeFeed::NextEvent(FeedCursor& cursor,
                               std::weak_ptr<FeedFollower> const& follower) {
  MutexLock lock(mu_);
  if (!up_) return {link_, nullptr, false};
  if (cursor.sequence < sequence_) {
    if (events_.empty() ||
        cursor.sequence + 1 < events_.front().event.sequence) {
      return {absl::OkStatus(), nullptr, true};
    }
    auto& next = events_[static_cast<std::size_t>(
        cursor.sequence + 1 - events_.front().event.sequence)];
    if (next.encoded == nullptr) next.encoded = EncodeEvent(next.event);
    cursor.sequence = next.event.sequence;
    return {absl::OkStatus(), next.encoded, false};
  }
  if (TakeBeat(cursor, event_beat_)) {
    return {absl::OkStatus(), event_beat_, false};
  }
  idle_.at(static_cast<std::size_t>(cursor.phase)).push_back(follower);
  return {absl::OkStatus(), nullptr, false};
}

void OfficeFeed::Register(std::weak_ptr<FeedFollower> const& follower) {
  MutexLock lock(mu_);
  registered_.push_back(follower);
}

OfficeFeed::Followers OfficeFeed::TakeIdle() {
  Followers all;
  for (int phase = 0; phase != kPhases; ++phase) {
    auto const some = TakeIdle(phase);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

OfficeFeed::Followers OfficeFeed::TakeIdle(int phase) {
  Followers idle;
  idle.swap(idle_.at(static_cast<std::size_t>(phase)));
  return idle;
}

void OfficeFeed::Wake(Followers const& followers) {
  for (auto const& each : followers) {
    if (auto const follower = each.lock()) follower->OnNews();
  }
}

}  // namespace madoguchi::ticketing
