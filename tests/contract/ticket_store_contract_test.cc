#include "tests/contract/ticket_store_contract.h"
#include "tests/support/await.h"
#include <gmock/gmock.h>
#include <future>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

INSTANTIATE_TEST_SUITE_P(Stores, TicketStoreContract,
                         ::testing::Values(StoreKind{"Memory", MakeMemoryStore},
                                           StoreKind{"Redis", MakeRedisStore}),
                         [](auto const& test) { return test.param.name; });

TEST_P(TicketStoreContract, ATicketIsIssuedWaitingWithNumberAndRank) {
  auto const order = OrderFor(kResidence, 5);
  auto const settled = calls_.Issue(order);
  ASSERT_THAT(settled, IsOk());
  Ticket expected;
  expected.id = {"20261123-a-00000"};
  expected.number = "A101";
  expected.service = kResidence;
  expected.arrival = At(5);
  expected.rank.ms = At(5).time_since_epoch().count();
  expected.language = "ja";
  EXPECT_EQ(settled->request.outcome.ticket, expected);
  EXPECT_EQ(settled->request.command, order.request.command);
  EXPECT_EQ(settled->sequence, 2);
  auto const queue = calls_.Queue(kResidence);
  EXPECT_EQ(queue.length, 1);
  EXPECT_THAT(queue.first, ElementsAre(Waiting{expected, 0}));
}

TEST_P(TicketStoreContract, RanksGrowEvenIfTheClockDoesNot) {
  auto const first = calls_.IssueTicket(kResidence, 10);
  auto const same = calls_.IssueTicket(kTax, 10);
  auto const earlier = calls_.IssueTicket(kResidence, 3);
  EXPECT_EQ(same.rank.ms, first.rank.ms + 1);
  EXPECT_EQ(earlier.rank.ms, first.rank.ms + 2);
  EXPECT_EQ(earlier.arrival, At(3));
}

TEST_P(TicketStoreContract, EachSeriesCountsForItself) {
  EXPECT_EQ(calls_.IssueTicket(kResidence, 0).id.value, "20261123-a-00000");
  EXPECT_EQ(calls_.IssueTicket(kTax, 0).id.value, "20261123-b-00000");
  EXPECT_EQ(calls_.IssueTicket(kResidence, 0).id.value, "20261123-a-00001");
}

TEST_P(TicketStoreContract, NumbersWrapAndSkipThoseStillInUse) {
  std::vector<Ticket> first_round;
  for (int i = 0; i != 5; ++i) {
    first_round.push_back(calls_.IssueTicket(kResidence, i));
  }
  EXPECT_EQ(first_round.back().number, "A105");
  // Only the third is over, so its number is the next one free.
  ASSERT_THAT(calls_.Settle(
                  SettlementOf(MoveTo(first_round[2], TicketState::kCancelled),
                               EventKind::kTicketCancelled)),
              IsOk());
  auto const seventh = calls_.IssueTicket(kResidence, 6);
  EXPECT_EQ(seventh.number, "A103");
  EXPECT_EQ(seventh.id.value, "20261123-a-00007");
  // In the third round, the first round's are still in use where the second
  // issued nothing.
  ASSERT_THAT(calls_.Settle(
                  SettlementOf(MoveTo(first_round[3], TicketState::kCompleted),
                               EventKind::kTicketCompleted)),
              IsOk());
  auto const next = calls_.IssueTicket(kResidence, 7);
  EXPECT_EQ(next.id.value, "20261123-a-00008");
  ASSERT_THAT(calls_.Settle(SettlementOf(MoveTo(next, TicketState::kCompleted),
                                         EventKind::kTicketCompleted)),
              IsOk());
  EXPECT_EQ(calls_.IssueTicket(kResidence, 8).id.value, "20261123-a-00013");
}

TEST_P(TicketStoreContract, AbsentAndCalledTicketsKeepTheirNumbers) {
  auto order = OrderFor(kResidence, 0);
  order.series.size = 1;
  auto const ticket = *calls_.Issue(order)->request.outcome.ticket;
  auto const absent = MoveTo(ticket, TicketState::kAbsent);
  ASSERT_THAT(
      calls_.Settle(SettlementOf(absent, EventKind::kTicketMarkedAbsent)),
      IsOk());
  order.request = NewRequest();
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kResourceExhausted, "SERIES_EXHAUSTED"));
}

TEST_P(TicketStoreContract, SixteenLiveNumbersInARowExhaustASeries) {
  auto order = OrderFor(kResidence, 0);
  order.series.size = 17;
  std::vector<Ticket> tickets;
  for (int i = 0; i != 17; ++i) {
    order.request = NewRequest();
    tickets.push_back(*calls_.Issue(order)->request.outcome.ticket);
  }
  auto const last = LastSequence();
  ASSERT_THAT(
      calls_.Settle(SettlementOf(MoveTo(tickets[16], TicketState::kCancelled),
                                 EventKind::kTicketCancelled)),
      IsOk());
  order.request = NewRequest();
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kResourceExhausted, "SERIES_EXHAUSTED"));
  EXPECT_EQ(LastSequence(), last + 1);
  // One skipped number fewer, and it is found.
  ASSERT_THAT(
      calls_.Settle(SettlementOf(MoveTo(tickets[15], TicketState::kCancelled),
                                 EventKind::kTicketCancelled)),
      IsOk());
  // The request that was refused is still open.
  auto const settled = calls_.Issue(order);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->request.outcome.ticket->number, tickets[15].number);
}

TEST_P(TicketStoreContract, ARepeatedIssueIsAnsweredAndIssuesNothing) {
  auto const order = OrderFor(kResidence, 0);
  auto const first = calls_.Issue(order);
  auto later = order;
  later.now = At(500);
  auto const again = StoreCalls(under_test_->rival()).Issue(later);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->request, first->request);
  EXPECT_EQ(again->sequence, 0);
  EXPECT_EQ(calls_.Queue(kResidence).length, 1);
}

TEST_P(TicketStoreContract, AnOutcomeStaysWhatItWasWhenTheTicketMovesOn) {
  auto const order = OrderFor(kResidence, 0);
  auto const first = calls_.Issue(order);
  ASSERT_THAT(calls_.Settle(CallOf(*first->request.outcome.ticket, {}, 3)),
              IsOk());
  EXPECT_EQ(calls_.Issue(order)->request, first->request);
}

TEST_P(TicketStoreContract, AReusedRequestIdShowsTheOtherCommand) {
  auto order = OrderFor(kResidence, 0);
  auto const ticket = *calls_.Issue(order)->request.outcome.ticket;
  auto call = CallOf(ticket, {}, 3);
  call.request.id = order.request.id;
  auto const settled = calls_.Settle(call);
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->request.command, order.request.command);
  EXPECT_EQ(calls_.Queue(kResidence).length, 1);
}

TEST_P(TicketStoreContract, ADayMustBeOpenAndOpensOnce) {
  auto order = OrderFor(kResidence, 0);
  order.hall = kNextHall;
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kFailedPrecondition, "DAY_NOT_OPEN"));
  calls_.IssueTicket(kResidence, 0);
  EXPECT_THAT(calls_.Open(), IsOk());
  EXPECT_EQ(LastSequence(), 2);

  EXPECT_THAT(calls_.Open(kNextHall, 1), IsOk());
  EXPECT_THAT(calls_.Open(kHall),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
  auto const ticket = calls_.Issue(order);
  ASSERT_THAT(ticket, IsOk());
  EXPECT_EQ(ticket->request.outcome.ticket->id.value, "20261124-a-00000");
  EXPECT_EQ(ticket->sequence, 4);
  EXPECT_EQ(ticket->request.outcome.ticket->rank.ms,
            At(1).time_since_epoch().count());
  order.hall = kHall;
  order.request = NewRequest();
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
  LookQuery query;
  query.hall = kHall;
  EXPECT_THAT(calls_.Look(query),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
  EXPECT_THAT(calls_.List({}, 1),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
  EXPECT_THAT(calls_.Settle(CallOf(Ticket(), {}, 1)),
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));
}

TEST_P(TicketStoreContract, ARepeatIsAnsweredEvenWhenItsDayIsOver) {
  auto const order = OrderFor(kResidence, 0);
  auto const first = calls_.Issue(order);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  EXPECT_EQ(calls_.Issue(order)->request, first->request);
}

TEST_P(TicketStoreContract, OfficesDoNotMeet) {
  auto order = OrderFor(kResidence, 0);
  order.hall = kAnnexHall;
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kFailedPrecondition, "DAY_NOT_OPEN"));
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  EXPECT_EQ(calls_.Issue(order)->sequence, 2);
  EXPECT_EQ(LastSequence(), 1);
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
}

TEST_P(TicketStoreContract, LookAnswersInTheOrderOfTheQuery) {
  auto const order = OrderFor(kResidence, 0);
  auto const first = *calls_.Issue(order)->request.outcome.ticket;
  auto const second = calls_.IssueTicket(kResidence, 1);
  LookQuery query;
  query.hall = kHall;
  query.requests = {{"00000000-0000-4000-8000-999999999999"}, order.request.id};
  query.counters = {{"9"}, kDesk};
  query.tickets = {second.id, {"20261123-a-00099"}, first.id};
  query.queues = {kTaxQueue, kResidenceQueue};
  query.depth = 5;
  auto const view = calls_.Look(query);
  ASSERT_THAT(view, IsOk());
  EXPECT_FALSE(view->requests[0]);
  EXPECT_EQ(view->requests[1]->command, order.request.command);
  EXPECT_EQ(view->counters[0].id.value, "9");
  EXPECT_EQ(view->counters[0].version, 0);
  EXPECT_FALSE(view->counters[1].open);
  EXPECT_THAT(view->tickets, ElementsAre(second, std::nullopt, first));
  EXPECT_EQ(view->queues[0].length, 0);
  EXPECT_THAT(view->queues[0].first, IsEmpty());
  EXPECT_THAT(view->queues[1].first,
              ElementsAre(Waiting{first, 0}, Waiting{second, 0}));
  query.depth = 0;
  EXPECT_EQ(calls_.Look(query)->queues[1].length, 2);
  EXPECT_THAT(calls_.Look(query)->queues[1].first, IsEmpty());
}

TEST_P(TicketStoreContract, AListIsReadPageByPage) {
  auto order = OrderFor(kResidence, 0);
  order.series.size = 3;
  std::vector<Ticket> all;
  for (int i = 0; i != 3; ++i) {
    order.request = NewRequest();
    all.push_back(*calls_.Issue(order)->request.outcome.ticket);
  }
  auto const done = MoveTo(all[2], TicketState::kCompleted);
  ASSERT_THAT(calls_.Settle(SettlementOf(done, EventKind::kTicketCompleted)),
              IsOk());
  all[2] = done.after;
  order.request = NewRequest();
  // Serials 3 and 4 are skipped.
  all.push_back(*calls_.Issue(order)->request.outcome.ticket);
  EXPECT_EQ(all.back().id.value, "20261123-a-00005");
  all.push_back(calls_.IssueTicket(kTax, 1));
  all.push_back(calls_.IssueTicket(kTax, 2));

  for (int limit : {1, 2, 4, 100}) {
    std::vector<Ticket> seen;
    TicketPage page;
    page.more = true;
    while (page.more && seen.size() <= all.size()) {
      auto const next =
          calls_.List(seen.empty() ? TicketId() : seen.back().id, limit);
      ASSERT_THAT(next, IsOk());
      page = *next;
      EXPECT_LE(page.tickets.size(), static_cast<std::size_t>(limit));
      seen.insert(seen.end(), page.tickets.begin(), page.tickets.end());
    }
    EXPECT_EQ(seen, all) << "limit " << limit;
  }
  EXPECT_THAT(calls_.List({"20261123-aa-00000"}, 1)->tickets,
              ElementsAre(all[4]));
  EXPECT_THAT(calls_.List({"20261123-z-00000"}, 1)->tickets, IsEmpty());
}

TEST_P(TicketStoreContract, TheLogIsReadFromAnyPlace) {
  EXPECT_EQ(calls_.Log(0, 10)->events.at(0).kind, EventKind::kDayOpened);
  calls_.IssueTicket(kResidence, 0);
  auto const second = calls_.IssueTicket(kTax, 1);
  auto const page = calls_.Log(2, 10);
  ASSERT_THAT(page, IsOk());
  Event issued;
  issued.sequence = 3;
  issued.kind = EventKind::kTicketIssued;
  issued.day = kHall.day;
  issued.time = At(1);
  issued.ticket = second;
  EXPECT_THAT(page->events, ElementsAre(issued));
  EXPECT_EQ(page->first_sequence, 1);
  EXPECT_EQ(page->last_sequence, 3);
  EXPECT_THAT(calls_.Log(0, 2)->events, SizeIs(2));
  EXPECT_THAT(calls_.Log(99, 2)->events, IsEmpty());
}

// All in flight at once: a store may take them together.
TEST_P(TicketStoreContract,
       OrdersThatComeTogetherAreEachAnsweredForThemselves) {
  std::vector<IssueOrder> orders;
  for (int i = 0; i != 90; ++i) {
    orders.push_back(OrderFor(i % 3 == 0 ? kTax : kResidence, i / 10));
    orders.back().request = NewRequest();
    orders.back().series.size = 1000;
  }
  // Right behind, so that some are taken together: more copies of the last
  // press, and one of yesterday.
  orders.insert(orders.end(), 6, IssueOrder(orders[89]));
  orders.push_back(OrderFor(kResidence, 0));
  orders.back().request = NewRequest();
  orders.back().hall.day.yyyymmdd -= 1;

  std::vector<std::future<absl::StatusOr<Settled>>> answers;
  for (auto const& order : orders) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<Settled>>>();
    answers.push_back(promise->get_future());
    under_test_->store().Issue(order, Soon(),
                               [promise](absl::StatusOr<Settled> settled) {
                                 promise->set_value(std::move(settled));
                               });
  }
  std::map<std::string, std::vector<Ticket>> by_series;
  std::vector<std::int64_t> sequences;
  std::vector<absl::StatusOr<Settled>> settled;
  for (auto& answer : answers) settled.push_back(answer.get());
  for (int i = 0; i != 90; ++i) {
    ASSERT_THAT(settled[i], IsOk());
    EXPECT_EQ(settled[i]->request.command, orders[i].request.command);
    by_series[orders[i].series.id.value].push_back(
        *settled[i]->request.outcome.ticket);
    sequences.push_back(settled[i]->sequence);
  }
  for (int copy = 90; copy != 96; ++copy) {
    ASSERT_THAT(settled[copy], IsOk());
    EXPECT_EQ(settled[copy]->request, settled[89]->request);
  }
  EXPECT_THAT(settled[96],
              IsError(StatusCode::kFailedPrecondition, "DAY_CLOSED"));

  EXPECT_THAT(sequences, ::testing::WhenSorted(::testing::ElementsAreArray([&] {
                std::vector<std::int64_t> expected(90);
                std::iota(expected.begin(), expected.end(),
                          LastSequence() - 89);
                return expected;
              }())));
  for (auto const& [series, tickets] : by_series) {
    for (std::size_t i = 1; i != tickets.size(); ++i) {
      EXPECT_LT(tickets[i - 1].id, tickets[i].id);
      EXPECT_LT(tickets[i - 1].rank, tickets[i].rank);
    }
  }
  // What the log and the queues hold is what was answered.
  auto const log = calls_.Log(LastSequence() - 90, 90);
  ASSERT_THAT(log, IsOk());
  for (auto const& event : log->events) {
    EXPECT_EQ(event.kind, EventKind::kTicketIssued);
  }
}

TEST_P(TicketStoreContract, OrdersThatComeTogetherDoNotShareANumber) {
  std::vector<std::future<absl::StatusOr<Settled>>> answers;
  for (int i = 0; i != 40; ++i) {
    auto order = OrderFor(kResidence, 0);
    order.request = NewRequest();
    order.series.size = 12;
    auto promise = std::make_shared<std::promise<absl::StatusOr<Settled>>>();
    answers.push_back(promise->get_future());
    under_test_->store().Issue(order, Soon(),
                               [promise](absl::StatusOr<Settled> settled) {
                                 promise->set_value(std::move(settled));
                               });
  }
  std::set<std::string> numbers;
  int exhausted = 0;
  for (auto& answer : answers) {
    auto const settled = answer.get();
    if (settled.ok()) {
      EXPECT_TRUE(
          numbers.insert(settled->request.outcome.ticket->number).second);
    } else {
      EXPECT_THAT(settled,
                  IsError(StatusCode::kResourceExhausted, "SERIES_EXHAUSTED"));
      ++exhausted;
    }
  }
  EXPECT_EQ(numbers.size(), 12U);
  EXPECT_EQ(exhausted, 28);
}

TEST_P(TicketStoreContract, RivalsNeverIssueOrCallTheSameTwice) {
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  Series const series{{"a"}, "A", 1, 1000};
  auto const play = [&](TicketStore& store, std::set<std::string>& issued,
                        std::set<std::string>& called) {
    StoreCalls calls(store);
    for (int i = 0; i != kEach; ++i) {
      auto order = OrderFor(kResidence, i);
      order.series = series;
      issued.insert(calls.Issue(order)->request.outcome.ticket->id.value);
      auto const head = calls.Queue(kResidence);
      if (head.first.empty()) continue;
      auto const settled = calls.Settle(CallOf(head.first[0].ticket, {}, 3));
      if (settled.ok()) called.insert(head.first[0].ticket.id.value);
    }
  };
  std::vector<std::set<std::string>> issued(kThreads);
  std::vector<std::set<std::string>> called(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i != kThreads; ++i) {
    threads.emplace_back([&, i] {
      play(i % 2 == 0 ? under_test_->store() : under_test_->rival(), issued[i],
           called[i]);
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<std::string> all_issued;
  std::set<std::string> all_called;
  std::size_t calls = 0;
  for (int i = 0; i != kThreads; ++i) {
    all_issued.insert(issued[i].begin(), issued[i].end());
    all_called.insert(called[i].begin(), called[i].end());
    calls += called[i].size();
  }
  EXPECT_THAT(all_issued, SizeIs(kThreads * kEach));
  EXPECT_THAT(all_called, SizeIs(calls));
  auto const log = calls_.Log(0, 10000);
  EXPECT_EQ(log->events.size(), 1 + all_issued.size() + calls);
  for (std::size_t i = 0; i != log->events.size(); ++i) {
    EXPECT_EQ(log->events[i].sequence, static_cast<std::int64_t>(i) + 1);
  }
}

}  // namespace
}  // namespace madoguchi::testing
