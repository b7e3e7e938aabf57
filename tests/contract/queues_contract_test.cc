#include "tests/contract/ticket_store_contract.h"
#include <gmock/gmock.h>

// The part of the contract that is about the queues of an office.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

QueueId const kEnglish{"residence~en"};
QueueId const kOnlyAtDesk{"@1"};

IssueOrder EnglishOrder(int at_ms) {
  auto order = OrderFor(kResidence, at_ms);
  order.language = "en";
  order.queue = kEnglish;
  return order;
}

TEST_P(TicketStoreContract, ATicketIsIssuedIntoTheQueueThatTheOrderNames) {
  auto const settled = calls_.Issue(EnglishOrder(0));
  ASSERT_THAT(settled, IsOk());
  auto const ticket = *settled->request.outcome.ticket;
  EXPECT_EQ(ticket.queue, kEnglish);
  EXPECT_THAT(calls_.Queue(kEnglish).first, ElementsAre(Waiting{ticket, 0}));
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
}

TEST_P(TicketStoreContract, TheQueueOfTheServiceItselfIsNotKeptInTheTicket) {
  auto order = OrderFor(kResidence, 0);
  order.queue = kResidenceQueue;
  auto const settled = calls_.Issue(order);
  ASSERT_THAT(settled, IsOk());
  auto const ticket = *settled->request.outcome.ticket;
  EXPECT_EQ(ticket.queue, QueueId());
  EXPECT_THAT(calls_.Queue(kResidence).first, ElementsAre(Waiting{ticket, 0}));
}

TEST_P(TicketStoreContract, AQueueIsNotAnotherWhoseNameItBegins) {
  auto const plain = calls_.IssueTicket(kResidence, 0);
  auto const english = *calls_.Issue(EnglishOrder(1))->request.outcome.ticket;
  LookQuery query;
  query.hall = kHall;
  query.queues = {kEnglish, kOnlyAtDesk, kResidenceQueue};
  auto const view = calls_.Look(query);
  ASSERT_THAT(view, IsOk());
  EXPECT_EQ(view->queues[0], (QueueView{kEnglish, 1, {{english, 0}}}));
  EXPECT_EQ(view->queues[1], (QueueView{kOnlyAtDesk, 0, {}}));
  EXPECT_EQ(view->queues[2], (QueueView{kResidenceQueue, 1, {{plain, 0}}}));
}

TEST_P(TicketStoreContract, WhoeverWaitsMayWaitInAnotherQueue) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto sent = MoveTo(ticket, TicketState::kWaiting);
  sent.after.queue = kOnlyAtDesk;
  ASSERT_THAT(calls_.Settle(SettlementOf(sent, EventKind::kTicketTransferred)),
              IsOk());
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
  EXPECT_THAT(calls_.Queue(kOnlyAtDesk).first,
              ElementsAre(Waiting{sent.after, 0}));

  auto back = MoveTo(sent.after, TicketState::kWaiting);
  back.after.queue = {};
  ASSERT_THAT(calls_.Settle(SettlementOf(back, EventKind::kTicketTransferred)),
              IsOk());
  EXPECT_EQ(calls_.Queue(kOnlyAtDesk).length, 0);
  EXPECT_THAT(calls_.Queue(kResidence).first,
              ElementsAre(Waiting{back.after, 0}));
}

TEST_P(TicketStoreContract, WhoeverIsCalledLeavesTheQueueItWaitsIn) {
  auto const ticket = *calls_.Issue(EnglishOrder(0))->request.outcome.ticket;
  auto call = CallOf(ticket, {}, 3);
  // The queue is kept for a return, though nobody waits in it now.
  ASSERT_THAT(calls_.Settle(call), IsOk());
  EXPECT_EQ(calls_.Queue(kEnglish).length, 0);
  auto back = MoveTo(call.ticket->after, TicketState::kWaiting);
  ASSERT_THAT(calls_.Settle(SettlementOf(back, EventKind::kTicketReturned)),
              IsOk());
  EXPECT_THAT(calls_.Queue(kEnglish).first,
              ElementsAre(Waiting{back.after, 0}));
}

TEST_P(TicketStoreContract, ATicketOnHoldWaitsInNoQueue) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto hold = MoveTo(ticket, TicketState::kOnHold);
  hold.after.hold = Hold{.reason = "form",
                         .owner = {"aoi"},
                         .counter = kDesk,
                         .since = At(1),
                         .deadline = At(900'000),
                         .to_counter = true};
  hold.after.served = std::chrono::milliseconds(1234);
  ASSERT_THAT(calls_.Settle(SettlementOf(hold, EventKind::kTicketHeld)),
              IsOk());
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
  LookQuery query;
  query.hall = kHall;
  query.tickets = {ticket.id};
  EXPECT_THAT(calls_.Look(query)->tickets, ElementsAre(hold.after));
}

TEST_P(TicketStoreContract, EverythingAboutATicketIsKept) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto change = MoveTo(ticket, TicketState::kWaiting);
  auto& after = change.after;
  after.recalls = 2;
  after.called = At(1);
  after.serving_started = At(2);
  after.ended = At(3);
  after.outcome = "DONE|%~\x1f";
  after.queue = kOnlyAtDesk;
  after.queued = At(4);
  after.hold = Hold{"pin_search", {"aoi"}, kDesk, At(5), At(6), false};
  after.head_start = std::chrono::minutes(15);
  after.note = "次は、\n窓口 3 | 100% ~";
  after.next_services = {kTax, {"child"}};
  after.served = std::chrono::milliseconds(77);
  after.pickup = true;
  after.time_uncertain = true;
  after.unqueued = true;
  after.carried_over_from = BusinessDay{20261120};
  after.moved_from = Origin{{"annex"}, {"20261123-c-00001"}};
  auto const settlement = SettlementOf(change, EventKind::kTicketEdited);
  ASSERT_THAT(calls_.Settle(settlement), IsOk());
  EXPECT_THAT(calls_.Queue(kOnlyAtDesk).first, ElementsAre(Waiting{after, 0}));
  auto event = *settlement.event;
  event.sequence = LastSequence();
  EXPECT_THAT(calls_.Log(event.sequence - 1, 1)->events, ElementsAre(event));
  // And again, so that `before` is compared with all of it.
  EXPECT_THAT(calls_.Settle(SettlementOf(MoveTo(after, TicketState::kServing),
                                         EventKind::kServingStarted)),
              IsOk());
}

TEST_P(TicketStoreContract, OvertakesAreCountedForEachQueue) {
  auto const english = *calls_.Issue(EnglishOrder(0))->request.outcome.ticket;
  auto const only_here = calls_.IssueTicket(kTax, 1);
  auto sent = MoveTo(only_here, TicketState::kWaiting);
  sent.after.queue = kOnlyAtDesk;
  ASSERT_THAT(calls_.Settle(SettlementOf(sent, EventKind::kTicketTransferred)),
              IsOk());
  auto const plain = calls_.IssueTicket(kResidence, 2);
  ASSERT_THAT(calls_.Settle(CallOf(plain, {kOnlyAtDesk, kEnglish}, 1)), IsOk());
  EXPECT_THAT(calls_.Queue(kEnglish).first, ElementsAre(Waiting{english, 1}));
  EXPECT_THAT(calls_.Queue(kOnlyAtDesk).first,
              ElementsAre(Waiting{sent.after, 1}));
  auto const next = calls_.IssueTicket(kResidence, 3);
  ExpectAborted(CallOf(next, {kOnlyAtDesk}, 1));
  ExpectAborted(CallOf(next, {kEnglish}, 1));
  EXPECT_THAT(calls_.Settle(CallOf(sent.after, {kEnglish}, 2)), IsOk());
}

TEST_P(TicketStoreContract, TheHeadOfItsOwnQueueIsCalled) {
  auto const plain = calls_.IssueTicket(kResidence, 0);
  auto const english = *calls_.Issue(EnglishOrder(1))->request.outcome.ticket;
  auto const later = *calls_.Issue(EnglishOrder(2))->request.outcome.ticket;
  ExpectAborted(CallOf(later, {kResidenceQueue}, 3));
  EXPECT_THAT(calls_.Settle(CallOf(english, {kResidenceQueue}, 3)), IsOk());
  EXPECT_THAT(calls_.Queue(kResidence).first, ElementsAre(Waiting{plain, 1}));
}

TEST_P(TicketStoreContract, AnyKindOfQueueCanBeRequiredToBeEmpty) {
  auto const english = *calls_.Issue(EnglishOrder(0))->request.outcome.ticket;
  Settlement nobody;
  nobody.request = NewRequest();
  nobody.hall = kHall;
  nobody.lengths = {{kResidenceQueue}, {kEnglish}};
  ExpectAborted(nobody);
  nobody.lengths = {{kResidenceQueue}, {kOnlyAtDesk}};
  EXPECT_THAT(calls_.Settle(nobody), IsOk());
}

TEST_P(TicketStoreContract, WhoeverCameSinceAborts) {
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  settlement.lengths = {{kTaxQueue, 2}};
  calls_.IssueTicket(kTax, 0);
  ExpectAborted(settlement);
  calls_.IssueTicket(kTax, 1);
  auto const settled = calls_.Settle(settlement);
  EXPECT_THAT(settled, IsOk());
  calls_.IssueTicket(kTax, 2);
  settlement.request = NewRequest();
  ExpectAborted(settlement);
}

TEST_P(TicketStoreContract, FurtherTicketsChangeWithTheFirst) {
  auto const called = calls_.IssueTicket(kResidence, 0);
  auto const other = calls_.IssueTicket(kTax, 1);
  auto const third = calls_.IssueTicket(kTax, 2);
  auto settlement = CallOf(called, {}, 3);
  for (auto const& ticket : {other, third}) {
    FurtherChange further{MoveTo(ticket, TicketState::kExpired), {}};
    further.event.kind = EventKind::kTicketExpired;
    further.event.day = kHall.day;
    further.event.time = At(5);
    further.event.ticket = further.ticket.after;
    settlement.further.push_back(further);
  }
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->sequence, 5);
  EXPECT_EQ(calls_.Queue(kTax).length, 0);
  auto first = *settlement.event;
  first.sequence = 5;
  auto second = settlement.further[0].event;
  second.sequence = 6;
  auto last = settlement.further[1].event;
  last.sequence = 7;
  EXPECT_THAT(calls_.Log(4, 10)->events, ElementsAre(first, second, last));
  LookQuery query;
  query.hall = kHall;
  query.tickets = {other.id, third.id};
  EXPECT_THAT(calls_.Look(query)->tickets,
              ElementsAre(settlement.further[0].ticket.after,
                          settlement.further[1].ticket.after));
}

TEST_P(TicketStoreContract, AFurtherTicketMayBeginToWait) {
  auto const held = MoveTo(calls_.IssueTicket(kTax, 0), TicketState::kOnHold);
  ASSERT_THAT(calls_.Settle(SettlementOf(held, EventKind::kTicketHeld)),
              IsOk());
  auto settlement = CallOf(calls_.IssueTicket(kResidence, 1), {}, 3);
  FurtherChange back{MoveTo(held.after, TicketState::kWaiting), {}};
  back.event.kind = EventKind::kHoldEnded;
  back.event.day = kHall.day;
  back.event.ticket = back.ticket.after;
  settlement.further = {back};
  ASSERT_THAT(calls_.Settle(settlement), IsOk());
  EXPECT_THAT(calls_.Queue(kTax).first,
              ElementsAre(Waiting{back.ticket.after, 0}));
}

TEST_P(TicketStoreContract, AChangedFurtherTicketAbortsEverything) {
  auto const called = calls_.IssueTicket(kResidence, 0);
  auto const other = calls_.IssueTicket(kTax, 1);
  auto settlement = CallOf(called, {}, 3);
  FurtherChange further{MoveTo(other, TicketState::kExpired), {}};
  further.ticket.before.version = 7;
  further.event.kind = EventKind::kTicketExpired;
  further.event.ticket = further.ticket.after;
  settlement.further = {further};
  ExpectAborted(settlement);
  EXPECT_THAT(calls_.Queue(kResidence).first, ElementsAre(Waiting{called, 0}));
  EXPECT_THAT(calls_.Queue(kTax).first, ElementsAre(Waiting{other, 0}));
}

TEST_P(TicketStoreContract, FurtherTicketsNeedNoFirst) {
  auto const ticket = calls_.IssueTicket(kTax, 0);
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  FurtherChange further{MoveTo(ticket, TicketState::kCancelled), {}};
  further.event.kind = EventKind::kTicketCancelled;
  further.event.day = kHall.day;
  further.event.ticket = further.ticket.after;
  settlement.further = {further};
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(LastSequence(), 3);
  EXPECT_THAT(calls_.Queue(kTax, 5).first, IsEmpty());
}

}  // namespace
}  // namespace madoguchi::testing
