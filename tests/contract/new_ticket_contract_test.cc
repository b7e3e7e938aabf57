#include "tests/contract/ticket_store_contract.h"
#include <gmock/gmock.h>

// The part of the contract that is about tickets which a command issues.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

NewTicket NewTicketAt(Hall const& hall, TicketState state, EventKind kind) {
  NewTicket issue;
  issue.hall = hall;
  issue.series = kSeries;
  issue.ticket.service = kResidence;
  issue.ticket.state = state;
  issue.ticket.arrival = At(40);
  issue.ticket.language = "en";
  issue.event.kind = kind;
  issue.event.day = hall.day;
  issue.event.time = At(50);
  issue.event.staff = {"aoi"};
  issue.event.at = kDesk;
  return issue;
}

// A visitor who is served at the desk without having waited.
Settlement ServedAtDesk() {
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  Counter closed;
  closed.id = kDesk;
  auto busy = closed;
  busy.open = true;
  busy.version = 1;
  settlement.counter = {closed, busy};
  auto issue =
      NewTicketAt(kHall, TicketState::kServing, EventKind::kVisitorServed);
  issue.at_counter = true;
  issue.ticket.counter = kDesk;
  issue.ticket.unqueued = true;
  issue.ticket.serving_started = At(50);
  issue.event.counter = busy;
  settlement.issue = issue;
  return settlement;
}

// `ticket` goes on at the annex.
Settlement MovedToAnnex(Ticket const& ticket) {
  auto settlement = SettlementOf(MoveTo(ticket, TicketState::kMoved),
                                 EventKind::kTicketMoved);
  settlement.issue =
      NewTicketAt(kAnnexHall, TicketState::kWaiting, EventKind::kTicketArrived);
  settlement.issue->ticket.moved_from = Origin{kOffice, ticket.id};
  return settlement;
}

TEST_P(TicketStoreContract, AVisitorMayBeServedAtOnce) {
  auto const settlement = ServedAtDesk();
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  auto expected = settlement.issue->ticket;
  expected.id = {"20261123-a-00000"};
  expected.number = "A101";
  expected.rank.ms = At(50).time_since_epoch().count();
  EXPECT_EQ(settled->request.outcome.ticket, expected);
  EXPECT_FALSE(settled->request.outcome.arrived);

  LookQuery query;
  query.hall = kHall;
  query.counters = {kDesk};
  query.tickets = {expected.id};
  query.queues = {kResidenceQueue};
  auto const view = calls_.Look(query);
  ASSERT_THAT(view, IsOk());
  auto busy = settlement.counter->after;
  busy.ticket = expected.id;
  EXPECT_THAT(view->counters, ElementsAre(busy));
  EXPECT_THAT(view->tickets, ElementsAre(expected));
  EXPECT_EQ(view->queues[0].length, 0);

  auto event = settlement.issue->event;
  event.sequence = 2;
  event.ticket = expected;
  event.counter = busy;
  EXPECT_THAT(calls_.Log(1, 10)->events, ElementsAre(event));
}

TEST_P(TicketStoreContract, ANewTicketThatWaitsJoinsItsQueue) {
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  settlement.issue =
      NewTicketAt(kHall, TicketState::kWaiting, EventKind::kTicketIssued);
  settlement.issue->ticket.queue = {"residence~en"};
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  EXPECT_THAT(calls_.Queue(QueueId{"residence~en"}).first,
              ElementsAre(Waiting{*settled->request.outcome.ticket, 0}));
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
}

TEST_P(TicketStoreContract, ATicketGoesOnAtAnotherOffice) {
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  auto const ticket = calls_.IssueTicket(kTax, 0);
  auto const settlement = MovedToAnnex(ticket);
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->sequence, 3);
  EXPECT_EQ(settled->request.outcome.ticket, settlement.ticket->after);
  auto const arrived = settled->request.outcome.arrived;
  ASSERT_TRUE(arrived);
  EXPECT_EQ(arrived->id.value, "20261123-a-00000");
  EXPECT_EQ(arrived->moved_from, (Origin{kOffice, ticket.id}));
  EXPECT_THAT(calls_.Queue(kResidenceQueue, 1, kAnnexHall).first,
              ElementsAre(Waiting{*arrived, 0}));
  EXPECT_EQ(calls_.Queue(kTax).length, 0);
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);

  EXPECT_EQ(LastSequence(), 3);
  auto event = settlement.issue->event;
  event.sequence = 2;
  event.ticket = arrived;
  EXPECT_THAT(calls_.Log(1, 10, kAnnexHall.office)->events, ElementsAre(event));
}

TEST_P(TicketStoreContract, AnArrivalIsSettledOnce) {
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  auto const settlement = MovedToAnnex(calls_.IssueTicket(kTax, 0));
  auto const first = calls_.Settle(settlement);
  ASSERT_THAT(first, IsOk());
  auto const again = StoreCalls(under_test_->rival()).Settle(settlement);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->request, first->request);
  EXPECT_EQ(again->sequence, 0);
  EXPECT_EQ(calls_.Queue(kResidenceQueue, 1, kAnnexHall).length, 1);
}

TEST_P(TicketStoreContract, ANewTicketRanksBehindEveryArrivalOfItsOffice) {
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  auto order = OrderFor(kResidence, 300);
  order.hall = kAnnexHall;
  auto const last = *calls_.Issue(order)->request.outcome.ticket;
  auto const moved = calls_.Settle(MovedToAnnex(calls_.IssueTicket(kTax, 0)));
  ASSERT_THAT(moved, IsOk());
  EXPECT_EQ(moved->request.outcome.arrived->rank.ms, last.rank.ms + 1);
  order.request = NewRequest();
  EXPECT_EQ(calls_.Issue(order)->request.outcome.ticket->rank.ms,
            last.rank.ms + 2);
}

TEST_P(TicketStoreContract, ANewTicketMayBringItsRank) {
  auto const before = calls_.IssueTicket(kResidence, 100);
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  settlement.issue =
      NewTicketAt(kHall, TicketState::kWaiting, EventKind::kTicketIssued);
  settlement.issue->ranked_now = false;
  settlement.issue->ticket.rank.ms = before.rank.ms - 60;
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  auto const& ticket = *settled->request.outcome.ticket;
  EXPECT_EQ(ticket.rank.ms, before.rank.ms - 60);
  EXPECT_THAT(calls_.Queue(kResidence, 2).first,
              ElementsAre(Waiting{ticket, 0}, Waiting{before, 0}));
  EXPECT_EQ(calls_.IssueTicket(kResidence, 0).rank.ms, before.rank.ms + 1);
}

TEST_P(TicketStoreContract, NewTicketsAndIssuedOnesShareTheirNumbers) {
  EXPECT_EQ(calls_.IssueTicket(kResidence, 0).number, "A101");
  auto const served = calls_.Settle(ServedAtDesk());
  ASSERT_THAT(served, IsOk());
  EXPECT_EQ(served->request.outcome.ticket->number, "A102");
  EXPECT_EQ(calls_.IssueTicket(kResidence, 1).number, "A103");
}

TEST_P(TicketStoreContract, ANewTicketSkipsNumbersInUse) {
  std::vector<Ticket> tickets;
  for (int i = 0; i != 5; ++i) {
    tickets.push_back(calls_.IssueTicket(kResidence, i));
  }
  ASSERT_THAT(
      calls_.Settle(SettlementOf(MoveTo(tickets[1], TicketState::kCompleted),
                                 EventKind::kTicketCompleted)),
      IsOk());
  auto const served = calls_.Settle(ServedAtDesk());
  ASSERT_THAT(served, IsOk());
  EXPECT_EQ(served->request.outcome.ticket->id.value, "20261123-a-00006");
  EXPECT_EQ(served->request.outcome.ticket->number, "A102");
}

TEST_P(TicketStoreContract, WithoutANumberForTheNewTicketNothingChanges) {
  std::vector<Ticket> tickets;
  for (int i = 0; i != 5; ++i) {
    tickets.push_back(calls_.IssueTicket(kResidence, i));
  }
  auto const last = LastSequence();
  auto settlement = ServedAtDesk();
  EXPECT_THAT(calls_.Settle(settlement),
              IsError(StatusCode::kResourceExhausted, "SERIES_EXHAUSTED"));
  EXPECT_EQ(LastSequence(), last);
  LookQuery query;
  query.hall = kHall;
  query.counters = {kDesk};
  EXPECT_FALSE(calls_.Look(query)->counters[0].open);
  // The request is still open.
  ASSERT_THAT(
      calls_.Settle(SettlementOf(MoveTo(tickets[4], TicketState::kCancelled),
                                 EventKind::kTicketCancelled)),
      IsOk());
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->request.outcome.ticket->number, "A105");
}

TEST_P(TicketStoreContract, TheOfficeOfANewTicketMustHaveOpenedTheDay) {
  auto const ticket = calls_.IssueTicket(kTax, 0);
  auto const settlement = MovedToAnnex(ticket);
  auto const refused = calls_.Settle(settlement);
  EXPECT_THAT(refused,
              IsError(StatusCode::kFailedPrecondition, "DAY_NOT_OPEN"));
  EXPECT_EQ(GetErrorInfo(refused.status()).metadata.at("office"), "annex");
  EXPECT_EQ(LastSequence(), 2);
  EXPECT_THAT(calls_.Queue(kTax).first, ElementsAre(Waiting{ticket, 0}));
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  EXPECT_THAT(calls_.Settle(settlement), IsOk());
}

TEST_P(TicketStoreContract, TheOfficeOfANewTicketMustHaveSwept) {
  ASSERT_THAT(calls_.Open({kAnnexHall.office, {20261122}}), IsOk());
  ASSERT_THAT(calls_.Open(kAnnexHall, 0, /*carry_over=*/true), IsOk());
  auto const ticket = calls_.IssueTicket(kTax, 0);
  auto const settlement = MovedToAnnex(ticket);
  auto const refused = calls_.Settle(settlement);
  EXPECT_THAT(refused,
              IsError(StatusCode::kFailedPrecondition, "DAY_SWEEPING"));
  EXPECT_EQ(GetErrorInfo(refused.status()).metadata.at("office"), "annex");
  EXPECT_THAT(calls_.Queue(kTax).first, ElementsAre(Waiting{ticket, 0}));
  ASSERT_THAT(calls_.Sweep({20261122}, kAnnexHall, true), IsOk());
  EXPECT_THAT(calls_.Settle(settlement), IsOk());
}

TEST_P(TicketStoreContract, ARivalIsToldBeforeTheOtherOfficesDay) {
  auto const ticket = calls_.IssueTicket(kTax, 0);
  auto settlement = MovedToAnnex(ticket);
  settlement.ticket->before.version = 9;
  ExpectAborted(settlement);
}

TEST_P(TicketStoreContract, WhatIsDueAboutANewTicketIsTheOtherOffices) {
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  auto settlement = MovedToAnnex(calls_.IssueTicket(kTax, 0));
  // The new ticket has no name yet.
  settlement.issue->due = {{DueKind::kCounterQueuePatience, "", At(60)}};
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  DueEntry const patience{DueKind::kCounterQueuePatience,
                          settled->request.outcome.arrived->id.value, At(60)};
  EXPECT_THAT(calls_.LookDue(100)->entries, IsEmpty());
  EXPECT_THAT(calls_.LookDue(100, 10, kAnnexHall.office)->entries,
              ElementsAre(patience));
}

TEST_P(TicketStoreContract, OnlyANewTicketAtTheCounterIsNamedByCounters) {
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  auto settlement = MovedToAnnex(calls_.IssueTicket(kTax, 0));
  Counter closed;
  closed.id = kDesk;
  auto free = closed;
  free.version = 1;
  settlement.counter = {closed, free};
  settlement.event->counter = free;
  ASSERT_THAT(calls_.Settle(settlement), IsOk());
  LookQuery query;
  query.hall = kHall;
  query.counters = {kDesk};
  EXPECT_THAT(calls_.Look(query)->counters, ElementsAre(free));
  EXPECT_EQ(calls_.Log(2, 1)->events.at(0).counter, free);
}

}  // namespace
}  // namespace madoguchi::testing
