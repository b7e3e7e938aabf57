#include "services/ticketing/domain/settle_due.h"
#include "tests/support/status_matchers.h"
#include "tests/support/whole_life_desks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SettleDueTest : public ::testing::Test {
 protected:
  SettleDueTest() { desks_.Hall().call_policy.absent_expires = minutes(20); }
  void SetUp() override { ASSERT_THAT(desks_.Open("1"), IsOk()); }

  // A ticket on hold for ten minutes.
  Ticket Held(bool to_counter = false) {
    auto const serving = desks_.Serving("1");
    auto const held = desks_.Hold(
        desks_.At("1", serving.id),
        {.reason = "form", .duration = minutes(10), .to_counter = to_counter});
    EXPECT_THAT(held, IsOk());
    return held.value_or(Ticket());
  }
  Answer<DueDone> Settle(int limit = kDueLimit) {
    Answer<DueDone> done;
    SettleDue(desks_.context, desks_.Hall(), limit, desks_.Deadline(),
              done.Catch());
    return done;
  }
  std::int64_t CountOf(EventKind kind) {
    auto const log = desks_.Log();
    return std::count_if(log.begin(), log.end(),
                         [&](auto const& event) { return event.kind == kind; });
  }

  WholeLifeDesks desks_;
};

TEST_F(SettleDueTest, NothingFiresBeforeItsTimeAndEverythingFiresOnce) {
  auto const held = Held();
  desks_.clock.Advance(minutes(10) - seconds(1));
  EXPECT_EQ(Settle().Get()->fired, 0);
  desks_.clock.Advance(seconds(1));
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_EQ(desks_.Get(held.id)->state, TicketState::kWaiting);
  EXPECT_EQ(Settle().Get()->fired, 0);
  EXPECT_EQ(CountOf(EventKind::kHoldEnded), 1);
}

TEST_F(SettleDueTest, OfTwoProcessesOneFires) {
  Held();
  desks_.clock.Advance(minutes(10));
  Answer<DueDone> rival;
  desks_.store.BeforeNextSettle([&] { rival = Settle(); });
  EXPECT_EQ(Settle().Get()->fired, 0);
  EXPECT_EQ(rival.Get()->fired, 1);
  EXPECT_EQ(CountOf(EventKind::kHoldEnded), 1);
}

TEST_F(SettleDueTest, ALostReplyFiresNothingTwice) {
  Held();
  desks_.clock.Advance(minutes(10));
  desks_.store.LoseNextReply();
  EXPECT_THAT(Settle().Get(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_EQ(Settle().Get()->fired, 0);
  EXPECT_EQ(CountOf(EventKind::kHoldEnded), 1);
}

// A clerk is faster: the ticket changes between look and settle.
TEST_F(SettleDueTest, WhatSomebodyChangedMeanwhileDoesNotFire) {
  auto const held = Held();
  desks_.clock.Advance(minutes(10));
  desks_.store.BeforeNextSettle([&] {
    EXPECT_THAT(desks_.ResumeServing(desks_.At("1", held.id)), IsOk());
  });
  EXPECT_EQ(Settle().Get()->fired, 0);
  EXPECT_EQ(desks_.Get(held.id)->state, TicketState::kServing);
  EXPECT_EQ(CountOf(EventKind::kHoldEnded), 0);
}

TEST_F(SettleDueTest, ALimitLeavesTheRestForTheNextRun) {
  for (int i = 0; i != 3; ++i) Held();
  desks_.clock.Advance(minutes(10));
  EXPECT_TRUE(Settle(2).Get()->more);
  EXPECT_EQ(Settle(2).Get()->fired, 1);
}

TEST_F(SettleDueTest, AHoldForOneCounterEndsThereIfSomebodyWorksThere) {
  auto const held = Held(/*to_counter=*/true);
  desks_.clock.Advance(minutes(10));
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_EQ(QueueOf(*desks_.Get(held.id)), QueueId{"@1"});
}

TEST_F(SettleDueTest, AHoldForAClosedCounterEndsForAll) {
  auto const held = Held(/*to_counter=*/true);
  ASSERT_THAT(desks_.Close("1"), IsOk());
  desks_.clock.Advance(minutes(10));
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_EQ(QueueOf(*desks_.Get(held.id)), QueueId{"renew"});
}

TEST_F(SettleDueTest, AHoldForACounterThatClosesMeanwhileEndsForAll) {
  auto const held = Held(/*to_counter=*/true);
  desks_.clock.Advance(minutes(10));
  desks_.store.BeforeNextSettle(
      [&] { ASSERT_THAT(desks_.Close("1"), IsOk()); });
  EXPECT_EQ(Settle().Get()->fired, 0);
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_EQ(QueueOf(*desks_.Get(held.id)), QueueId{"renew"});
}

TEST_F(SettleDueTest, WhoeverACounterDoesNotCallInTimeWaitsForAll) {
  auto const waiting = *desks_.Issue();
  ASSERT_THAT(desks_.Designate(desks_.At("1", waiting.id)), IsOk());
  desks_.clock.Advance(minutes(30));
  EXPECT_EQ(Settle().Get()->fired, 1);
  auto const after = *desks_.Get(waiting.id);
  EXPECT_EQ(QueueOf(after), QueueId{"renew"});
  EXPECT_EQ(after.rank, waiting.rank);
  EXPECT_EQ(desks_.Log().back().reason, "COUNTER_DID_NOT_CALL");
}

TEST_F(SettleDueTest, AnAbsenceExpires) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const absent = desks_.CallAndMiss("1");
  desks_.clock.Advance(minutes(20));
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_EQ(desks_.Get(absent.id)->state, TicketState::kExpired);
}

TEST_F(SettleDueTest, PaperworkEndsByItself) {
  auto const serving = desks_.Serving("1");
  Answer<Ticket> completed;
  desks_.counters.Complete(desks_.At("1", serving.id), {.wrap_up = true},
                           desks_.Deadline(), completed.Catch());
  ASSERT_THAT(completed.Get(), IsOk());
  EXPECT_EQ(desks_.ListCounters()->front().counter.activity,
            CounterActivity::kWrapUp);
  desks_.clock.Advance(minutes(3));
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_EQ(desks_.ListCounters()->front().counter.activity,
            CounterActivity::kReady);
}

TEST_F(SettleDueTest, ADayOfWhichNobodyTookANumberIsOpenedAndTheLastSwept) {
  auto const waiting = *desks_.Issue();
  desks_.clock.Advance(hours(24));
  EXPECT_THAT(Settle().Get(), IsOk());
  EXPECT_EQ(CountOf(EventKind::kDayOpened), 2);
  auto const last = desks_.Log().back();
  EXPECT_EQ(last.kind, EventKind::kTicketExpired);
  EXPECT_EQ(last.ticket->id, waiting.id);
}

// Settings that were changed meanwhile may have put it off.
TEST_F(SettleDueTest, WhatIsPutOffFiresLater) {
  auto const serving = desks_.Serving("1");
  desks_.Hall().desk_policy.finish_prompt = minutes(120);
  desks_.clock.Advance(minutes(90));
  EXPECT_EQ(Settle().Get()->fired, 0);
  EXPECT_FALSE(desks_.Get(serving.id)->time_uncertain);
  desks_.clock.Advance(minutes(30));
  EXPECT_EQ(Settle().Get()->fired, 1);
  EXPECT_TRUE(desks_.Get(serving.id)->time_uncertain);
}

}  // namespace
}  // namespace madoguchi::ticketing
