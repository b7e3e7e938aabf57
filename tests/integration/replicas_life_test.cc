#include "services/base/clock.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

// What goes on by itself, and what is taken back, in a house of two replicas.
namespace madoguchi::testing {
namespace {

using namespace ticketing::v1;
using Stub = CounterService::Stub;
using std::chrono::milliseconds;

// 2026-11-23, 10:00 in Tokyo, and 4:00 the next morning, when the day changes.
constexpr Timestamp kTenOClock{milliseconds(1'795'395'600'000)};
constexpr Timestamp kDayChange{milliseconds(1'795'460'400'000)};

std::vector<std::string> ClockFlags(double factor, Timestamp start) {
  auto const now = std::chrono::time_point_cast<milliseconds>(
      std::chrono::system_clock::now());
  return {"--clock", "scaled", "--clock_scale",
          FormatScale({factor, start, now})};
}

// Reads the log of an office from its beginning.
class LogReader {
 public:
  LogReader(ReplicaStubs& replica, std::string const& office) {
    FollowEventsRequest request;
    request.set_office(office);
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(60));
    reader_ = replica.events->FollowEvents(&context_, request);
  }
  ~LogReader() {
    context_.TryCancel();
    reader_->Finish();
  }
  LogReader(LogReader const&) = delete;
  LogReader& operator=(LogReader const&) = delete;

  // Reads on until an event of `kind`, and counts what it passes.
  Event Await(Event::Kind kind) {
    FollowEventsResponse response;
    while (reader_->Read(&response)) {
      if (!response.has_event()) continue;
      ++counts_[response.event().kind()];
      if (response.event().kind() == kind) return response.event();
    }
    ADD_FAILURE() << "no " << Event::Kind_Name(kind);
    return {};
  }
  int CountOf(Event::Kind kind) { return counts_[kind]; }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<FollowEventsResponse>> reader_;
  std::map<Event::Kind, int> counts_;
};

class ReplicasLifeTest : public ::testing::Test {
 protected:
  void Open(std::vector<std::vector<std::string>> const& flags) {
    house_ = std::make_unique<TicketingHouse>(flags);
  }
  void OpenFast() {
    auto const flags = ClockFlags(30, kTenOClock);
    Open({flags, flags});
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Press(
      int replica,
      grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&,
                                   Response*),
      Request const& request) {
    return Call(house_->at(replica).counters, method, request);
  }
  absl::StatusOr<IssueTicketResponse> Issue(int replica,
                                            std::string const& office) {
    auto request = IssueOf("renew_self");
    request.set_office(office);
    return Call(house_->at(replica).tickets, &TicketService::Stub::IssueTicket,
                request);
  }

  template <typename Request>
  static Request At(std::int64_t session) {
    Request request;
    request.set_counter("offices/honcho/counters/2");
    request.set_session(session);
    request.set_request_id(sdk::NewRequestId());
    return request;
  }
  template <typename Request>
  static Request On(Ticket const& ticket, std::int64_t session) {
    auto request = At<Request>(session);
    request.set_ticket(ticket.name());
    request.set_expected_version(ticket.version());
    return request;
  }

  // Somebody new, SERVING at counter 2.
  Ticket Serving(std::int64_t session) {
    EXPECT_THAT(Issue(0, "offices/honcho"), IsOk());
    auto const called =
        Press(1, &Stub::CallNextTicket, CallNextOf("2", session));
    EXPECT_THAT(called, IsOk());
    auto const serving =
        Press(0, &Stub::StartServing,
              On<StartServingRequest>(called->ticket(), session));
    EXPECT_THAT(serving, IsOk());
    return serving.ok() ? serving->ticket() : Ticket();
  }

  std::unique_ptr<TicketingHouse> house_;
};

TEST_F(ReplicasLifeTest, ADeadlineOfAHoldFiresOnce) {
  OpenFast();
  auto const session = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();
  auto hold = On<HoldTicketRequest>(Serving(session), session);
  hold.set_reason("form");
  hold.mutable_duration()->set_seconds(30);
  auto const held = Press(1, &Stub::HoldTicket, hold);
  ASSERT_THAT(held, IsOk());

  LogReader reader(house_->at(0), "offices/honcho");
  auto const ended = reader.Await(Event::HOLD_ENDED);
  EXPECT_EQ(ended.reason(), "DEADLINE");
  EXPECT_GE(ended.office_time().seconds(),
            held->ticket().hold().deadline_time().seconds());
  EXPECT_EQ(ended.rank(), held->ticket().rank());
  EXPECT_EQ(ended.ticket().version(), held->ticket().version() + 1);
  // By then both replicas have looked again.
  auto wrap_up = On<CompleteTicketRequest>(Serving(session), session);
  wrap_up.set_wrap_up(true);
  ASSERT_THAT(Press(0, &Stub::CompleteTicket, wrap_up), IsOk());
  EXPECT_EQ(reader.Await(Event::COUNTER_RESUMED).reason(), "WRAP_UP_ENDED");
  EXPECT_EQ(reader.CountOf(Event::HOLD_ENDED), 1);
}

TEST_F(ReplicasLifeTest, AStepIsTakenBackAtTheOtherReplicaAndOnce) {
  Open({{}, {}});
  auto const session = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();
  auto const serving = Serving(session);
  auto const done = Press(0, &Stub::CompleteTicket,
                          On<CompleteTicketRequest>(serving, session));
  ASSERT_THAT(done, IsOk());
  auto const undo = At<UndoLastStepRequest>(session);
  auto const back = Press(1, &Stub::UndoLastStep, undo);
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->ticket().state(), Ticket::SERVING);
  EXPECT_EQ(back->ticket().version(), done->ticket().version() + 1);
  EXPECT_EQ(back->ticket().rank(), serving.rank());
  // The copy is answered the same; another press finds nothing.
  auto const copy = Press(0, &Stub::UndoLastStep, undo);
  ASSERT_THAT(copy, IsOk());
  EXPECT_EQ(copy->SerializeAsString(), back->SerializeAsString());
  EXPECT_THAT(
      Press(0, &Stub::UndoLastStep, At<UndoLastStepRequest>(session)),
      IsError(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_UNDO"));
}

TEST_F(ReplicasLifeTest, APauseAtOneReplicaHoldsAtTheOther) {
  Open({{}, {}});
  ASSERT_THAT(Issue(0, "offices/honcho"), IsOk());
  auto const session = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();
  auto pause = At<PauseCounterRequest>(session);
  pause.set_reason("lunch");
  ASSERT_THAT(Press(0, &Stub::PauseCounter, pause), IsOk());
  EXPECT_THAT(Press(1, &Stub::CallNextTicket, CallNextOf("2", session)),
              IsError(absl::StatusCode::kFailedPrecondition, "COUNTER_PAUSED"));
  ASSERT_THAT(Press(1, &Stub::ResumeCounter, At<ResumeCounterRequest>(session)),
              IsOk());
  EXPECT_TRUE(
      Press(0, &Stub::CallNextTicket, CallNextOf("2", session))->has_ticket());
}

// The clock of one is two seconds ahead, so it opens the day while the other is
// still in the day before. Nobody who presses notices.
TEST_F(ReplicasLifeTest, ADayChangesOnceThoughClocksDiffer) {
  constexpr double kFactor = 5;
  auto const start = kDayChange - std::chrono::seconds(60);
  Open({ClockFlags(kFactor, start),
        ClockFlags(kFactor, start + std::chrono::seconds(2))});
  auto const carried = Issue(0, "offices/tobu");
  ASSERT_THAT(carried, IsOk());
  auto const expired = Issue(1, "offices/honcho");
  ASSERT_THAT(expired, IsOk());
  auto const session = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();

  std::set<std::string> names;
  std::string first_of_day;
  auto const day = expired->ticket().name().substr(0, 32);
  for (int i = 0; first_of_day.empty(); ++i) {
    auto const issued = Issue(i % 2, "offices/honcho");
    ASSERT_THAT(issued, IsOk());
    auto const& name = issued->ticket().name();
    EXPECT_TRUE(names.insert(name).second) << name;
    if (name.substr(0, 32) != day) first_of_day = issued->ticket().number();
    // The series has 200 numbers.
    CancelTicketRequest cancel;
    cancel.set_name(name);
    cancel.set_link_token(issued->link_token());
    cancel.set_request_id(sdk::NewRequestId());
    auto const cancelled = Call(house_->at(i % 2).tickets,
                                &TicketService::Stub::CancelTicket, cancel);
    if (cancelled.ok()) continue;
    // Its day ended before it was given back.
    ASSERT_THAT(cancelled,
                IsError(absl::StatusCode::kNotFound, "TICKET_NOT_FOUND"));
    ASSERT_EQ(name.substr(0, 32), day);
  }
  EXPECT_EQ(first_of_day, "101");
  for (int replica : {0, 1}) {
    EXPECT_THAT(
        Press(replica, &Stub::CallNextTicket, CallNextOf("2", session)),
        IsError(absl::StatusCode::kFailedPrecondition, "COUNTER_CLOSED"));
    EXPECT_THAT(Issue(replica, "offices/honcho"), IsOk());
  }

  LogReader honcho(house_->at(0), "offices/honcho");
  EXPECT_EQ(honcho.Await(Event::TICKET_EXPIRED).ticket().name(),
            expired->ticket().name());
  EXPECT_EQ(honcho.CountOf(Event::DAY_OPENED), 2);
  LogReader tobu(house_->at(1), "offices/tobu");
  auto const event = tobu.Await(Event::TICKET_CARRIED_OVER);
  EXPECT_EQ(event.ticket().number(), carried->ticket().number());
  EXPECT_EQ(tobu.CountOf(Event::DAY_OPENED), 2);
  // The number is still in use.
  auto const next = Issue(0, "offices/tobu");
  ASSERT_THAT(next, IsOk());
  EXPECT_NE(next->ticket().number(), carried->ticket().number());
}

}  // namespace
}  // namespace madoguchi::testing
