// The details that toy queue systems omit, each with the test that shows that
// this one does not. The numbers are those of the list that the project was
// built to; what is about devices and screens has its tests beside them.
#include "tests/support/status_matchers.h"
#include "tests/support/whole_life_desks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using ::madoguchi::testing::IsError;
using ::madoguchi::testing::IsOk;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

auto IsForbidden(std::string const& reason) {
  return IsError(StatusCode::kFailedPrecondition, reason);
}

class FeatureDetails : public ::testing::Test {
 protected:
  void SetUp() override {
    for (auto const* counter : {"1", "2", "3"}) {
      ASSERT_THAT(desks_.Open(counter), IsOk());
    }
  }

  std::int64_t CountOf(EventKind kind) {
    auto const log = desks_.Log();
    return std::count_if(log.begin(), log.end(), [&](Event const& event) {
      return event.kind == kind;
    });
  }
  Event LastEvent() { return desks_.Log().back(); }

  WholeLifeDesks desks_;
};

TEST_F(FeatureDetails, D01TwoCountersNeverCallTheSameVisitor) {
  auto const only = *desks_.Issue();
  // Another process, for in this one presses stand in line.
  CounterDesk other(desks_.context);
  Answer<CallAnswer> theirs;
  desks_.store.BeforeNextSettle([&] {
    other.CallNext({kHall, {"2"}}, Uuid(900), desks_.Deadline(),
                   theirs.Catch());
  });
  Answer<CallAnswer> ours;
  desks_.counters.CallNext({kHall, {"1"}}, Uuid(901), desks_.Deadline(),
                           ours.Catch());
  desks_.scheduler.Advance(std::chrono::milliseconds(10));
  EXPECT_EQ(theirs.Get()->ticket->id, only.id);
  EXPECT_EQ(ours.Get()->ticket, std::nullopt);
  EXPECT_EQ(CountOf(EventKind::kTicketCalled), 1);
}

TEST_F(FeatureDetails, D02ACounterThatHoldsSomebodyCallsNobodyElse) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const second = *desks_.Issue();
  ASSERT_THAT(desks_.CallNext("1"), IsOk());
  EXPECT_THAT(desks_.CallNext("1"), IsForbidden("COUNTER_BUSY"));
  EXPECT_THAT(desks_.CallOutOfTurn(desks_.At("1", second.id)),
              IsForbidden("COUNTER_BUSY"));
  EXPECT_THAT(desks_.ServeVisitor("1", "renew"), IsForbidden("COUNTER_BUSY"));
}

TEST_F(FeatureDetails, D03APressTwiceDoesOnceWhatItDoes) {
  desks_.store.LoseNextReply();
  EXPECT_THAT(desks_.Issue(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  auto const press = desks_.last_id;
  auto const issued = *desks_.IssueAgain("renew", press);
  EXPECT_EQ(*desks_.IssueAgain("renew", press), issued);
  EXPECT_EQ(CountOf(EventKind::kTicketIssued), 1);
}

TEST_F(FeatureDetails, D04NumbersDoNotDependOnHowManyThereAre) {
  EXPECT_EQ(desks_.Issue()->number, "A101");
  auto const second = *desks_.Issue();
  ASSERT_THAT(desks_.Cancel(second.id), IsOk());
  EXPECT_EQ(desks_.Issue()->number, "A103");
}

TEST_F(FeatureDetails, D05TheBusinessDayIsThatOfTheOfficeNotOfUtc) {
  auto const late = *desks_.Issue();
  // 17:00 in Tokyo is 8:00 UTC; 1:00 the next morning is still this day.
  desks_.clock.Advance(hours(15));
  EXPECT_EQ(DayOf(desks_.Issue()->id), DayOf(late.id));
  desks_.clock.Advance(hours(3));
  auto const next_day = *desks_.Issue();
  EXPECT_NE(DayOf(next_day.id), DayOf(late.id));
  EXPECT_EQ(next_day.number, "A101");
}

TEST_F(FeatureDetails, D06ANumberStillInUseIsNotGivenAgain) {
  desks_.Hall().series[0].size = 10;
  std::set<std::string> live;
  for (int i = 0; i != 10; ++i) {
    EXPECT_TRUE(live.insert(desks_.Issue()->number).second);
  }
  EXPECT_THAT(desks_.Issue(),
              IsError(StatusCode::kResourceExhausted, "SERIES_EXHAUSTED"));
  auto const served = desks_.CallNext("1")->ticket;
  ASSERT_THAT(desks_.StartServing(desks_.At("1", served->id)), IsOk());
  ASSERT_THAT(desks_.Complete(desks_.At("1", served->id)), IsOk());
  EXPECT_EQ(desks_.Issue()->number, served->number);
}

TEST_F(FeatureDetails, D07WhatTheDayLeftIsClosedOrCarriedOver) {
  auto const serving = desks_.Serving("1", "reset");
  auto const waiting = *desks_.Issue();
  desks_.clock.Advance(hours(19));
  desks_.SettleDueNow();
  std::vector<std::string> ends;
  for (auto const& event : desks_.Log()) {
    if (event.reason != "DAY_ENDED") continue;
    ends.push_back(event.ticket->number + " " +
                   (event.kind == EventKind::kTicketExpired
                        ? "expired"
                        : event.ticket->outcome));
    EXPECT_EQ(event.ticket->time_uncertain, event.ticket->id == serving.id);
  }
  EXPECT_THAT(ends,
              ::testing::UnorderedElementsAre(waiting.number + " expired",
                                              serving.number + " unfinished"));
  auto const counters = *desks_.ListCounters();
  EXPECT_TRUE(std::none_of(counters.begin(), counters.end(),
                           [](auto const& each) { return each.counter.open; }));
}

TEST_F(FeatureDetails, D07WithCarryOverNumberAndPlaceAreKept) {
  desks_.Hall().day_end = DayEnd::kCarryOver;
  auto const kept = *desks_.Issue();
  desks_.clock.Advance(hours(23));
  auto const today = *desks_.Issue();
  // 101 is still in use.
  EXPECT_EQ(today.number, "A102");
  ASSERT_THAT(desks_.Open("1"), IsOk());
  auto const called = desks_.CallNext("1")->ticket;
  EXPECT_EQ(called->id, kept.id);
  EXPECT_EQ(called->number, kept.number);
  EXPECT_EQ(called->rank, kept.rank);
  EXPECT_EQ(called->carried_over_from, kToday);
}

TEST_F(FeatureDetails, D08AForgottenFinishIsAskedAfterAndKeptOutOfStatistics) {
  auto const serving = desks_.Serving("1");
  desks_.clock.Advance(desks_.Hall().desk_policy.finish_prompt - seconds(1));
  EXPECT_EQ(desks_.SettleDueNow().fired, 0);
  desks_.clock.Advance(seconds(1));
  EXPECT_EQ(desks_.SettleDueNow().fired, 1);
  EXPECT_EQ(LastEvent().kind, EventKind::kFinishOverdue);
  EXPECT_EQ(desks_.SettleDueNow().fired, 0);
  auto const ended = desks_.Complete(desks_.At("1", serving.id));
  ASSERT_THAT(ended, IsOk());
  EXPECT_TRUE(ended->time_uncertain);
}

TEST_F(FeatureDetails, D09ARecallIsAnEventOfItsOwn) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const called = desks_.CallNext("1")->ticket;
  auto const call = LastEvent().sequence;
  desks_.clock.Advance(minutes(1));
  ASSERT_THAT(desks_.Recall(desks_.At("1", called->id)), IsOk());
  EXPECT_EQ(LastEvent().kind, EventKind::kTicketRecalled);
  EXPECT_GT(LastEvent().sequence, call);
}

TEST_F(FeatureDetails, D12ANoShowIsRecalledSpacedMissedReturnedOrExpired) {
  desks_.Policy().absent_expires = minutes(30);
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const called = desks_.CallNext("1")->ticket;
  auto const command = [&] { return desks_.At("1", called->id); };
  EXPECT_THAT(desks_.MarkAbsent(command()), IsForbidden("RECALL_REQUIRED"));
  EXPECT_THAT(desks_.Recall(command()), IsForbidden("RECALL_TOO_SOON"));
  desks_.clock.Advance(seconds(30));
  EXPECT_THAT(desks_.Recall(command()), IsOk());
  desks_.clock.Advance(seconds(30));
  EXPECT_THAT(desks_.Recall(command()), IsOk());
  desks_.clock.Advance(seconds(30));
  EXPECT_THAT(desks_.Recall(command()), IsForbidden("RECALL_LIMIT_REACHED"));
  ASSERT_THAT(desks_.MarkAbsent(command()), IsOk());

  auto const back = desks_.Return(desks_.At("2", called->id));
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->rank, called->rank);
  EXPECT_EQ(desks_.SettleDueNow().fired, 0);

  auto const again = desks_.CallAndMiss("1");
  desks_.clock.Advance(minutes(30));
  EXPECT_EQ(desks_.SettleDueNow().fired, 1);
  EXPECT_THAT(desks_.Return(desks_.At("2", again.id)),
              IsForbidden("TICKET_NOT_ABSENT"));
}

TEST_F(FeatureDetails, D13LookingAtAnythingCallsNobody) {
  auto const waiting = *desks_.Issue();
  auto const before = desks_.Log().size();
  ASSERT_THAT(desks_.Get(waiting.id), IsOk());
  ASSERT_THAT(desks_.ListCounters(), IsOk());
  // A screen that opens again is given what the counter holds: nobody.
  EXPECT_EQ(desks_.TakeOver("1", "mori")->ticket, std::nullopt);
  EXPECT_EQ(desks_.Log().size(), before + 1);
  EXPECT_EQ(desks_.Get(waiting.id)->state, TicketState::kWaiting);
}

TEST_F(FeatureDetails, D13ALatePressActsOnNoNewerState) {
  auto const serving = desks_.Serving("1");
  auto late = desks_.At("1", serving.id);
  late.expected_version = serving.version - 1;
  EXPECT_THAT(desks_.Complete(late),
              IsError(StatusCode::kAborted, "TICKET_CHANGED"));
}

TEST_F(FeatureDetails, D14WhoeverIsParkedHasOwnerReasonAndDeadline) {
  auto const serving = desks_.Serving("1");
  auto const held =
      desks_.Hold(desks_.At("1", serving.id),
                  {.reason = "pin_search", .duration = minutes(10)});
  ASSERT_THAT(held, IsOk());
  EXPECT_EQ(held->hold->owner, StaffId{"sato"});
  EXPECT_EQ(held->hold->counter, CounterId{"1"});
  EXPECT_EQ(held->hold->reason, "pin_search");
  // The counter goes on meanwhile, and whoever came later waits behind.
  EXPECT_THAT(desks_.CallNext("1"), IsOk());
  auto const later = *desks_.Issue();
  desks_.clock.Advance(minutes(10) - seconds(1));
  EXPECT_EQ(desks_.SettleDueNow().fired, 0);
  desks_.clock.Advance(seconds(1));
  EXPECT_EQ(desks_.SettleDueNow().fired, 1);
  auto const next = desks_.CallNext("2")->ticket;
  EXPECT_EQ(next->id, serving.id);
  EXPECT_TRUE(next->pickup);
  EXPECT_EQ(desks_.CallNext("3")->ticket->id, later.id);
}

TEST_F(FeatureDetails, D15ATransferSaysWhereInTheOrder) {
  auto const first = *desks_.Issue("reset");
  desks_.clock.Advance(minutes(1));
  auto const by_arrival = desks_.Serving("2");
  desks_.clock.Advance(minutes(1));
  auto const second = *desks_.Issue("reset");
  desks_.clock.Advance(minutes(1));
  ASSERT_THAT(
      desks_.Transfer(desks_.At("2", by_arrival.id), {.service = {"reset"}}),
      IsOk());
  auto const urgent = desks_.Serving("2");
  ASSERT_THAT(desks_.Transfer(desks_.At("2", urgent.id),
                              {.service = {"reset"},
                               .position = life::Position::kFirst,
                               .note = "書類は確認済み"}),
              IsOk());
  auto const patient = desks_.Serving("2");
  ASSERT_THAT(desks_.Transfer(
                  desks_.At("2", patient.id),
                  {.service = {"reset"}, .position = life::Position::kLast}),
              IsOk());
  EXPECT_EQ(desks_.Get(urgent.id)->note, "書類は確認済み");
  EXPECT_THAT(desks_.ServeAll("1"),
              ElementsAre(urgent.number, first.number, by_arrival.number,
                          second.number, patient.number));
}

TEST_F(FeatureDetails, D16AnEditedTicketKeepsItsPlace) {
  auto const first = *desks_.Issue();
  desks_.clock.Advance(minutes(1));
  auto const second = *desks_.Issue();
  desks_.clock.Advance(minutes(1));
  auto const edited =
      desks_.Edit(desks_.At("3", first.id),
                  {.language = "en", .note = "耳の不自由な方", .service = {}});
  ASSERT_THAT(edited, IsOk());
  EXPECT_EQ(edited->rank, first.rank);
  EXPECT_THAT(desks_.ServeAll("2"), ElementsAre(first.number, second.number));
  // What was noted goes with the visit.
  EXPECT_EQ(desks_.Get(first.id)->note, "");
}

TEST_F(FeatureDetails, D18WhoIsPausedIsNotTakenForAtWork) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  ASSERT_THAT(desks_.Pause("1"), IsOk());
  EXPECT_THAT(desks_.CallNext("1"), IsForbidden("COUNTER_PAUSED"));
  auto const paused = desks_.ListCounters()->front().counter;
  EXPECT_TRUE(paused.open);
  EXPECT_EQ(paused.activity, CounterActivity::kPaused);
  EXPECT_EQ(paused.activity_reason, "lunch");
  ASSERT_THAT(desks_.EndActivity("1"), IsOk());
  EXPECT_THAT(desks_.CallNext("1"), IsOk());
}

}  // namespace
}  // namespace madoguchi::ticketing
