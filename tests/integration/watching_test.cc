#include "tests/integration/ticketing_house.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <utility>

// What displays and services hear, across lost streams, replicas and Redis.
namespace madoguchi::testing {
namespace {

using ticketing::v1::CounterService;
using ticketing::v1::Event;
using ticketing::v1::FollowEventsResponse;
using ticketing::v1::OfficeEvent;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::TicketService;

// A stream that is read until something is found, then given up.
template <typename Update>
class Stream {
 public:
  template <typename Stub, typename Method, typename Request>
  Stream(std::unique_ptr<Stub> const& stub, Method method,
         Request const& request) {
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(30));
    context_.set_wait_for_ready(true);
    reader_ = (stub.get()->*method)(&context_, request);
  }
  ~Stream() { context_.TryCancel(); }

  // The next update; a test failure if the stream ends.
  Update Next() {
    Update update;
    EXPECT_TRUE(reader_->Read(&update))
        << sdk::FromGrpcStatus(reader_->Finish());
    return update;
  }

  // Nothing if the stream ends.
  std::optional<Update> TryNext() {
    Update update;
    if (!reader_->Read(&update)) return std::nullopt;
    return update;
  }

  // What the stream ends with.
  absl::Status End() {
    Update update;
    while (reader_->Read(&update)) {
    }
    return sdk::FromGrpcStatus(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<Update>> reader_;
};

class WatchingTest : public ::testing::Test {
 protected:
  std::unique_ptr<Stream<OfficeUpdate>> Watch(int replica,
                                              std::int64_t after = 0) {
    ticketing::v1::WatchOfficeRequest request;
    request.set_office("offices/honcho");
    request.set_after_sequence(after);
    return std::make_unique<Stream<OfficeUpdate>>(
        house_.at(replica).displays,
        &ticketing::v1::DisplayService::Stub::WatchOffice, request);
  }
  std::unique_ptr<Stream<FollowEventsResponse>> Follow(int replica,
                                                       std::int64_t after = 0) {
    ticketing::v1::FollowEventsRequest request;
    request.set_office("offices/honcho");
    request.set_after_sequence(after);
    return std::make_unique<Stream<FollowEventsResponse>>(
        house_.at(replica).events,
        &ticketing::v1::EventService::Stub::FollowEvents, request);
  }

  // Watches, and reads the snapshot, once the replica has read the log up to
  // `sequence`: another replica may have written it a moment ago.
  std::pair<std::unique_ptr<Stream<OfficeUpdate>>, OfficeUpdate> WatchBehind(
      int replica, std::int64_t sequence) {
    for (;;) {
      auto stream = Watch(replica);
      auto snapshot = stream->Next();
      if (snapshot.sequence() >= sequence || ::testing::Test::HasFailure()) {
        return {std::move(stream), std::move(snapshot)};
      }
    }
  }

  void OpenCounters() {
    for (auto const* counter : {"2", "3"}) {
      auto const opened =
          Call(house_.at(0).counters, &CounterService::Stub::OpenCounter,
               OpenOf(counter));
      ASSERT_THAT(opened, IsOk());
      sessions_[counter] = opened->session();
    }
  }

  // Issues a ticket and calls it to `counter`.
  ticketing::v1::Ticket IssueAndCall(std::string const& counter) {
    EXPECT_THAT(Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket,
                     IssueOf("renew_self")),
                IsOk());
    auto const called =
        Call(house_.at(1).counters, &CounterService::Stub::CallNextTicket,
             CallNextOf(counter, sessions_.at(counter)));
    EXPECT_THAT(called, IsOk());
    return called.ok() ? called->ticket() : ticketing::v1::Ticket();
  }

  // The next update that is a call.
  static OfficeUpdate NextCall(Stream<OfficeUpdate>& stream) {
    for (;;) {
      auto update = stream.Next();
      if (::testing::Test::HasFailure()) return update;
      if (update.event().kind() == OfficeEvent::CALLED) return update;
    }
  }

  TicketingHouse house_{2};
  std::map<std::string, std::int64_t> sessions_;
};

TEST_F(WatchingTest, ADisplayGetsASnapshotThenEachCall) {
  OpenCounters();
  auto const before = IssueAndCall("2");
  auto const [stream, snapshot] = WatchBehind(0, 5);
  ASSERT_TRUE(snapshot.has_snapshot());
  EXPECT_FALSE(snapshot.snapshot().reset());
  EXPECT_EQ(snapshot.snapshot().office_name().ja().empty(), false);
  ASSERT_EQ(snapshot.snapshot().calls_size(), 1);
  EXPECT_EQ(snapshot.snapshot().calls(0).number(), before.number());
  EXPECT_EQ(snapshot.snapshot().calls(0).counter(), "2");

  auto const called = IssueAndCall("3");
  auto const update = NextCall(*stream);
  EXPECT_EQ(update.event().call().number(), called.number());
  EXPECT_EQ(update.event().call().sequence(), update.sequence());
  EXPECT_EQ(update.event().counter().number(), called.number());
  EXPECT_GT(update.sequence(), snapshot.sequence());
}

TEST_F(WatchingTest, WithNothingToSayHeartbeatsComeWithinTwoSeconds) {
  OpenCounters();
  auto const [stream, snapshot] = WatchBehind(0, 3);
  for (int i = 0; i != 2; ++i) {
    auto const began = std::chrono::steady_clock::now();
    auto const update = stream->Next();
    EXPECT_TRUE(update.has_heartbeat()) << update.ShortDebugString();
    EXPECT_EQ(update.sequence(), snapshot.sequence());
    EXPECT_LT(std::chrono::steady_clock::now() - began,
              std::chrono::seconds(2));
  }
}

TEST_F(WatchingTest, D11AResumeAtTheOtherReplicaMissesAndRepeatsNothing) {
  OpenCounters();
  std::int64_t seen = 0;
  {
    auto const stream = Watch(0);
    stream->Next();
    IssueAndCall("2");
    seen = NextCall(*stream).sequence();
  }
  auto const missed = IssueAndCall("3");
  // The other one may not have read that far itself yet.
  auto const resumed = Watch(1, seen);
  auto const update = NextCall(*resumed);
  EXPECT_EQ(update.event().call().number(), missed.number());
}

TEST_F(WatchingTest, APlaceThatTheLogDoesNotHoldIsAReset) {
  OpenCounters();
  auto const called = IssueAndCall("2");
  WatchBehind(0, 5);
  auto const stream = Watch(0, 1'000'000);
  auto const update = stream->Next();
  ASSERT_TRUE(update.has_snapshot());
  EXPECT_TRUE(update.snapshot().reset());
  ASSERT_EQ(update.snapshot().calls_size(), 1);
  EXPECT_EQ(update.snapshot().calls(0).number(), called.number());
}

TEST_F(WatchingTest, AServiceGetsTheWholeLogFromAnyPlace) {
  OpenCounters();
  auto const ticket = IssueAndCall("2");
  std::vector<Event::Kind> const expected = {
      Event::DAY_OPENED, Event::COUNTER_OPENED, Event::COUNTER_OPENED,
      Event::TICKET_ISSUED, Event::TICKET_CALLED};
  auto const whole = Follow(0);
  for (std::size_t i = 0; i != expected.size(); ++i) {
    auto const response = whole->Next();
    EXPECT_EQ(response.event().kind(), expected[i]);
    EXPECT_EQ(response.sequence(), static_cast<std::int64_t>(i) + 1);
  }
  auto const rest = Follow(1, 4);
  auto const called = rest->Next().event();
  EXPECT_EQ(called.sequence(), 5);
  EXPECT_EQ(called.ticket().name(), ticket.name());
  EXPECT_EQ(called.staff(), "hana");
  EXPECT_EQ(called.reason(), "ONLY_SERVICE_WAITING");
  EXPECT_THAT(Follow(0, 77)->End(),
              IsError(absl::StatusCode::kOutOfRange, "SEQUENCE_UNKNOWN"));
}

TEST_F(WatchingTest, WithoutRedisADisplayIsToldAndResumesAfterwards) {
  OpenCounters();
  auto const [stream, snapshot] = WatchBehind(0, 3);
  house_.redis().Kill();
  EXPECT_THAT(stream->End(),
              IsError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  house_.redis().Start();
  // As a display does: again, until the server has found its Redis.
  std::optional<OfficeUpdate> update;
  auto const limit =
      std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!update && std::chrono::steady_clock::now() < limit) {
    update = Watch(0, snapshot.sequence())->TryNext();
  }
  ASSERT_TRUE(update);
  EXPECT_FALSE(update->has_snapshot()) << update->ShortDebugString();
}

TEST_F(WatchingTest, AServerThatStopsTellsItsDisplays) {
  OpenCounters();
  auto const stream = Watch(0);
  stream->Next();
  EXPECT_TRUE(house_.server(0).Stop(std::chrono::seconds(20)));
  EXPECT_THAT(stream->End(),
              IsError(absl::StatusCode::kUnavailable, "SERVER_STOPPING"));
}

}  // namespace
}  // namespace madoguchi::testing
