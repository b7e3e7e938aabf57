#include "tests/support/status_matchers.h"
#include "tests/support/whole_life_desks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>

// Visits that do not go straight on: holds, further services, calls out of
// turn, visitors without number.
namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::Refused;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class CounterDeskVisitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(desks_.Open("1"), IsOk());
    ASSERT_THAT(desks_.Open("3", "ito"), IsOk());
  }
  Ticket Held() {
    auto const serving = desks_.Serving("1");
    auto const held = desks_.Hold(desks_.At("1", serving.id));
    EXPECT_THAT(held, IsOk());
    return held.value_or(Ticket());
  }

  WholeLifeDesks desks_;
};

TEST_F(CounterDeskVisitTest, AHoldFreesTheCounterAndKeepsTheTimeServed) {
  auto const serving = desks_.Serving("1");
  desks_.clock.Advance(minutes(4));
  auto const held = *desks_.Hold(desks_.At("1", serving.id));
  EXPECT_EQ(held.served, minutes(4));
  EXPECT_EQ(held.rank, serving.rank);
  EXPECT_EQ(held.hold->deadline, desks_.clock.Now() + minutes(15));
  EXPECT_FALSE(desks_.ListCounters()->front().counter.Busy());
}

TEST_F(CounterDeskVisitTest, AHoldLastsNoLongerThanTheOfficeAllows) {
  auto const serving = desks_.Serving("1");
  for (auto const duration :
       {milliseconds(999), milliseconds(minutes(120)) + milliseconds(1)}) {
    EXPECT_THAT(desks_.Hold(desks_.At("1", serving.id),
                            {.reason = "form", .duration = duration}),
                IsError(StatusCode::kInvalidArgument, "HOLD_TOO_LONG"));
  }
  EXPECT_THAT(desks_.Hold(desks_.At("1", serving.id),
                          {.reason = "form", .duration = minutes(120)}),
              IsOk());
}

TEST_F(CounterDeskVisitTest, AHoldGivesItsReason) {
  auto const serving = desks_.Serving("1");
  EXPECT_THAT(desks_.Hold(desks_.At("1", serving.id), {.reason = "A Person"}),
              IsError(StatusCode::kInvalidArgument, "REASON_INVALID"));
}

TEST_F(CounterDeskVisitTest, AnyFreeCounterServesOnWhoeverIsOnHold) {
  auto const held = Held();
  auto const serving = desks_.ResumeServing(desks_.At("3", held.id));
  ASSERT_THAT(serving, IsOk());
  EXPECT_EQ(serving->counter, CounterId{"3"});
  EXPECT_EQ(serving->hold, std::nullopt);
  EXPECT_EQ(desks_.Log().back().staff, StaffId{"ito"});
  EXPECT_THAT(desks_.ResumeServing(desks_.At("1", held.id)),
              Refused("TICKET_NOT_ON_HOLD"));
}

TEST_F(CounterDeskVisitTest, AHoldThatEndedWaitsWithItsPlaceToPickSomethingUp) {
  auto const held = Held();
  desks_.clock.Advance(minutes(1));
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const waiting = desks_.EndHold(desks_.At("3", held.id));
  ASSERT_THAT(waiting, IsOk());
  EXPECT_EQ(waiting->rank, held.rank);
  EXPECT_TRUE(waiting->pickup);
  EXPECT_EQ(desks_.CallNext("3")->ticket->id, held.id);
  // What was due is due no more.
  desks_.clock.Advance(minutes(30));
  EXPECT_EQ(desks_.SettleDueNow().fired, 0);
}

TEST_F(CounterDeskVisitTest, AHoldForACounterThatClosesMeanwhileEndsForAll) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Hold(desks_.At("1", serving.id),
                          {.reason = "form", .to_counter = true}),
              IsOk());
  desks_.store.BeforeNextSettle(
      [&] { ASSERT_THAT(desks_.Close("1"), IsOk()); });
  Answer<Ticket> waiting;
  desks_.counters.EndHold(desks_.At("3", serving.id), desks_.Deadline(),
                          waiting.Catch());
  desks_.scheduler.Advance(std::chrono::milliseconds(5));
  ASSERT_THAT(waiting.Get(), IsOk());
  EXPECT_EQ(QueueOf(*waiting.Get()), QueueId{"renew"});
}

TEST_F(CounterDeskVisitTest, FurtherServicesAreDoneOnTheSameNumberInOrder) {
  auto const issued = *desks_.IssueVisit(
      {.service = {"renew"}, .next_services = {{"reset"}, {"pickup"}}});
  auto const serve = [&] {
    EXPECT_EQ(desks_.CallNext("1")->ticket->id, issued.id);
    EXPECT_THAT(desks_.StartServing(desks_.At("1", issued.id)), IsOk());
    desks_.clock.Advance(minutes(3));
    return *desks_.Complete(desks_.At("1", issued.id), "done");
  };
  auto const second = serve();
  EXPECT_EQ(second.state, TicketState::kWaiting);
  EXPECT_EQ(second.service, ServiceId{"reset"});
  EXPECT_EQ(second.rank, issued.rank);
  EXPECT_EQ(desks_.Log().back().kind, EventKind::kServiceFinished);
  EXPECT_EQ(desks_.Log().back().reason, "done");
  EXPECT_EQ(serve().service, ServiceId{"pickup"});
  auto const last = serve();
  EXPECT_EQ(last.state, TicketState::kCompleted);
  EXPECT_EQ(last.number, issued.number);
  EXPECT_EQ(last.served, minutes(6));
}

TEST_F(CounterDeskVisitTest, AnAbsentVisitorMayBeCalledByNumber) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const absent = desks_.CallAndMiss("1");
  auto const called = desks_.CallOutOfTurn(desks_.At("3", absent.id));
  ASSERT_THAT(called, IsOk());
  EXPECT_EQ(called->state, TicketState::kCalled);
  EXPECT_EQ(called->recalls, 0);
  EXPECT_EQ(desks_.Log().back().reason, "BY_NUMBER");
}

TEST_F(CounterDeskVisitTest, WhoeverIsAtACounterIsNotCalledToAnother) {
  auto const serving = desks_.Serving("1");
  EXPECT_THAT(desks_.CallOutOfTurn(desks_.At("3", serving.id)),
              Refused("TICKET_NOT_CALLABLE"));
}

// Overtaking by number is staff's own decision: it uses up nobody's share.
TEST_F(CounterDeskVisitTest, ACallOutOfTurnCountsAsNoOvertaking) {
  desks_.Hall().call_policy.overtaking_limit = 1;
  ASSERT_THAT(desks_.Issue("pickup"), IsOk());
  desks_.clock.Advance(minutes(1));
  auto const later = *desks_.Issue("renew");
  ASSERT_THAT(desks_.CallOutOfTurn(desks_.At("1", later.id)), IsOk());
  LookQuery query;
  query.hall = {kHall, kToday};
  query.queues = {{"pickup"}};
  Answer<View> view;
  desks_.memory.Look(query, desks_.Deadline(), view.Catch());
  EXPECT_EQ(view.Get()->queues.front().first.front().overtakes, 0);
}

TEST_F(CounterDeskVisitTest, AVisitorWithoutNumberIsServedAtOnce) {
  auto const serving = desks_.ServeVisitor("1", "pickup");
  ASSERT_THAT(serving, IsOk());
  EXPECT_EQ(serving->state, TicketState::kServing);
  EXPECT_TRUE(serving->unqueued);
  EXPECT_EQ(desks_.ListCounters()->front().ticket, *serving);
  EXPECT_EQ(desks_.Log().back().kind, EventKind::kVisitorServed);
  EXPECT_THAT(desks_.ServeVisitor("1", "pickup"), Refused("COUNTER_BUSY"));
  // A finish may be forgotten here too.
  desks_.clock.Advance(minutes(90));
  EXPECT_EQ(desks_.SettleDueNow().fired, 1);
}

TEST_F(CounterDeskVisitTest, PaperworkIsEndedByTheNextCall) {
  auto const serving = desks_.Serving("1");
  Answer<Ticket> completed;
  desks_.counters.Complete(desks_.At("1", serving.id), {.wrap_up = true},
                           desks_.Deadline(), completed.Catch());
  ASSERT_THAT(completed.Get(), IsOk());
  ASSERT_THAT(desks_.Issue(), IsOk());
  EXPECT_THAT(desks_.CallNext("1"), IsOk());
  EXPECT_EQ(desks_.ListCounters()->front().counter.activity,
            CounterActivity::kReady);
  desks_.clock.Advance(minutes(3));
  EXPECT_EQ(desks_.SettleDueNow().fired, 0);
}

}  // namespace
}  // namespace madoguchi::ticketing
