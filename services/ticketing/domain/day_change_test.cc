#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticket_builders.h"
#include "tests/support/whole_life_desks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi::ticketing {
namespace {

using madoguchi::testing::IsOk;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr BusinessDay kTomorrow{20261124};
// 4:00 of the next day.
constexpr Timestamp kCutOver = kTenOClock + hours(18);

class DayChangeTest : public ::testing::Test {
 protected:
  SweepSettlement Sweep(std::vector<Ticket> const& left) const {
    return DecideSweep(office_, kToday, kTomorrow, office_.day_end,
                       {"3", left, "4"}, kCutOver);
  }
  // What becomes of one ticket.
  Ticket After(Ticket const& ticket) const {
    auto const changes = Sweep({ticket}).changes;
    EXPECT_THAT(changes, SizeIs(1));
    return changes.empty() ? Ticket() : changes.front().ticket.after;
  }

  Office office_ = MakeCity().offices.front();
};

TEST_F(DayChangeTest, WhoeverIsServedIsCompletedAndKeptOutOfStatistics) {
  for (auto const end : {DayEnd::kExpire, DayEnd::kCarryOver}) {
    office_.day_end = end;
    auto const after = After(ServingTicket(0));
    EXPECT_EQ(after.state, TicketState::kCompleted);
    EXPECT_EQ(after.outcome, "unfinished");
    EXPECT_TRUE(after.time_uncertain);
    EXPECT_EQ(after.ended, kCutOver);
  }
}

TEST_F(DayChangeTest, WhoeverIsLeftExpiresWhereNothingIsCarriedOver) {
  for (auto const& ticket :
       {WaitingTicket(0), CalledTicket(0), HeldTicket(0), AbsentTicket(0)}) {
    auto const after = After(ticket);
    EXPECT_EQ(after.state, TicketState::kExpired);
    EXPECT_EQ(after.hold, std::nullopt);
    EXPECT_EQ(after.version, ticket.version + 1);
  }
}

TEST_F(DayChangeTest, CarryOverKeepsNumberAndRankAndSaysSinceWhen) {
  office_.day_end = DayEnd::kCarryOver;
  auto ticket = HeldTicket(0);
  ticket.queue = {"@1"};
  auto const after = After(ticket);
  EXPECT_EQ(after.state, TicketState::kWaiting);
  EXPECT_EQ(after.number, ticket.number);
  EXPECT_EQ(after.rank, ticket.rank);
  EXPECT_EQ(after.carried_over_from, kToday);
  // Who works at which counter tomorrow, nobody knows.
  EXPECT_EQ(QueueOf(after), QueueId{"renew"});
  EXPECT_TRUE(after.pickup);
  // Once more: it is still since the first day.
  EXPECT_EQ(After(CarriedOver(WaitingTicket(0))).carried_over_from, kFriday);
}

TEST_F(DayChangeTest, WhoeverMissedACallIsNotCarriedOver) {
  office_.day_end = DayEnd::kCarryOver;
  EXPECT_EQ(After(AbsentTicket(0)).state, TicketState::kExpired);
}

TEST_F(DayChangeTest, WhoeverHadEndedStaysAsTheyAre) {
  auto ticket = ServingTicket(0);
  for (auto const state : {TicketState::kCompleted, TicketState::kCancelled,
                           TicketState::kExpired, TicketState::kMoved}) {
    ticket.state = state;
    EXPECT_THAT(Sweep({ticket}).changes, IsEmpty());
  }
}

TEST_F(DayChangeTest, ASweptPartSaysWhyAndClearsWhatWasDue) {
  auto const settlement = Sweep({HeldTicket(0), WaitingTicket(1)});
  EXPECT_EQ(settlement.cursor, "3");
  EXPECT_EQ(settlement.next, "4");
  ASSERT_THAT(settlement.changes, SizeIs(2));
  for (auto const& change : settlement.changes) {
    EXPECT_EQ(change.event.reason, "DAY_ENDED");
    EXPECT_EQ(change.event.day, kTomorrow);
    EXPECT_EQ(change.event.ticket, change.ticket.after);
  }
  EXPECT_THAT(settlement.due.cleared,
              ::testing::ElementsAre("hold:20261123-a-00000"));
}

TEST_F(DayChangeTest, ADayToPrepareIsReadFromTheRefusal) {
  EXPECT_EQ(DayToPrepare(error::DayNotOpen(kHall, kToday)),
            (Hall{kHall, kToday}));
  EXPECT_EQ(DayToPrepare(error::DaySweeping(kBranch, kTomorrow)),
            (Hall{kBranch, kTomorrow}));
  EXPECT_EQ(DayToPrepare(error::DayClosed(kToday)), std::nullopt);
  EXPECT_EQ(DayToPrepare(error::LookAgain()), std::nullopt);
  EXPECT_EQ(DayToPrepare(absl::OkStatus()), std::nullopt);
}

TEST_F(DayChangeTest, AClosedDayIsAboutToChangeOnlyShortBeforeTheNext) {
  auto const closed = error::DayClosed(kToday);
  EXPECT_TRUE(IsDayAboutToChange(office_, closed, kCutOver - seconds(2)));
  EXPECT_FALSE(IsDayAboutToChange(office_, closed, kCutOver - minutes(1)));
  EXPECT_FALSE(IsDayAboutToChange(office_, closed, kCutOver));
  EXPECT_FALSE(
      IsDayAboutToChange(office_, error::LookAgain(), kCutOver - seconds(2)));
}

// What a day change looks like from the desks.

class DayChangeDesksTest : public ::testing::Test {
 protected:
  WholeLifeDesks desks_;
};

TEST_F(DayChangeDesksTest, MoreThanOnePartIsSweptBeforeTheFirstCommand) {
  desks_.Hall().day_end = DayEnd::kCarryOver;
  desks_.Hall().series.front().size = 1'000;
  for (int i = 0; i != kSweepPart + 50; ++i) {
    ASSERT_THAT(desks_.Issue(), IsOk());
  }
  desks_.clock.Set(kCutOver);
  ASSERT_THAT(desks_.Open("1"), IsOk());
  auto const called = desks_.CallNext("1");
  ASSERT_THAT(called, IsOk());
  EXPECT_EQ(called->ticket->number, "A101");
  EXPECT_EQ(desks_.ListCounters()->size(), 3U);
  Answer<std::vector<std::int64_t>> counts;
  desks_.tickets.CountWaiting(kHall, desks_.Deadline(), counts.Catch());
  EXPECT_EQ(counts.Get()->front(), kSweepPart + 49);
}

TEST_F(DayChangeDesksTest, AnInterruptedSweepIsTakenUpByTheNextCommand) {
  desks_.Hall().day_end = DayEnd::kCarryOver;
  auto const waiting = *desks_.Issue();
  desks_.clock.Set(kCutOver);
  // The day is opened; the answer that it is gets lost.
  Answer<Ticket> beaten;
  desks_.store.Hold();
  desks_.tickets.Get(kHall, waiting.id, desks_.Deadline(), beaten.Catch());
  Answer<OpenedCounter> opened;
  desks_.counters.Open({kHall, {"1"}, 0}, {"sato"}, false, Uuid(900),
                       desks_.Deadline(), opened.Catch());
  desks_.store.ReleaseOnly(1);
  desks_.store.LoseNextReply();
  desks_.store.Release();
  EXPECT_FALSE(opened.Get().ok());
  EXPECT_THAT(desks_.OpenAgain("1", "sato", false, Uuid(900)), IsOk());
  EXPECT_EQ(desks_.Get(waiting.id)->carried_over_from, kToday);
  EXPECT_EQ(desks_.CallNext("1")->ticket->number, waiting.number);
}

}  // namespace
}  // namespace madoguchi::ticketing
