#include "tests/contract/ticket_store_contract.h"

// The part of the contract that is about `Settle`.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using ::testing::ElementsAre;

TEST_P(TicketStoreContract, ACallLeavesTheQueueAndChangesTheCounter) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto call = CallOf(ticket, {}, 3);
  Counter closed;
  closed.id = kDesk;
  auto busy = OpenDesk(1);
  busy.ticket = ticket.id;
  call.counter = {closed, busy};
  call.event->counter = busy;
  auto const settled = calls_.Settle(call);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->sequence, 3);
  EXPECT_EQ(settled->request.outcome, call.outcome);
  LookQuery query;
  query.hall = kHall;
  query.counters = {kDesk};
  query.tickets = {ticket.id};
  query.queues = {kResidenceQueue};
  auto const view = calls_.Look(query);
  EXPECT_THAT(view->counters, ElementsAre(busy));
  EXPECT_THAT(view->tickets, ElementsAre(call.ticket->after));
  EXPECT_EQ(view->queues[0].length, 0);
  auto event = *call.event;
  event.sequence = 3;
  EXPECT_THAT(calls_.Log(2, 10)->events, ElementsAre(event));
}

TEST_P(TicketStoreContract, ASettlementIsSettledOnce) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto const call = CallOf(ticket, {}, 3);
  auto const first = calls_.Settle(call);
  auto const again = StoreCalls(under_test_->rival()).Settle(call);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->request, first->request);
  EXPECT_EQ(again->sequence, 0);
  EXPECT_EQ(LastSequence(), first->sequence);
}

TEST_P(TicketStoreContract, AChangedCounterAborts) {
  auto open = OpeningOfDesk();
  ASSERT_THAT(calls_.Settle(open), IsOk());
  open.request = NewRequest();
  ExpectAborted(open);
  open.counter = {OpenDesk(1), OpenDesk(2)};
  auto const settled = calls_.Settle(open);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->sequence, 0) << "no event was asked for";
}

// Whoever is sent to a counter must be sent to what was seen there.
TEST_P(TicketStoreContract, AChangedTargetAbortsAndStaysAsItIs) {
  auto const opening = OpeningOfDesk();
  ASSERT_THAT(calls_.Settle(opening), IsOk());
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto const sent = [&](Counter const& target) {
    auto moved = MoveTo(ticket, TicketState::kWaiting);
    moved.after.queue = {"@" + kDesk.value};
    auto settlement = SettlementOf(moved, EventKind::kTicketTransferred);
    settlement.target = target;
    return settlement;
  };
  ExpectAborted(sent(opening.counter->before));
  ExpectAborted(sent(OpenDesk(2)));
  ASSERT_THAT(calls_.Settle(sent(OpenDesk(1))), IsOk());
  LookQuery query;
  query.hall = kHall;
  query.counters = {kDesk};
  EXPECT_THAT(calls_.Look(query)->counters, ElementsAre(OpenDesk(1)));
}

TEST_P(TicketStoreContract, AChangedOrMissingTicketAborts) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto const call = CallOf(ticket, {}, 3);
  ASSERT_THAT(calls_.Settle(call), IsOk());
  ExpectAborted(CallOf(ticket, {}, 3));
  auto unknown = ticket;
  unknown.id = {"20261123-a-00077"};
  ExpectAborted(CallOf(unknown, {}, 3));
}

TEST_P(TicketStoreContract, OnlyTheHeadIsCalledByTurn) {
  auto const first = calls_.IssueTicket(kResidence, 0);
  auto const second = calls_.IssueTicket(kResidence, 1);
  ExpectAborted(CallOf(second, {}, 3));
  // By number, without the guard, anybody may be called.
  auto by_number = CallOf(second, {}, 3);
  by_number.call.reset();
  EXPECT_THAT(calls_.Settle(by_number), IsOk());
  EXPECT_THAT(calls_.Settle(CallOf(first, {}, 3)), IsOk());
}

TEST_P(TicketStoreContract, NobodyIsOvertakenBeyondTheLimit) {
  auto const patient = calls_.IssueTicket(kTax, 0);
  std::vector<Ticket> others;
  for (int i = 1; i != 5; ++i) {
    others.push_back(calls_.IssueTicket(kResidence, i));
  }
  auto const late = calls_.IssueTicket(kTax, 9);
  for (int i = 0; i != 3; ++i) {
    EXPECT_EQ(calls_.Queue(kTax).first.at(0).overtakes, i);
    ASSERT_THAT(calls_.Settle(CallOf(others.at(i), {kTaxQueue}, 3)), IsOk());
  }
  EXPECT_THAT(calls_.Queue(kTax, 2).first,
              ElementsAre(Waiting{patient, 3}, Waiting{late, 0}));
  ExpectAborted(CallOf(others[3], {kTaxQueue}, 3));
  // A counter that does not serve the other service does not overtake it.
  auto const elsewhere = CallOf(others[3], {}, 3);
  ASSERT_THAT(calls_.Settle(elsewhere), IsOk());
  // Called at last, the patient one takes its overtakes along.
  ASSERT_THAT(calls_.Settle(CallOf(patient, {kResidenceQueue}, 3)), IsOk());
  EXPECT_THAT(calls_.Queue(kTax).first, ElementsAre(Waiting{late, 0}));
}

TEST_P(TicketStoreContract, WhoeverGoesBeforeTwiceCountsOnceForAllPassed) {
  auto const first = calls_.IssueTicket(kTax, 0);
  auto const second = calls_.IssueTicket(kTax, 10);
  auto const other = calls_.IssueTicket(kResidence, 20);
  auto const call = CallOf(other, {kTaxQueue}, 3);
  ASSERT_THAT(calls_.Settle(call), IsOk());
  // Back with a better place, which is behind the first only.
  auto back = MoveTo(call.ticket->after, TicketState::kWaiting);
  back.after.rank.ms = first.rank.ms + 5;
  ASSERT_THAT(calls_.Settle(SettlementOf(back, EventKind::kTicketTransferred)),
              IsOk());
  ASSERT_THAT(calls_.Settle(CallOf(back.after, {kTaxQueue}, 3)), IsOk());
  EXPECT_THAT(calls_.Queue(kTax, 2).first,
              ElementsAre(Waiting{first, 1}, Waiting{second, 1}));
}

TEST_P(TicketStoreContract, CallsByNumberDoNotCountAsOvertaking) {
  calls_.IssueTicket(kTax, 0);
  auto by_number = CallOf(calls_.IssueTicket(kResidence, 1), {}, 3);
  by_number.call.reset();
  ASSERT_THAT(calls_.Settle(by_number), IsOk());
  EXPECT_EQ(calls_.Queue(kTax).first.at(0).overtakes, 0);
}

TEST_P(TicketStoreContract, CallingTheEarliestOvertakesNobody) {
  auto const first = calls_.IssueTicket(kResidence, 0);
  calls_.IssueTicket(kTax, 1);
  ASSERT_THAT(calls_.Settle(CallOf(first, {kTaxQueue}, 0)), IsOk());
  EXPECT_EQ(calls_.Queue(kTax).first.at(0).overtakes, 0);
}

TEST_P(TicketStoreContract, EqualRanksGoById) {
  auto const tax = calls_.IssueTicket(kTax, 0);
  auto const residence = calls_.IssueTicket(kResidence, 5);
  auto moved = MoveTo(tax, TicketState::kWaiting);
  moved.after.rank = residence.rank;
  ASSERT_THAT(calls_.Settle(SettlementOf(moved, EventKind::kTicketReturned)),
              IsOk());
  // a-00000 comes before b-00000.
  ExpectAborted(CallOf(moved.after, {kResidenceQueue}, 0));
  // Equals do not rank behind, so going first is not counted.
  ASSERT_THAT(calls_.Settle(CallOf(moved.after, {kResidenceQueue}, 1)), IsOk());
  EXPECT_THAT(calls_.Queue(kResidence).first,
              ElementsAre(Waiting{residence, 0}));
  EXPECT_THAT(calls_.Settle(CallOf(residence, {kTaxQueue}, 0)), IsOk());
}

TEST_P(TicketStoreContract, AReturnedTicketWaitsAtItsNewRank) {
  auto const first = calls_.IssueTicket(kResidence, 0);
  auto const second = calls_.IssueTicket(kResidence, 1);
  auto const call = CallOf(first, {}, 3);
  ASSERT_THAT(calls_.Settle(call), IsOk());
  auto back = MoveTo(call.ticket->after, TicketState::kWaiting);
  back.after.rank.ms = second.rank.ms + 1;
  ASSERT_THAT(calls_.Settle(SettlementOf(back, EventKind::kTicketReturned)),
              IsOk());
  EXPECT_THAT(calls_.Queue(kResidence, 3).first,
              ElementsAre(Waiting{second, 0}, Waiting{back.after, 0}));
  // And again, from its place in the queue to another.
  auto forward = MoveTo(back.after, TicketState::kWaiting);
  forward.after.rank.ms = second.rank.ms - 1;
  ASSERT_THAT(calls_.Settle(SettlementOf(forward, EventKind::kTicketReturned)),
              IsOk());
  EXPECT_THAT(calls_.Queue(kResidence, 3).first,
              ElementsAre(Waiting{forward.after, 0}, Waiting{second, 0}));
}

TEST_P(TicketStoreContract, ATicketMayWaitForAnotherService) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto moved = MoveTo(ticket, TicketState::kWaiting);
  moved.after.service = kTax;
  ASSERT_THAT(calls_.Settle(SettlementOf(moved, EventKind::kTicketReturned)),
              IsOk());
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
  EXPECT_THAT(calls_.Queue(kTax).first, ElementsAre(Waiting{moved.after, 0}));
}

TEST_P(TicketStoreContract, NobodyWaitsIsSettledOnlyIfTrue) {
  Settlement nobody;
  nobody.request = NewRequest();
  nobody.hall = kHall;
  nobody.lengths = {{kResidenceQueue}, {kTaxQueue}};
  nobody.outcome.reason = "NOBODY_WAITS";
  auto const ticket = calls_.IssueTicket(kTax, 0);
  ExpectAborted(nobody);
  ASSERT_THAT(calls_.Settle(CallOf(ticket, {}, 3)), IsOk());
  auto const settled = calls_.Settle(nobody);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->sequence, 0);
  calls_.IssueTicket(kTax, 1);
  EXPECT_EQ(calls_.Settle(nobody)->request, settled->request);
}

TEST_P(TicketStoreContract, ANumberThatWasGivenAgainIsNotHadAgain) {
  auto const issue = [&](int at_ms) {
    auto order = OrderFor(kResidence, at_ms);
    order.series.size = 10;
    return *calls_.Issue(order)->request.outcome.ticket;
  };
  // A ticket that ended, as it would be again.
  auto const ended = [&](Ticket const& ticket) {
    auto const end = MoveTo(ticket, TicketState::kCompleted);
    EXPECT_THAT(calls_.Settle(SettlementOf(end, EventKind::kTicketCompleted)),
                IsOk());
    auto back = SettlementOf(MoveTo(end.after, TicketState::kServing),
                             EventKind::kStepUndone);
    Counter closed;
    closed.id = kDesk;
    back.counter = {closed, closed};
    back.number_back = OrderFor(kResidence, 0).series;
    back.number_back->size = 10;
    return back;
  };
  auto const first = issue(0);
  auto const first_back = ended(first);
  auto const second_back = ended(issue(1));
  for (int i = 2; i != 10; ++i) issue(i);
  ASSERT_EQ(issue(10).number, first.number);
  EXPECT_THAT(calls_.Settle(first_back),
              IsError(StatusCode::kFailedPrecondition, "NOTHING_TO_UNDO"));
  EXPECT_THAT(calls_.Settle(second_back), IsOk());
}

}  // namespace
}  // namespace madoguchi::testing
