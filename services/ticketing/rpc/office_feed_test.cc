#include "services/ticketing/rpc/office_feed.h"
#include "services/ticketing/domain/errors.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/ticketing/v1/event_service.pb.h"
#include <grpcpp/impl/codegen/proto_utils.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::ticketing {
namespace {

using testing::IsError;

template <typename Message>
Message Decode(SharedUpdate const& update) {
  Message message;
  auto bytes = update->bytes;
  EXPECT_TRUE(
      grpc::SerializationTraits<Message>::Deserialize(&bytes, &message).ok());
  return message;
}

Office TestOffice() {
  Office office;
  office.id = {"honcho"};
  office.time_zone = "Asia/Tokyo";
  office.series = {{{"a"}, "A", 101, 100}};
  office.services = {{{"renew"}, {"更新", "", "Renew"}, {"a"}, {}, {}}};
  office.counters = {{{"2"}, {"2番", "", "2"}, {{{"renew"}}}}};
  return office;
}

class CountingFollower : public FeedFollower {
 public:
  void OnNews() override { ++news; }
  void OnTick(MachineTime) override { ++ticks; }
  int news = 0;
  int ticks = 0;
};

class OfficeFeedTest : public ::testing::Test {
 protected:
  // The next event of the log, about ticket number `serial`.
  Event Next(EventKind kind, int serial, TicketState state) {
    Event event;
    event.sequence = ++sequence_;
    event.kind = kind;
    event.day = {20261123};
    event.time = clock_.Now();
    if (kind == EventKind::kDayOpened) return event;
    Ticket ticket;
    ticket.id = MakeTicketId(event.day, {"a"}, serial);
    ticket.number = "A" + std::to_string(101 + serial);
    ticket.service = {"renew"};
    ticket.state = state;
    ticket.counter = {"2"};
    ticket.called = clock_.Now();
    event.ticket = ticket;
    if (kind == EventKind::kTicketCalled ||
        kind == EventKind::kTicketCancelled) {
      event.waited_in = QueueOf(ticket);
    }
    return event;
  }

  void Apply(EventKind kind, int serial, TicketState state) {
    feed_.Apply({Next(kind, serial, state)});
  }
  void Issue(int serial) {
    Apply(EventKind::kTicketIssued, serial, TicketState::kWaiting);
  }
  void Call(int serial) {
    Apply(EventKind::kTicketCalled, serial, TicketState::kCalled);
  }

  void Up() {
    Apply(EventKind::kDayOpened, 0, TicketState::kWaiting);
    feed_.LinkUp();
  }

  v1::OfficeUpdate Snapshot(FeedCursor& cursor) {
    absl::Status status;
    auto const update = feed_.Snapshot(/*reset=*/false, cursor, status);
    EXPECT_NE(update, nullptr) << status;
    return Decode<v1::OfficeUpdate>(update);
  }

  Office const office_ = TestOffice();
  FakeClock clock_{Timestamp(std::chrono::hours(500'000))};
  OfficeFeed feed_{office_, clock_};
  std::shared_ptr<CountingFollower> follower_ =
      std::make_shared<CountingFollower>();
  std::int64_t sequence_ = 0;
  MachineTime now_{};
};

TEST_F(OfficeFeedTest, BeforeTheLogIsFollowedNobodyIsToldAnything) {
  FeedCursor cursor;
  absl::Status status;
  EXPECT_EQ(feed_.Snapshot(false, cursor, status), nullptr);
  EXPECT_THAT(status,
              IsError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

TEST_F(OfficeFeedTest, ASnapshotHoldsWhatWasApplied) {
  Up();
  Issue(0);
  Issue(1);
  Call(0);
  FeedCursor cursor;
  auto const update = Snapshot(cursor);
  EXPECT_EQ(update.sequence(), 4);
  EXPECT_EQ(cursor.sequence, 4);
  ASSERT_EQ(update.snapshot().calls_size(), 1);
  EXPECT_EQ(update.snapshot().calls(0).number(), "A101");
  EXPECT_EQ(update.snapshot().calls(0).sequence(), 4);
  EXPECT_EQ(update.snapshot().services(0).waiting_count(), 1);
}

TEST_F(OfficeFeedTest, ACallIsToldAtOnceAndIssuesWithTheNextTickAsOne) {
  Up();
  FeedCursor cursor;
  Snapshot(cursor);
  EXPECT_EQ(feed_.NextForDisplay(cursor, follower_).update, nullptr);
  Issue(0);
  Issue(1);
  Issue(2);
  EXPECT_EQ(feed_.NextForDisplay(cursor, follower_).update, nullptr);
  feed_.Tick(now_);
  auto const counted = feed_.NextForDisplay(cursor, follower_);
  ASSERT_NE(counted.update, nullptr);
  auto const update = Decode<v1::OfficeUpdate>(counted.update);
  EXPECT_EQ(update.event().kind(), v1::OfficeEvent::WAITING_CHANGED);
  EXPECT_EQ(update.event().services(0).waiting_count(), 3);
  EXPECT_EQ(update.sequence(), 4);
  EXPECT_EQ(feed_.NextForDisplay(cursor, follower_).update, nullptr);

  Call(0);
  auto const called = feed_.NextForDisplay(cursor, follower_);
  ASSERT_NE(called.update, nullptr);
  auto const call = Decode<v1::OfficeUpdate>(called.update);
  EXPECT_EQ(call.event().kind(), v1::OfficeEvent::CALLED);
  EXPECT_EQ(call.event().call().number(), "A101");
  EXPECT_EQ(call.event().services(0).waiting_count(), 2);
}

TEST_F(OfficeFeedTest, UpdatesAreSerialisedOnceForAll) {
  Up();
  FeedCursor one;
  FeedCursor other;
  Snapshot(one);
  Snapshot(other);
  Call(0);
  EXPECT_EQ(feed_.NextForDisplay(one, follower_).update,
            feed_.NextForDisplay(other, follower_).update);
}

TEST_F(OfficeFeedTest, WhoeverWaitsIsToldOfNewsOnce) {
  Up();
  FeedCursor cursor;
  Snapshot(cursor);
  feed_.NextForDisplay(cursor, follower_);
  Call(0);
  Call(1);
  EXPECT_EQ(follower_->news, 1);
}

TEST_F(OfficeFeedTest, EachFollowerGetsAHeartbeatOfTheSamePlaceInItsTurn) {
  Up();
  feed_.Tick(now_);
  FeedCursor cursor;
  cursor.phase = feed_.NextPhase();
  Snapshot(cursor);
  EXPECT_EQ(feed_.NextForDisplay(cursor, follower_).update, nullptr);
  int ticks = 0;
  while (follower_->news == 0 && ticks != OfficeFeed::kPhases) {
    feed_.Tick(now_);
    ++ticks;
  }
  EXPECT_EQ(follower_->news, 1);
  auto const beat = feed_.NextForDisplay(cursor, follower_);
  ASSERT_NE(beat.update, nullptr);
  auto const update = Decode<v1::OfficeUpdate>(beat.update);
  EXPECT_TRUE(update.has_heartbeat());
  EXPECT_EQ(update.sequence(), 1);
  EXPECT_EQ(feed_.NextForDisplay(cursor, follower_).update, nullptr);
}

TEST_F(OfficeFeedTest, AResumeFindsItsPlaceInWhatIsHeld) {
  sequence_ = 40;
  Up();
  Call(0);
  EXPECT_EQ(feed_.Locate(41), OfficeFeed::Place::kHeld);
  EXPECT_EQ(feed_.Locate(42), OfficeFeed::Place::kHeld);
  EXPECT_EQ(feed_.Locate(39), OfficeFeed::Place::kTooOld);
  EXPECT_EQ(feed_.Locate(43), OfficeFeed::Place::kAhead);
  FeedCursor cursor;
  cursor.sequence = 41;
  auto const next = feed_.NextForDisplay(cursor, follower_);
  ASSERT_NE(next.update, nullptr);
  EXPECT_EQ(next.update->sequence, 42);
}

TEST_F(OfficeFeedTest, WithoutItsLogEveryStreamEnds) {
  Up();
  feed_.Register(follower_);
  FeedCursor cursor;
  Snapshot(cursor);
  feed_.LinkDown(error::StoreUnavailable("gone"));
  EXPECT_EQ(follower_->news, 1);
  EXPECT_THAT(feed_.NextForDisplay(cursor, follower_).status,
              IsError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_THAT(feed_.NextEvent(cursor, follower_).status,
              IsError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

TEST_F(OfficeFeedTest, AServiceGetsEveryEventAndIsSentToTheLogWhenFarBehind) {
  Up();
  Issue(0);
  Issue(1);
  FeedCursor cursor;
  for (std::int64_t expected = 1; expected <= 3; ++expected) {
    auto const next = feed_.NextEvent(cursor, follower_);
    ASSERT_NE(next.update, nullptr);
    EXPECT_EQ(Decode<v1::FollowEventsResponse>(next.update).event().sequence(),
              expected);
  }
  EXPECT_EQ(feed_.NextEvent(cursor, follower_).update, nullptr);
  for (int serial = 2; serial != 6'000; ++serial) Issue(serial);
  EXPECT_TRUE(feed_.NextEvent(cursor, follower_).behind);
}

TEST_F(OfficeFeedTest, ADisplayThatFellOutOfWhatIsHeldIsToldToResume) {
  Up();
  FeedCursor cursor;
  Snapshot(cursor);
  for (int serial = 0; serial != 50'001; ++serial) Call(serial);
  EXPECT_THAT(feed_.NextForDisplay(cursor, follower_).status,
              IsError(absl::StatusCode::kUnavailable, "WATCHER_TOO_SLOW"));
}

}  // namespace
}  // namespace madoguchi::ticketing
