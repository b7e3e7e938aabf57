#include "tests/support/status_matchers.h"
#include "tests/support/whole_life_desks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>

// Steps that are taken back.
namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::Refused;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class CounterDeskUndoTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(desks_.Open("1"), IsOk());
    ASSERT_THAT(desks_.Open("3"), IsOk());
  }
  // `before`, as it is once a step was taken and taken back.
  static Ticket TwoVersionsOn(Ticket before) {
    before.version += 2;
    return before;
  }
  TicketId HeldBy(std::size_t counter) {
    return desks_.ListCounters()->at(counter).counter.ticket;
  }

  WholeLifeDesks desks_;
};

TEST_F(CounterDeskUndoTest, AFinishTakenBackIsServedOn) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  EXPECT_EQ(*desks_.Undo("1"), TwoVersionsOn(serving));
  EXPECT_EQ(HeldBy(0), serving.id);
  auto const told = desks_.Log().back();
  EXPECT_EQ(told.kind, EventKind::kStepUndone);
  EXPECT_EQ(told.staff, StaffId{"sato"});
  EXPECT_EQ(told.at, CounterId{"1"});
}

TEST_F(CounterDeskUndoTest, AnAbsenceTakenBackIsCalledStill) {
  desks_.Hall().call_policy.recalls_before_absent = 0;
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const called = *desks_.CallNext("1")->ticket;
  ASSERT_THAT(desks_.MarkAbsent(desks_.At("1", called.id)), IsOk());
  EXPECT_EQ(*desks_.Undo("1"), TwoVersionsOn(called));
}

TEST_F(CounterDeskUndoTest, ATransferTakenBackIsServedOnWithItsPlace) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Transfer(desks_.At("1", serving.id),
                              {.service = {"reset"},
                               .position = life::Position::kLast,
                               .note = "more"}),
              IsOk());
  EXPECT_EQ(*desks_.Undo("1"), TwoVersionsOn(serving));
}

TEST_F(CounterDeskUndoTest, AHoldSentAwayAndTakenBackEndsAtItsDeadline) {
  auto const serving = desks_.Serving("1");
  auto const held = *desks_.Hold(desks_.At("1", serving.id));
  ASSERT_THAT(desks_.Transfer(desks_.At("1", held.id), {.service = {"reset"}}),
              IsOk());
  EXPECT_EQ(desks_.Undo("1")->hold, held.hold);
  desks_.clock.Advance(minutes(15));
  EXPECT_EQ(desks_.SettleDueNow().fired, 1);
}

TEST_F(CounterDeskUndoTest, AfterTenSecondsItIsTooLate) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  desks_.clock.Advance(seconds(10));
  auto const in_time = desks_.Undo("1");
  EXPECT_THAT(in_time, IsOk());
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  desks_.clock.Advance(seconds(10) + milliseconds(1));
  EXPECT_THAT(desks_.Undo("1"), Refused("NOTHING_TO_UNDO"));
}

TEST_F(CounterDeskUndoTest, AStepIsTakenBackOnce) {
  auto const serving = desks_.Serving("1");
  EXPECT_THAT(desks_.Undo("1"), Refused("NOTHING_TO_UNDO"));
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  ASSERT_THAT(desks_.Undo("1"), IsOk());
  EXPECT_THAT(desks_.Undo("1"), Refused("NOTHING_TO_UNDO"));
}

TEST_F(CounterDeskUndoTest, WhatHasGoneOnSinceStays) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(
      desks_.Transfer(desks_.At("1", serving.id), {.service = {"reset"}}),
      IsOk());
  // Called elsewhere.
  ASSERT_THAT(desks_.CallNext("3"), IsOk());
  EXPECT_THAT(desks_.Undo("1"), Refused("NOTHING_TO_UNDO"));
}

TEST_F(CounterDeskUndoTest, ACounterThatHasCalledAgainTakesNothingBack) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Issue(), IsOk());
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  ASSERT_THAT(desks_.CallNext("1"), IsOk());
  EXPECT_THAT(desks_.Undo("1"), Refused("NOTHING_TO_UNDO"));
}

TEST_F(CounterDeskUndoTest, OnlyTheCounterItselfTakesItsStepBack) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  EXPECT_THAT(desks_.Undo("3"), Refused("NOTHING_TO_UNDO"));
}

TEST_F(CounterDeskUndoTest, ARepeatAfterALostReplyTakesNothingElseBack) {
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  desks_.store.LoseNextReply();
  auto const undo = [&] {
    Answer<Ticket> answer;
    desks_.counters.UndoLastStep({kHall, {"1"}}, Uuid(900), desks_.Deadline(),
                                 answer.Catch());
    return answer.Get();
  };
  EXPECT_FALSE(undo().ok());
  EXPECT_EQ(*undo(), TwoVersionsOn(serving));
}

// Another process, whose clock runs ahead, has opened the next day.
TEST_F(CounterDeskUndoTest, DuringTheDayChangeItIsDecidedOnTheNewDay) {
  desks_.clock.Set(kTenOClock + hours(18) - milliseconds(1));
  Answer<std::monostate> opened;
  desks_.memory.OpenDay({kHall, {20261124}}, /*carry_over=*/false,
                        desks_.clock.Now(), desks_.Deadline(), opened.Catch());
  Answer<Ticket> undone;
  desks_.counters.UndoLastStep({kHall, {"1"}}, Uuid(900), desks_.Deadline(),
                               undone.Catch());
  EXPECT_FALSE(undone.Arrived());
  desks_.clock.Advance(milliseconds(1));
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(undone.Get(), Refused("COUNTER_CLOSED"));
}

}  // namespace
}  // namespace madoguchi::ticketing
