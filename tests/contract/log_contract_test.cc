#include "tests/contract/ticket_store_contract.h"
#include <gmock/gmock.h>

// The part of the contract that is about the length of the log, and about
// finding tickets by their numbers.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(TicketStoreContract, TheLogIsTrimmedToItsLastDays) {
  calls_.IssueTicket(kResidence, 0);
  for (int day : {20261124, 20261125}) {
    Hall const hall{kOffice, {day}};
    auto const before = calls_.LookDue(0)->day;
    ASSERT_THAT(calls_.Open(hall), IsOk());
    ASSERT_THAT(calls_.Sweep(before, hall, false), IsOk());
  }
  // 1 opened, 2 issued; 3 opened, 4 expired; 5 opened.
  ASSERT_EQ(LastSequence(), 5);
  ASSERT_THAT(calls_.TrimLog(3), IsOk());
  EXPECT_EQ(calls_.Log(0, 10)->first_sequence, 1);
  ASSERT_THAT(calls_.TrimLog(2), IsOk());
  auto const page = calls_.Log(0, 10);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->first_sequence, 3);
  EXPECT_EQ(page->last_sequence, 5);
  ASSERT_THAT(page->events, SizeIs(3));
  EXPECT_EQ(page->events[0].kind, EventKind::kDayOpened);
  EXPECT_EQ(page->events[0].day, kNextHall.day);
  EXPECT_EQ(page->events[1].kind, EventKind::kTicketExpired);
  EXPECT_THAT(calls_.Log(4, 10)->events, SizeIs(1));
  EXPECT_THAT(calls_.Log(5, 10)->events, IsEmpty());
}

TEST_P(TicketStoreContract, ATrimmedLogGoesOn) {
  calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  ASSERT_THAT(calls_.TrimLog(1), IsOk());
  EXPECT_EQ(calls_.Log(0, 10)->first_sequence, 3);
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, false), IsOk());
  EXPECT_EQ(LastSequence(), 4);
  // Safe to repeat.
  ASSERT_THAT(calls_.TrimLog(1), IsOk());
  auto const page = calls_.Log(0, 10);
  EXPECT_EQ(page->first_sequence, 3);
  EXPECT_THAT(page->events, SizeIs(2));
}

TEST_P(TicketStoreContract, TheOpenDaysLogIsNeverTrimmed) {
  calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.TrimLog(1), IsOk());
  ASSERT_THAT(calls_.TrimLog(1, {"nowhere"}), IsOk());
  EXPECT_EQ(calls_.Log(0, 10)->first_sequence, 1);
  EXPECT_THAT(calls_.Log(0, 10)->events, SizeIs(2));
}

TEST_P(TicketStoreContract, AnOfficeNeverOpenedHasAnEmptyLog) {
  auto const page = calls_.Log(0, 10, {"nowhere"});
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->events, IsEmpty());
  EXPECT_EQ(page->first_sequence, 0);
  EXPECT_EQ(page->last_sequence, 0);
}

TEST_P(TicketStoreContract, ATicketIsFoundByItsNumber) {
  auto const first = calls_.IssueTicket(kResidence, 0);
  auto const second = calls_.IssueTicket(kResidence, 1);
  EXPECT_THAT(calls_.FindNumber(kSeries, "A102"), IsOkAnd(second));
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101"), IsOkAnd(first));
  EXPECT_THAT(calls_.FindNumber(kSeries, "A103"), IsOkAnd(std::nullopt));
}

TEST_P(TicketStoreContract, NumbersThatTheSeriesHasNotAreNotFound) {
  calls_.IssueTicket(kResidence, 0);
  for (auto const* const number :
       {"", "A", "101", "B101", "A100", "A106", "A0101", "A101 ", "A-1", "A1e2",
        "A101|", "AA101", "A99999999999999999999"}) {
    EXPECT_THAT(calls_.FindNumber(kSeries, number), IsOkAnd(std::nullopt))
        << number;
  }
  EXPECT_THAT(calls_.FindNumber({{"b"}, "A", 101, 5}, "A101"),
              IsOkAnd(std::nullopt));
}

TEST_P(TicketStoreContract, TheLastOfSeveralWithANumberIsFound) {
  std::vector<Ticket> tickets;
  for (int i = 0; i != 5; ++i) {
    tickets.push_back(calls_.IssueTicket(kResidence, i));
  }
  auto const done = MoveTo(tickets[1], TicketState::kCompleted);
  ASSERT_THAT(calls_.Settle(SettlementOf(done, EventKind::kTicketCompleted)),
              IsOk());
  EXPECT_THAT(calls_.FindNumber(kSeries, "A102"), IsOkAnd(done.after));
  auto const again = calls_.IssueTicket(kResidence, 9);
  ASSERT_EQ(again.number, "A102");
  EXPECT_THAT(calls_.FindNumber(kSeries, "A102"), IsOkAnd(again));
  auto const over = MoveTo(again, TicketState::kCancelled);
  ASSERT_THAT(calls_.Settle(SettlementOf(over, EventKind::kTicketCancelled)),
              IsOk());
  EXPECT_THAT(calls_.FindNumber(kSeries, "A102"), IsOkAnd(over.after));
  // Of the first round, and still in use.
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101"), IsOkAnd(tickets[0]));
}

TEST_P(TicketStoreContract, NumbersAreFoundOnTheOpenDayOnly) {
  calls_.IssueTicket(kResidence, 0);
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101", kNextHall),
              IsError(StatusCode::kFailedPrecondition, "DAY_NOT_OPEN"));
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101"),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101", kNextHall),
              IsOkAnd(std::nullopt));
}

}  // namespace
}  // namespace madoguchi::testing
