#include "services/ticketing/domain/ticket_desk.h"
#include "tests/support/desks.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::SizeIs;

class TicketDeskTest : public ::testing::Test {
 protected:
  absl::StatusOr<Ticket> Issue(std::string const& office,
                               std::string const& service,
                               std::string const& language,
                               std::string const& request_id) {
    Answer<Ticket> answer;
    desks_.tickets.Issue({office}, {.service = {service}, .language = language},
                         request_id, desks_.Deadline(), answer.Catch());
    return answer.Get();
  }
  std::vector<std::int64_t> Counts() {
    Answer<std::vector<std::int64_t>> answer;
    desks_.tickets.CountWaiting(kHall, desks_.Deadline(), answer.Catch());
    auto const counts = answer.Get();
    EXPECT_THAT(counts, IsOk());
    return counts.ok() ? *counts : std::vector<std::int64_t>();
  }
  std::vector<EventKind> Kinds() {
    std::vector<EventKind> kinds;
    for (auto const& event : desks_.Log()) kinds.push_back(event.kind);
    return kinds;
  }

  Desks desks_;
};

TEST_F(TicketDeskTest, TheFirstTicketOpensTheDay) {
  auto const ticket = desks_.Issue("renew");
  ASSERT_THAT(ticket, IsOk());
  EXPECT_EQ(*ticket, WaitingTicket(0));
  EXPECT_THAT(Kinds(),
              ElementsAre(EventKind::kDayOpened, EventKind::kTicketIssued));
}

TEST_F(TicketDeskTest, NumbersOfASeriesGoUpByOne) {
  EXPECT_EQ(desks_.Issue("renew")->number, "A101");
  EXPECT_EQ(desks_.Issue("renew")->number, "A102");
  EXPECT_EQ(desks_.Issue("reset")->number, "B301");
}

TEST_F(TicketDeskTest, RanksAreUniqueEvenInsideAMillisecond) {
  auto const first = *desks_.Issue("renew");
  auto const second = *desks_.Issue("reset");
  EXPECT_LT(first.rank, second.rank);
  EXPECT_EQ(first.arrival, second.arrival);
}

TEST_F(TicketDeskTest, ALanguageIsKeptAndJapaneseIsTheDefault) {
  EXPECT_EQ(Issue("honcho", "renew", "", Uuid(1))->language, "ja");
  EXPECT_EQ(Issue("honcho", "renew", "ja", Uuid(2))->language, "ja");
  EXPECT_EQ(Issue("honcho", "renew", "ja-easy", Uuid(3))->language, "ja-easy");
  EXPECT_EQ(Issue("honcho", "renew", "en", Uuid(4))->language, "en");
}

TEST_F(TicketDeskTest, WhatDoesNotExistIsRefusedByName) {
  EXPECT_THAT(Issue("nowhere", "renew", "", Uuid(1)),
              IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  EXPECT_THAT(Issue("honcho", "nothing", "", Uuid(1)),
              IsError(StatusCode::kNotFound, "SERVICE_NOT_FOUND"));
  EXPECT_THAT(Issue("honcho", "renew", "fr", Uuid(1)),
              IsError(StatusCode::kInvalidArgument, "LANGUAGE_UNKNOWN"));
  EXPECT_THAT(Issue("honcho", "renew", "", "press"),
              IsError(StatusCode::kInvalidArgument, "REQUEST_ID_INVALID"));
  EXPECT_THAT(desks_.Log(), SizeIs(0));
}

TEST_F(TicketDeskTest, ARepeatGetsTheSameTicketAndNoOther) {
  auto const first = desks_.Issue("renew");
  auto const id = desks_.last_id;
  ASSERT_THAT(desks_.Issue("renew"), IsOk());
  EXPECT_THAT(desks_.IssueAgain("renew", id), IsOkAnd(Eq(*first)));
  EXPECT_THAT(desks_.Log(), SizeIs(3));
}

TEST_F(TicketDeskTest, ARepeatAfterALostReplyGetsTheTicketIssued) {
  ASSERT_THAT(desks_.Issue("renew"), IsOk());
  desks_.store.LoseNextReply();
  EXPECT_THAT(desks_.Issue("renew"),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_EQ(desks_.IssueAgain("renew", desks_.last_id)->number, "A102");
  EXPECT_EQ(desks_.Issue("renew")->number, "A103");
}

TEST_F(TicketDeskTest, ARepeatIsToldWhatWasIssuedAlsoOnceItWasCalled) {
  auto const first = desks_.Issue("renew");
  auto const id = desks_.last_id;
  ASSERT_THAT(desks_.Open("1"), IsOk());
  ASSERT_THAT(desks_.CallNext("1"), IsOk());
  EXPECT_THAT(desks_.IssueAgain("renew", id), IsOkAnd(Eq(*first)));
}

TEST_F(TicketDeskTest, AnIdIsForOneCommandWithOneSetOfArguments) {
  auto const ticket = desks_.Issue("renew");
  auto const id = desks_.last_id;
  auto const reused =
      IsError(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED");
  EXPECT_THAT(Issue("honcho", "reset", "", id), reused);
  EXPECT_THAT(Issue("minato", "renew", "", id), reused);
  EXPECT_THAT(Issue("honcho", "renew", "en", id), reused);
  EXPECT_THAT(desks_.CancelAgain(ticket->id, id), reused);
  // The default and its name are the same.
  EXPECT_THAT(Issue("honcho", "renew", "ja", id), IsOkAnd(Eq(*ticket)));
}

TEST_F(TicketDeskTest, ASeriesWhoseNumbersAreAllInUseIsExhausted) {
  desks_.city.offices.front().series[0].size = 10;
  for (int i = 0; i != 10; ++i) ASSERT_THAT(desks_.Issue(), IsOk());
  EXPECT_THAT(desks_.Issue(),
              IsError(StatusCode::kResourceExhausted, "SERIES_EXHAUSTED"));
  ASSERT_THAT(desks_.Cancel(MakeTicketId(kToday, {"a"}, 4)), IsOk());
  EXPECT_EQ(desks_.Issue()->number, "A105");
}

TEST_F(TicketDeskTest, OfficesCountApart) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  EXPECT_EQ(Issue("minato", "renew", "", Uuid(77))->number, "A101");
}

TEST_F(TicketDeskTest, ShowsATicketAsItIsNow) {
  auto const ticket = *desks_.Issue();
  EXPECT_THAT(desks_.Get(ticket.id), IsOkAnd(Eq(ticket)));
  ASSERT_THAT(desks_.Open("1"), IsOk());
  auto const called = desks_.CallNext("1")->ticket;
  EXPECT_THAT(desks_.Get(ticket.id), IsOkAnd(Eq(*called)));
}

TEST_F(TicketDeskTest, ShowsNoTicketThatIsNotOfToday) {
  auto const not_found = IsError(StatusCode::kNotFound, "TICKET_NOT_FOUND");
  EXPECT_THAT(desks_.Get(WaitingTicket(0).id), not_found);
  auto const ticket = *desks_.Issue();
  EXPECT_THAT(desks_.Get(WaitingTicket(1).id), not_found);
  EXPECT_THAT(desks_.Get({"A101"}), not_found);
  desks_.clock.Advance(hours(24));
  EXPECT_THAT(desks_.Get(ticket.id), not_found);
  Answer<Ticket> elsewhere;
  desks_.tickets.Get({"nowhere"}, ticket.id, desks_.Deadline(),
                     elsewhere.Catch());
  EXPECT_THAT(elsewhere.Get(),
              IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
}

TEST_F(TicketDeskTest, AVisitorMayLeave) {
  auto const ticket = *desks_.Issue();
  desks_.clock.Advance(minutes(4));
  auto const cancelled = desks_.Cancel(ticket.id);
  ASSERT_THAT(cancelled, IsOk());
  EXPECT_EQ(cancelled->state, TicketState::kCancelled);
  EXPECT_EQ(cancelled->ended, desks_.clock.Now());
  EXPECT_THAT(Counts(), ElementsAre(0, 0, 0));
  auto const event = desks_.Log().back();
  EXPECT_EQ(event.kind, EventKind::kTicketCancelled);
  EXPECT_EQ(event.ticket, *cancelled);
  EXPECT_EQ(event.staff, StaffId{});
}

TEST_F(TicketDeskTest, ARepeatedCancelGetsTheSameAnswer) {
  auto const ticket = *desks_.Issue();
  desks_.store.LoseNextReply();
  EXPECT_THAT(desks_.Cancel(ticket.id),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  auto const repeat = desks_.CancelAgain(ticket.id, desks_.last_id);
  EXPECT_THAT(repeat, IsOkAnd(Field(&Ticket::version, 2)));
  desks_.clock.Advance(minutes(1));
  EXPECT_THAT(desks_.CancelAgain(ticket.id, desks_.last_id),
              IsOkAnd(Eq(*repeat)));
}

TEST_F(TicketDeskTest, OnlyWhoeverWaitsMayLeave) {
  auto const ticket = *desks_.Issue();
  ASSERT_THAT(desks_.Cancel(ticket.id), IsOk());
  EXPECT_THAT(desks_.Cancel(ticket.id),
              IsError(StatusCode::kFailedPrecondition, "TICKET_NOT_WAITING"));
  EXPECT_THAT(desks_.Cancel(WaitingTicket(5).id),
              IsError(StatusCode::kNotFound, "TICKET_NOT_FOUND"));
  Answer<Ticket> elsewhere;
  desks_.tickets.Cancel({"nowhere"}, ticket.id, Uuid(90), desks_.Deadline(),
                        elsewhere.Catch());
  EXPECT_THAT(elsewhere.Get(),
              IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  EXPECT_THAT(desks_.CancelAgain(ticket.id, "press"),
              IsError(StatusCode::kInvalidArgument, "REQUEST_ID_INVALID"));
}

// The visitor gives the number back while it is being called: one of the two
// happens, and whoever comes second is told.
TEST_F(TicketDeskTest, AVisitorWhoIsBeingCalledCannotLeave) {
  ASSERT_THAT(desks_.Open("1"), IsOk());
  auto const ticket = *desks_.Issue();
  desks_.store.BeforeNextSettle(
      [&] { ASSERT_THAT(desks_.CallNext("1"), IsOk()); });
  Answer<Ticket> cancelled;
  desks_.tickets.Cancel(kHall, ticket.id, desks_.NewPress(), desks_.Deadline(),
                        cancelled.Catch());
  EXPECT_FALSE(cancelled.Arrived());
  desks_.scheduler.Advance(std::chrono::milliseconds(5));
  EXPECT_THAT(cancelled.Get(),
              IsError(StatusCode::kFailedPrecondition, "TICKET_NOT_WAITING"));
}

TEST_F(TicketDeskTest, RivalsUntilTheDeadlineAreContention) {
  auto const ticket = *desks_.Issue();
  desks_.store.AbortNext(1'000'000);
  Answer<Ticket> cancelled;
  desks_.tickets.Cancel(kHall, ticket.id, desks_.NewPress(), desks_.Deadline(),
                        cancelled.Catch());
  desks_.scheduler.Advance(std::chrono::milliseconds(4'990));
  EXPECT_FALSE(cancelled.Arrived());
  desks_.scheduler.Advance(std::chrono::milliseconds(10));
  EXPECT_THAT(cancelled.Get(),
              IsError(StatusCode::kDeadlineExceeded, "QUEUE_CONTENDED"));
  EXPECT_EQ(desks_.scheduler.Pending(), 0U);
}

TEST_F(TicketDeskTest, CountsThoseWhoWaitPerServiceOfTheSettings) {
  EXPECT_THAT(Counts(), ElementsAre(0, 0, 0));
  ASSERT_THAT(desks_.Issue("renew"), IsOk());
  ASSERT_THAT(desks_.Issue("pickup"), IsOk());
  ASSERT_THAT(desks_.Issue("pickup"), IsOk());
  EXPECT_THAT(Counts(), ElementsAre(1, 0, 2));
  desks_.clock.Advance(hours(24));
  EXPECT_THAT(Counts(), ElementsAre(0, 0, 0));
  Answer<std::vector<std::int64_t>> elsewhere;
  desks_.tickets.CountWaiting({"nowhere"}, desks_.Deadline(),
                              elsewhere.Catch());
  EXPECT_THAT(elsewhere.Get(),
              IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
}

TEST_F(TicketDeskTest, ANewDayBeginsWithTheFirstNumber) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  ASSERT_THAT(desks_.Issue(), IsOk());
  desks_.clock.Advance(hours(18) - std::chrono::milliseconds(1));
  EXPECT_EQ(desks_.Issue()->number, "A103");
  desks_.clock.Advance(std::chrono::milliseconds(1));
  auto const next = *desks_.Issue();
  EXPECT_EQ(next.number, "A101");
  EXPECT_EQ(next.id.value, "20261124-a-00000");
}

TEST_F(TicketDeskTest, AMachineThatIsADayBehindIsRefused) {
  desks_.clock.Advance(hours(24));
  ASSERT_THAT(desks_.Issue(), IsOk());
  desks_.clock.Set(kTenOClock);
  EXPECT_THAT(desks_.Issue(),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
}

TEST_F(TicketDeskTest, AnOpeningThatFailsFailsTheIssue) {
  Answer<Ticket> issued;
  desks_.store.Hold();
  desks_.tickets.Issue(kHall, {.service = {"renew"}}, Uuid(1),
                       desks_.Deadline(), issued.Catch());
  // DAY_NOT_OPEN is answered; the opening is lost.
  desks_.store.ReleaseOnly(0);
  desks_.store.LoseNextRequest();
  desks_.store.Release();
  EXPECT_THAT(issued.Get(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_EQ(desks_.IssueAgain("renew", Uuid(1))->number, "A101");
}

// The gate.

constexpr StoreRoom kDiskLow{.disk = Room{.free = 5, .total = 100},
                             .memory = std::nullopt};

TEST_F(TicketDeskTest, WithoutRoomNoTicketIsMadeAndTheReasonIsSaid) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  desks_.gate.Note(kDiskLow);
  EXPECT_THAT(desks_.Issue(),
              IsError(StatusCode::kResourceExhausted, "STORE_DISK_LOW"));
  EXPECT_THAT(Kinds(),
              ElementsAre(EventKind::kDayOpened, EventKind::kTicketIssued));
  desks_.gate.Note({});
  EXPECT_EQ(desks_.Issue()->number, "A102");
}

TEST_F(TicketDeskTest, WithoutRoomARepeatStillGetsItsFirstAnswer) {
  auto const issued = desks_.Issue();
  ASSERT_THAT(issued, IsOk());
  auto const press = desks_.last_id;
  desks_.gate.Note(kDiskLow);
  EXPECT_THAT(desks_.IssueAgain("renew", press), IsOkAnd(Eq(*issued)));
  EXPECT_THAT(desks_.IssueAgain("reset", press),
              IsError(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(TicketDeskTest, WithoutRoomTheHallGoesOn) {
  ASSERT_THAT(desks_.Open("1"), IsOk());
  auto const first = desks_.Issue();
  auto const second = desks_.Issue();
  ASSERT_THAT(second, IsOk());
  desks_.gate.Note(kDiskLow);
  EXPECT_THAT(desks_.Cancel(second->id), IsOk());
  auto const called = desks_.CallNext("1");
  ASSERT_THAT(called, IsOk());
  ASSERT_TRUE(called->ticket);
  EXPECT_EQ(called->ticket->id, first->id);
  EXPECT_THAT(desks_.StartServing(desks_.At("1", first->id)), IsOk());
  EXPECT_THAT(desks_.Complete(desks_.At("1", first->id)), IsOk());
}

// The store's own refusal is the last resort, and asks nobody for repeats.
TEST_F(TicketDeskTest, AFullStoreAnswersRepeatsToo) {
  auto const issued = desks_.Issue();
  ASSERT_THAT(issued, IsOk());
  auto const press = desks_.last_id;
  desks_.store.BeFullForNextIssues(2);
  EXPECT_THAT(desks_.IssueAgain("renew", press), IsOkAnd(Eq(*issued)));
  EXPECT_THAT(desks_.Issue(),
              IsError(StatusCode::kResourceExhausted, "STORE_FULL"));
}

}  // namespace
}  // namespace madoguchi::ticketing
