#include "tests/contract/ticket_store_contract.h"
#include <gmock/gmock.h>

// The part of the contract that is about the end of a business day.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Hall const kThirdHall{kOffice, {20261125}};
LookQuery QueryOf(Hall const& hall) {
  LookQuery query;
  query.hall = hall;
  return query;
}

TEST_P(TicketStoreContract, ANewDayBeginsWithClosedCountersAndEmptyQueues) {
  auto const opening = OpeningOfDesk();
  ASSERT_THAT(calls_.Settle(opening), IsOk());
  calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto query = QueryOf(kNextHall);
  query.counters = {kDesk};
  query.queues = {kResidenceQueue};
  auto const view = calls_.Look(query);
  ASSERT_THAT(view, IsOk());
  EXPECT_THAT(view->counters, ElementsAre(opening.counter->before));
  EXPECT_THAT(view->queues, ElementsAre(QueueView{kResidenceQueue, 0, {}}));
  EXPECT_THAT(calls_.List({}, 10, kNextHall)->tickets, IsEmpty());
}

TEST_P(TicketStoreContract, OpeningADayIsOneEvent) {
  ASSERT_THAT(calls_.Open(kNextHall, 7, true), IsOk());
  ASSERT_THAT(calls_.Open(kNextHall, 9, false), IsOk());
  Event opened;
  opened.sequence = 2;
  opened.kind = EventKind::kDayOpened;
  opened.day = kNextHall.day;
  opened.time = At(7);
  EXPECT_THAT(calls_.Log(1, 10)->events, ElementsAre(opened));
}

TEST_P(TicketStoreContract, TheFirstDayHasNothingToSweep) {
  ASSERT_THAT(calls_.Open(kAnnexHall, 0, /*carry_over=*/true), IsOk());
  EXPECT_THAT(calls_.Look(QueryOf(kAnnexHall)), IsOk());
  EXPECT_FALSE(calls_.LookDue(0, 10, kAnnexHall.office)->sweeping);
}

TEST_P(TicketStoreContract, NothingIsDoneBeforeThoseCarriedOverWait) {
  auto const settled = calls_.Issue(OrderFor(kResidence, 0));
  auto const ticket = *settled->request.outcome.ticket;
  ASSERT_THAT(calls_.Open(kNextHall, 0, /*carry_over=*/true), IsOk());
  auto const sweeping =
      IsError(StatusCode::kFailedPrecondition, "DAY_SWEEPING");
  auto order = OrderFor(kResidence, 1);
  order.hall = kNextHall;
  auto call = CallOf(ticket, {}, 3);
  call.hall = kNextHall;
  EXPECT_THAT(calls_.Issue(order), sweeping);
  EXPECT_THAT(calls_.Look(QueryOf(kNextHall)), sweeping);
  EXPECT_THAT(calls_.Settle(call), sweeping);
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101", kNextHall), sweeping);
  EXPECT_THAT(calls_.List({}, 10, kNextHall), sweeping);
  // Opening it again is no use, and yesterday is over all the same.
  EXPECT_THAT(calls_.Open(kNextHall, 0, /*carry_over=*/false), IsOk());
  EXPECT_THAT(calls_.Issue(order), sweeping);
  EXPECT_THAT(calls_.Look(QueryOf(kHall)),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
  EXPECT_THAT(calls_.Look(QueryOf(kThirdHall)),
              IsError(StatusCode::kFailedPrecondition, "DAY_NOT_OPEN"));

  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, true), IsOk());
  EXPECT_THAT(calls_.Issue(order), IsOk());
}

TEST_P(TicketStoreContract, WhereNobodyIsCarriedOverWorkGoesOnAtOnce) {
  auto const old = calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto order = OrderFor(kResidence, 1);
  order.hall = kNextHall;
  auto const first = calls_.Issue(order);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->request.outcome.ticket->number, old.number);
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, false), IsOk());
  EXPECT_THAT(calls_.Queue(kResidenceQueue, 5, kNextHall).first,
              ElementsAre(Waiting{*first->request.outcome.ticket, 0}));
}

TEST_P(TicketStoreContract, ADayIsSweptBeforeTheNextOpens) {
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto const last = LastSequence();
  EXPECT_THAT(calls_.Open(kThirdHall),
              IsError(StatusCode::kFailedPrecondition, "DAY_SWEEPING"));
  EXPECT_EQ(LastSequence(), last);
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, false), IsOk());
  EXPECT_THAT(calls_.Open(kThirdHall), IsOk());
}

TEST_P(TicketStoreContract, ASweepShowsWhatTheDayLeftPartByPart) {
  std::vector<Ticket> tickets;
  tickets.push_back(calls_.IssueTicket(kTax, 0));
  for (int i = 1; i != 4; ++i) {
    tickets.push_back(calls_.IssueTicket(kResidence, i));
  }
  auto const done = MoveTo(tickets[2], TicketState::kCompleted);
  ASSERT_THAT(calls_.Settle(SettlementOf(done, EventKind::kTicketCompleted)),
              IsOk());
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  // By series and serial, those that ended too.
  std::vector<Ticket> const expected = {tickets[1], done.after, tickets[3],
                                        tickets[0]};
  std::vector<Ticket> seen;
  std::string next = "not the end";
  for (int parts = 0; !next.empty() && parts != 10; ++parts) {
    auto const view = calls_.LookSweep(kHall.day, 3);
    ASSERT_THAT(view, IsOk());
    EXPECT_LE(view->tickets.size(), 3U);
    EXPECT_EQ(calls_.LookSweep(kHall.day, 3)->cursor, view->cursor)
        << "looking moves nothing";
    seen.insert(seen.end(), view->tickets.begin(), view->tickets.end());
    ASSERT_THAT(calls_.SettleSweep(SweepOf(*view, kHall.day, kNextHall, false)),
                IsOk());
    next = view->next;
  }
  EXPECT_EQ(seen, expected);
}

TEST_P(TicketStoreContract, WhoeverIsNotCarriedOverEndsInTheLog) {
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto const view = calls_.LookSweep(kHall.day);
  ASSERT_THAT(view, IsOk());
  auto const settlement = SweepOf(*view, kHall.day, kNextHall, false);
  ASSERT_THAT(calls_.SettleSweep(settlement), IsOk());
  auto event = settlement.changes.at(0).event;
  event.sequence = 4;
  EXPECT_EQ(event.ticket->state, TicketState::kExpired);
  EXPECT_THAT(calls_.Log(3, 10)->events, ElementsAre(event));
  auto query = QueryOf(kNextHall);
  query.tickets = {ticket.id};
  EXPECT_THAT(calls_.Look(query)->tickets, ElementsAre(std::nullopt));
}

TEST_P(TicketStoreContract, ADayWithoutTicketsIsSweptToo) {
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto const view = calls_.LookSweep(kHall.day);
  ASSERT_THAT(view, IsOk());
  EXPECT_THAT(view->tickets, IsEmpty());
  EXPECT_THAT(view->next, IsEmpty());
  EXPECT_THAT(calls_.SettleSweep(SweepOf(*view, kHall.day, kNextHall, true)),
              IsOk());
  EXPECT_FALSE(calls_.LookDue(0)->sweeping);
}

TEST_P(TicketStoreContract, OnlyTheDayBeforeIsSwept) {
  auto const aborted = IsError(StatusCode::kAborted, "LOOK_AGAIN");
  EXPECT_THAT(calls_.LookSweep(kHall.day), aborted);
  EXPECT_THAT(calls_.LookSweep(kHall.day, 10, {"nowhere"}), aborted);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  EXPECT_THAT(calls_.LookSweep({20261122}), aborted);
  EXPECT_THAT(calls_.LookSweep(kNextHall.day), aborted);
  auto const view = calls_.LookSweep(kHall.day);
  ASSERT_THAT(view, IsOk());
  auto settlement = SweepOf(*view, kHall.day, kNextHall, false);
  settlement.from = {20261122};
  EXPECT_THAT(calls_.SettleSweep(settlement), aborted);
  settlement.from = kHall.day;
  settlement.to = kThirdHall.day;
  EXPECT_THAT(calls_.SettleSweep(settlement), aborted);
  settlement.to = kNextHall.day;
  EXPECT_THAT(calls_.SettleSweep(settlement), IsOk());
  EXPECT_THAT(calls_.LookSweep(kHall.day), aborted);
}

TEST_P(TicketStoreContract, APartIsSweptOnce) {
  calls_.IssueTicket(kResidence, 0);
  calls_.IssueTicket(kResidence, 1);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto const view = calls_.LookSweep(kHall.day, 1);
  ASSERT_THAT(view, IsOk());
  ASSERT_FALSE(view->next.empty());
  auto const part = SweepOf(*view, kHall.day, kNextHall, true);
  ASSERT_THAT(calls_.SettleSweep(part), IsOk());
  auto const last = LastSequence();
  auto const aborted = IsError(StatusCode::kAborted, "LOOK_AGAIN");
  EXPECT_THAT(StoreCalls(under_test_->rival()).SettleSweep(part), aborted);
  EXPECT_EQ(LastSequence(), last);

  auto const rest = calls_.LookSweep(kHall.day, 100);
  EXPECT_EQ(rest->cursor, view->next);
  auto const end = SweepOf(*rest, kHall.day, kNextHall, true);
  ASSERT_THAT(calls_.SettleSweep(end), IsOk());
  EXPECT_THAT(calls_.SettleSweep(end), aborted);
  EXPECT_EQ(LastSequence(), last + 1);
}

TEST_P(TicketStoreContract, AChangedTicketAbortsTheSweep) {
  calls_.IssueTicket(kResidence, 0);
  calls_.IssueTicket(kResidence, 1);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto const last = LastSequence();
  auto settlement =
      SweepOf(*calls_.LookSweep(kHall.day), kHall.day, kNextHall, true);
  settlement.changes.at(1).ticket.before.version = 7;
  EXPECT_THAT(calls_.SettleSweep(settlement),
              IsError(StatusCode::kAborted, "LOOK_AGAIN"));
  EXPECT_EQ(LastSequence(), last);
  EXPECT_EQ(calls_.Queue(kResidenceQueue, 1, kNextHall).length, 0);
}

TEST_P(TicketStoreContract, ASweepChangesWhatIsDue) {
  auto settlement = SettlementOf(
      MoveTo(calls_.IssueTicket(kResidence, 0), TicketState::kAbsent),
      EventKind::kTicketMarkedAbsent);
  DueEntry const expiry{DueKind::kAbsenceExpiry,
                        settlement.ticket->after.id.value, At(100)};
  settlement.due.set = {expiry};
  ASSERT_THAT(calls_.Settle(settlement), IsOk());
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto sweep = SweepOf(*calls_.LookSweep(kHall.day), kHall.day, kNextHall,
                       /*carry_over=*/false);
  DueEntry const other{DueKind::kCounterQueuePatience, "x", At(50)};
  sweep.due = {{other}, {KeyOf(expiry)}};
  ASSERT_THAT(calls_.SettleSweep(sweep), IsOk());
  EXPECT_THAT(calls_.LookDue(1000)->entries, ElementsAre(other));
}

/// The third waits for counter 1 alone, the second is done.
class CarriedOverContract : public TicketStoreContract {
 protected:
  CarriedOverContract() {
    for (int i = 0; i != 4; ++i) {
      tickets_.push_back(calls_.IssueTicket(i == 3 ? kTax : kResidence, i));
    }
    Change(1, MoveTo(tickets_[1], TicketState::kCompleted));
    auto sent = MoveTo(tickets_[2], TicketState::kWaiting);
    sent.after.queue = {"@1"};
    Change(2, sent);
    EXPECT_THAT(calls_.Open(kNextHall, 1000, true), IsOk());
    EXPECT_THAT(calls_.Sweep(kHall.day, kNextHall, true, 2), IsOk());
    for (int i : {0, 2, 3}) {
      ++tickets_[i].version;
      tickets_[i].carried_over_from = kHall.day;
    }
  }

  void Change(int i, ticketing::Change<Ticket> const& change) {
    auto settlement = SettlementOf(change, EventKind::kTicketEdited);
    settlement.hall = LastDay();
    EXPECT_THAT(calls_.Settle(settlement), IsOk());
    tickets_[i] = change.after;
  }
  Hall LastDay() { return {kOffice, calls_.LookDue(0)->day}; }
  Ticket IssueNext(ServiceId const& service, int at_ms) {
    auto order = OrderFor(service, at_ms);
    order.hall = LastDay();
    auto const settled = calls_.Issue(order);
    EXPECT_THAT(settled, IsOk());
    return settled.ok() ? *settled->request.outcome.ticket : Ticket();
  }

  std::vector<Ticket> tickets_;
};

INSTANTIATE_TEST_SUITE_P(Stores, CarriedOverContract,
                         ::testing::Values(StoreKind{"Memory", MakeMemoryStore},
                                           StoreKind{"Redis", MakeRedisStore}),
                         [](auto const& test) { return test.param.name; });

TEST_P(CarriedOverContract, TheyWaitInTheirQueuesBeforeThoseOfTheDay) {
  auto const fresh = IssueNext(kResidence, 2000);
  EXPECT_THAT(calls_.Queue(kResidenceQueue, 5, kNextHall).first,
              ElementsAre(Waiting{tickets_[0], 0}, Waiting{fresh, 0}));
  EXPECT_THAT(calls_.Queue(QueueId{"@1"}, 5, kNextHall).first,
              ElementsAre(Waiting{tickets_[2], 0}));
  EXPECT_THAT(calls_.Queue(kTaxQueue, 5, kNextHall).first,
              ElementsAre(Waiting{tickets_[3], 0}));
}

TEST_P(CarriedOverContract, TheirRanksStayBehindNobodyNew) {
  // Even if the clock of a replica is a day late.
  EXPECT_GT(IssueNext(kResidence, 0).rank, tickets_[3].rank);
}

TEST_P(CarriedOverContract, TheyAreSeenWithTheirOldIds) {
  auto query = QueryOf(kNextHall);
  query.tickets = {tickets_[0].id, tickets_[1].id, tickets_[2].id};
  EXPECT_THAT(calls_.Look(query)->tickets,
              ElementsAre(tickets_[0], std::nullopt, tickets_[2]));
}

TEST_P(CarriedOverContract, TheyAreCalledAsOthersAre) {
  auto call = CallOf(tickets_[0], {kTaxQueue}, 3);
  call.hall = kNextHall;
  ASSERT_THAT(calls_.Settle(call), IsOk());
  EXPECT_EQ(calls_.Queue(kResidenceQueue, 1, kNextHall).length, 0);
  call = CallOf(tickets_[3], {kResidenceQueue}, 3);
  call.hall = kNextHall;
  EXPECT_THAT(calls_.Settle(call), IsOk());
}

TEST_P(CarriedOverContract, TheyAreListedFirst) {
  auto const fresh = IssueNext(kResidence, 2000);
  std::vector<Ticket> const all = {tickets_[0], tickets_[2], tickets_[3],
                                   fresh};
  for (int limit : {1, 2, 3, 4, 100}) {
    std::vector<Ticket> seen;
    bool more = true;
    while (more && seen.size() <= all.size()) {
      auto const page = calls_.List(seen.empty() ? TicketId() : seen.back().id,
                                    limit, kNextHall);
      ASSERT_THAT(page, IsOk());
      EXPECT_LE(page->tickets.size(), static_cast<std::size_t>(limit));
      seen.insert(seen.end(), page->tickets.begin(), page->tickets.end());
      more = page->more;
    }
    EXPECT_EQ(seen, all) << "limit " << limit;
  }
}

TEST_P(CarriedOverContract, TheirNumbersStayInUse) {
  // A101 and A103 are theirs, and so is A101 of the other series.
  EXPECT_EQ(IssueNext(kResidence, 2000).id.value, "20261124-a-00001");
  EXPECT_EQ(IssueNext(kResidence, 2001).number, "A104");
  EXPECT_EQ(IssueNext(kTax, 2002).number, "A102");
  // Once they have ended, their numbers are given again.
  Change(0, MoveTo(tickets_[0], TicketState::kCompleted));
  EXPECT_EQ(IssueNext(kResidence, 2003).number, "A105");
  EXPECT_EQ(IssueNext(kResidence, 2004).number, "A101");
}

TEST_P(CarriedOverContract, NewTicketsOfCommandsSkipTheirNumbersToo) {
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kNextHall;
  auto& issue = settlement.issue.emplace();
  issue.hall = kNextHall;
  issue.series = kSeries;
  issue.ticket.service = kResidence;
  issue.event.kind = EventKind::kTicketIssued;
  issue.event.day = kNextHall.day;
  issue.event.time = At(2000);
  auto const settled = calls_.Settle(settlement);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->request.outcome.ticket->number, "A102");
}

TEST_P(CarriedOverContract, TheyAreFoundByTheirNumbers) {
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101", kNextHall),
              IsOkAnd(tickets_[0]));
  EXPECT_THAT(calls_.FindNumber(kSeries, "A102", kNextHall),
              IsOkAnd(std::nullopt));
  auto const fresh = IssueNext(kResidence, 2000);
  EXPECT_THAT(calls_.FindNumber(kSeries, "A102", kNextHall), IsOkAnd(fresh));
  // Found as long as nobody else has the number.
  Change(0, MoveTo(tickets_[0], TicketState::kCompleted));
  EXPECT_THAT(calls_.FindNumber(kSeries, "A101", kNextHall),
              IsOkAnd(tickets_[0]));
  while (true) {
    auto const next = IssueNext(kResidence, 3000);
    if (next.number != "A101") continue;
    EXPECT_THAT(calls_.FindNumber(kSeries, "A101", kNextHall), IsOkAnd(next));
    break;
  }
}

TEST_P(CarriedOverContract, TheyAreSweptFirstWhenThatDayEnds) {
  auto const fresh = IssueNext(kResidence, 2000);
  Change(2, MoveTo(tickets_[2], TicketState::kServing));
  ASSERT_THAT(calls_.Open(kThirdHall, 3000, true), IsOk());
  auto const view = calls_.LookSweep(kNextHall.day);
  ASSERT_THAT(view, IsOk());
  EXPECT_THAT(view->tickets,
              ElementsAre(tickets_[0], tickets_[2], tickets_[3], fresh));
  ASSERT_THAT(calls_.Sweep(kNextHall.day, kThirdHall, true, 3), IsOk());
  auto const all = calls_.List({}, 10, kThirdHall);
  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->tickets, SizeIs(3));
  EXPECT_EQ(all->tickets[0].id, tickets_[0].id);
  EXPECT_EQ(all->tickets[0].carried_over_from, kHall.day);
  EXPECT_EQ(all->tickets[1].id, tickets_[3].id);
  EXPECT_EQ(all->tickets[2].id, fresh.id);
  EXPECT_EQ(IssueNext(kResidence, 3001).number, "A103");
}

}  // namespace
}  // namespace madoguchi::testing
