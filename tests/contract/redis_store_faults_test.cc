#include "services/ticketing/adapters/redis_ticket_store.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include <algorithm>
#include <chrono>
#include <thread>

// What happens to the store when something happens to its Redis.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr char kPrefix[] = "mdg:{tsukimi}:";

class RedisStoreFaults : public ::testing::Test {
 protected:
  std::string Key(std::string const& name) { return kPrefix + name; }
  std::string RequestsKey(int days_ago = 0) {
    auto const seconds = std::stoll(server_.AskOne({"TIME"}));
    return Key("requests:" + std::to_string(seconds / 86400 - days_ago));
  }

  /// Puts a list where `key` belongs, and expects that `act` notices before it
  /// changes anything. Puts the key back.
  template <typename Act>
  void ExpectForeign(std::string const& key, Act act) {
    SCOPED_TRACE(key);
    bool const was_there = server_.AskOne({"EXISTS", key}) == "1";
    if (was_there) server_.Ask({"RENAME", key, "kept"});
    server_.Ask({"LPUSH", key, "not ours"});
    auto const before = server_.DumpAll();
    EXPECT_THAT(act(), IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
    EXPECT_EQ(server_.DumpAll(), before);
    server_.Ask({"DEL", key});
    if (was_there) server_.Ask({"RENAME", "kept", key});
  }

  absl::StatusOr<Settled> IssueUntil(IssueOrder const& order,
                                     milliseconds patience) {
    return Await<Settled>([&](auto done) {
      process_.store().Issue(order, steady_clock::now() + patience,
                             std::move(done));
    });
  }

  /// Repeats `order` until the store is there again.
  absl::StatusOr<Settled> IssueWhenBack(IssueOrder const& order) {
    auto const limit = steady_clock::now() + std::chrono::seconds(10);
    auto settled = calls_.Issue(order);
    while (absl::IsUnavailable(settled.status()) &&
           steady_clock::now() < limit) {
      std::this_thread::yield();
      settled = calls_.Issue(order);
    }
    return settled;
  }

  RedisServer server_;
  RedisProcess process_{OptionsFor(server_)};
  StoreCalls calls_{process_.store()};
};

TEST_F(RedisStoreFaults, OpeningNoticesForeignKeys) {
  auto const open = [&] { return calls_.Open(); };
  ExpectForeign(Key("main:head"), open);
  ExpectForeign(Key("main:log"), open);
  ExpectForeign(Key("main:days"), open);
  EXPECT_THAT(calls_.Open(), IsOk());
}

TEST_F(RedisStoreFaults, IssuingNoticesForeignKeys) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  auto const issue = [&] { return calls_.Issue(OrderFor(kResidence, 1)); };
  for (auto const& key :
       {Key("main:head"), Key("main:log"), Key("main:20261123:tickets"),
        Key("main:20261123:q:residence"), RequestsKey()}) {
    ExpectForeign(key, issue);
  }
  EXPECT_THAT(issue(), IsOk());
}

Counter OpenAt(Counter counter) {
  counter.open = true;
  ++counter.version;
  return counter;
}

// Calls a ticket and changes all else that a settlement can.
Settlement EverythingAt(Ticket const& ticket, Ticket const& other,
                        DueEntry const& due) {
  auto call = CallOf(ticket, {kTaxQueue}, 3);
  Counter before;
  before.id = kDesk;
  auto after = before;
  after.version = 1;
  call.counter = {before, after};
  auto moved = MoveTo(other, TicketState::kWaiting);
  moved.after.queue = {"@5"};
  call.further = {{moved, {}}};
  call.lengths = {{{"child"}}};
  call.fires = due;
  call.due.set = {{DueKind::kWrapUpEnd, "2", At(9)}};
  call.due.cleared = {"wrap-up:3"};
  call.undoable = UndoableStep{};
  NewTicket issue;
  issue.hall = kAnnexHall;
  issue.series = {{"m"}, "M", 1, 9};
  issue.ticket.service = kTax;
  issue.due = {{DueKind::kCounterQueuePatience, "", At(9)}};
  call.issue = issue;
  return call;
}

TEST_F(RedisStoreFaults, SettlingNoticesForeignKeys) {
  ASSERT_THAT(calls_.Open(), IsOk());
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  calls_.IssueTicket(kTax, 0);
  auto const other = calls_.IssueTicket(kTax, 1);
  auto const ticket = calls_.IssueTicket(kResidence, 2);
  DueEntry const due{DueKind::kWrapUpEnd, "1", At(5)};
  auto prepare = SettlementOf(MoveTo(other, TicketState::kWaiting),
                              EventKind::kTicketReturned);
  prepare.due.set = {due};
  ASSERT_THAT(calls_.Settle(prepare), IsOk());
  auto const settle = [&] {
    return calls_.Settle(EverythingAt(ticket, prepare.ticket->after, due));
  };
  for (auto const& key :
       {Key("main:head"), Key("main:log"), Key("main:due"),
        Key("main:20261123:tickets"), Key("main:20261123:counters"),
        Key("main:20261123:undo"), Key("main:20261123:q:residence"),
        Key("main:20261123:over:residence"), Key("main:20261123:q:tax"),
        Key("main:20261123:over:tax"), Key("main:20261123:q:child"),
        Key("main:20261123:q:@5"), Key("annex:head"), Key("annex:log"),
        Key("annex:due"), Key("annex:20261123:tickets"),
        Key("annex:20261123:q:tax"), RequestsKey()}) {
    ExpectForeign(key, settle);
  }
  EXPECT_THAT(settle(), IsOk());
}

TEST_F(RedisStoreFaults, TransferringNoticesAForeignQueue) {
  ASSERT_THAT(calls_.Open(), IsOk());
  auto move = MoveTo(calls_.IssueTicket(kResidence, 0), TicketState::kWaiting);
  move.after.service = kTax;
  ExpectForeign(Key("main:20261123:q:tax"), [&] {
    return calls_.Settle(SettlementOf(move, EventKind::kTicketReturned));
  });
}

TEST_F(RedisStoreFaults, SweepingNoticesForeignKeys) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  calls_.IssueTicket(kTax, 1);
  ASSERT_THAT(calls_.Open(kNextHall, 2, /*carry_over=*/true), IsOk());
  auto const view = calls_.LookSweep(kHall.day);
  ASSERT_THAT(view, IsOk());
  auto sweep = SweepOf(*view, kHall.day, kNextHall, /*carry_over=*/true);
  sweep.due.set = {{DueKind::kWrapUpEnd, "2", At(9)}};
  auto const settle = [&] { return calls_.SettleSweep(sweep); };
  for (auto const& key :
       {Key("main:head"), Key("main:log"), Key("main:due"),
        Key("main:20261123:tickets"), Key("main:20261123:counters"),
        Key("main:20261123:undo"), Key("main:20261123:carried"),
        Key("main:20261123:q:residence"), Key("main:20261123:over:residence"),
        Key("main:20261124:tickets"), Key("main:20261124:carried"),
        Key("main:20261124:q:residence"), Key("main:20261124:q:tax")}) {
    ExpectForeign(key, settle);
  }
  for (auto const& key : {Key("main:head"), Key("main:20261123:tickets"),
                          Key("main:20261123:carried")}) {
    ExpectForeign(key, [&] { return calls_.LookSweep(kHall.day).status(); });
  }
  EXPECT_THAT(settle(), IsOk());
}

TEST_F(RedisStoreFaults, ReadingNoticesForeignKeys) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  LookQuery query;
  query.hall = kHall;
  query.undo_at = kDesk;
  ExpectForeign(Key("main:20261123:undo"), [&] { return calls_.Look(query); });
  for (auto const& key : {Key("main:head"), Key("main:due")}) {
    ExpectForeign(key, [&] { return calls_.LookDue(0); });
  }
  for (auto const& key : {Key("main:head"), Key("main:20261123:tickets"),
                          Key("main:20261123:carried")}) {
    ExpectForeign(key, [&] { return calls_.List({}, 9); });
  }
  Series const series{{"a"}, "A", 101, 5};
  for (auto const& key : {Key("main:head"), Key("main:20261123:tickets")}) {
    ExpectForeign(key, [&] { return calls_.FindNumber(series, "A101"); });
  }
  ExpectForeign(Key("main:20261123:carried"),
                [&] { return calls_.FindNumber(series, "A105"); });
}

TEST_F(RedisStoreFaults, TrimmingNoticesForeignKeys) {
  ASSERT_THAT(calls_.Open(), IsOk());
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  for (auto const& key : {Key("main:log"), Key("main:days")}) {
    ExpectForeign(key, [&] { return calls_.TrimLog(1); });
  }
  EXPECT_THAT(calls_.TrimLog(1), IsOk());
  EXPECT_EQ(calls_.Log(0, 9)->first_sequence, 2);
}

TEST_F(RedisStoreFaults, IssuingWhenSomeWereCarriedOverNoticesAForeignKey) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, /*carry_over=*/true), IsOk());
  auto order = OrderFor(kResidence, 1);
  order.hall = kNextHall;
  ExpectForeign(Key("main:20261124:carried"),
                [&] { return calls_.Issue(order); });
  EXPECT_EQ(calls_.Issue(order)->request.outcome.ticket->number, "A102");
}

TEST_F(RedisStoreFaults, AStrangeSweepIsForeign) {
  ASSERT_THAT(calls_.Open(), IsOk());
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  server_.Ask({"HSET", Key("main:head"), "sweep", "yesterday"});
  EXPECT_THAT(calls_.LookDue(0),
              IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
  EXPECT_THAT(calls_.LookSweep(kHall.day),
              IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
}

TEST_F(RedisStoreFaults, OfADayThatIsSweptOnlyItsTicketsStayForAWhile) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kTax, 0);
  auto const ticket = calls_.IssueTicket(kResidence, 1);
  auto call = CallOf(ticket, {kTaxQueue}, 3);
  Counter before;
  before.id = kDesk;
  call.counter = {before, OpenAt(before)};
  call.undoable = UndoableStep{};
  ASSERT_THAT(calls_.Settle(call), IsOk());
  auto const over = Key("main:20261123:over:tax");
  EXPECT_GT(std::stoll(server_.AskOne({"TTL", over})), 0)
      << "nobody else knows that queue's name";
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, /*carry_over=*/false), IsOk());
  EXPECT_THAT(server_.Ask({"KEYS", Key("main:20261123:*")}),
              ElementsAre(Key("main:20261123:tickets")));
  auto const left =
      std::stoll(server_.AskOne({"TTL", Key("main:20261123:tickets")}));
  EXPECT_GT(left, 47 * 3600);
  EXPECT_LE(left, 48 * 3600);
  EXPECT_THAT(server_.Ask({"HKEYS", Key("main:head")}),
              UnorderedElementsAre("day", "seq", "rank"));
}

TEST_F(RedisStoreFaults, NumbersThatAreNoneAreForeign) {
  ASSERT_THAT(calls_.Open(), IsOk());
  for (auto const* const field : {"day", "seq", "rank", "n:a"}) {
    SCOPED_TRACE(field);
    auto const value = server_.AskOne({"HGET", Key("main:head"), field});
    server_.Ask({"HSET", Key("main:head"), field, "x"});
    auto const before = server_.DumpAll();
    EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 0)),
                IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
    EXPECT_EQ(server_.DumpAll(), before);
    if (value == "(nil)") {
      server_.Ask({"HDEL", Key("main:head"), field});
    } else {
      server_.Ask({"HSET", Key("main:head"), field, value});
    }
  }
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 0)), IsOk());
}

TEST_F(RedisStoreFaults, ABrokenRecordIsForeign) {
  ASSERT_THAT(calls_.Open(), IsOk());
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  server_.Ask({"HSET", Key("main:20261123:tickets"), ticket.id.value, "W|x"});
  LookQuery query;
  query.hall = kHall;
  query.queues = {kResidenceQueue};
  EXPECT_THAT(calls_.Look(query),
              IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
  server_.Ask({"HDEL", Key("main:20261123:tickets"), ticket.id.value});
  EXPECT_THAT(calls_.Look(query),
              IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
}

TEST_F(RedisStoreFaults, RequestsOfYesterdayAreRemembered) {
  ASSERT_THAT(calls_.Open(), IsOk());
  auto const order = OrderFor(kResidence, 0);
  auto const first = calls_.Issue(order);
  ASSERT_THAT(first, IsOk());
  server_.Ask({"RENAME", RequestsKey(), RequestsKey(1)});
  EXPECT_EQ(calls_.Issue(order)->request, first->request);
  EXPECT_EQ(calls_.Queue(kResidence).length, 1);
}

TEST_F(RedisStoreFaults, RequestsExpireTogetherAfterTwoDays) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  auto const left = std::stoll(server_.AskOne({"TTL", RequestsKey()}));
  EXPECT_GE(left, 48 * 3600);
  EXPECT_LE(left, 72 * 3600);
  server_.Ask({"EXPIRE", RequestsKey(), "1000"});
  calls_.IssueTicket(kResidence, 1);
  EXPECT_LE(std::stoll(server_.AskOne({"TTL", RequestsKey()})), 1000);
}

TEST_F(RedisStoreFaults, FieldsOfALaterReleaseDoNotStandInTheWay) {
  ASSERT_THAT(calls_.Open(), IsOk());
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto const key = Key("main:20261123:tickets");
  auto const record = server_.AskOne({"HGET", key, ticket.id.value});
  auto const missing = 30 - std::count(record.begin(), record.end(), '|');
  server_.Ask({"HSET", key, ticket.id.value,
               record + std::string(static_cast<std::size_t>(missing), '|') +
                   "|later"});
  EXPECT_EQ(calls_.Queue(kResidence).first.at(0).ticket, ticket);
  EXPECT_THAT(calls_.Settle(CallOf(ticket, {}, 3)), IsOk());
}

TEST_F(RedisStoreFaults, ALogOfAnotherOfficeAheadOfItsHeadChangesNothing) {
  ASSERT_THAT(calls_.Open(), IsOk());
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  server_.Ask({"XADD", Key("annex:log"), "9-0", "e", "1|O|20261123|0||"});
  auto move = SettlementOf(MoveTo(ticket, TicketState::kMoved),
                           EventKind::kTicketMoved);
  NewTicket issue;
  issue.hall = kAnnexHall;
  issue.series = {{"m"}, "M", 1, 9};
  issue.ticket.service = kTax;
  move.issue = issue;
  auto const before = server_.DumpAll();
  EXPECT_THAT(calls_.Settle(move),
              IsError(StatusCode::kInternal, "STORE_ERROR"));
  EXPECT_EQ(server_.DumpAll(), before);
}

// A day opened without waiting for the sweep may give a number that is carried
// over into it all the same.
TEST_F(RedisStoreFaults, TwoThatHaveOneNumberAreBothCarriedOver) {
  Hall const third{kOffice, {20261125}};
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  auto order = OrderFor(kResidence, 1);
  order.hall = kNextHall;
  ASSERT_THAT(calls_.Issue(order), IsOk());
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, /*carry_over=*/true), IsOk());
  ASSERT_THAT(calls_.Open(third), IsOk());
  ASSERT_THAT(calls_.Sweep(kNextHall.day, third, /*carry_over=*/true), IsOk());
  auto const page = calls_.List({}, 9, third);
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->tickets.size(), 2U);
  EXPECT_EQ(page->tickets[0].number, page->tickets[1].number);
  EXPECT_EQ(calls_.Queue(kResidenceQueue, 9, third).length, 2);
}

// More than a call of Lua takes as arguments.
TEST_F(RedisStoreFaults, HundredsAreSweptAtOnce) {
  constexpr int kTickets = 520;
  ASSERT_THAT(calls_.Open(), IsOk());
  for (int i = 0; i != kTickets; ++i) {
    auto order = OrderFor(kResidence, i);
    order.series.size = 1000;
    ASSERT_THAT(calls_.Issue(order), IsOk());
  }
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, /*carry_over=*/true, kTickets),
              IsOk());
  EXPECT_EQ(calls_.Queue(kResidenceQueue, 1, kNextHall).length, kTickets);
}

// Somebody restored a head older than its log.
TEST_F(RedisStoreFaults, ALogAheadOfItsHeadChangesNothing) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Ask({"XADD", Key("main:log"), "9-0", "e", "1|O|20261123|0||"});
  auto const before = server_.DumpAll();
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 0)),
              IsError(StatusCode::kInternal, "STORE_ERROR"));
  EXPECT_EQ(server_.DumpAll(), before);
}

TEST_F(RedisStoreFaults, WithFullMemoryTheHallGoesOn) {
  ASSERT_THAT(calls_.Open(), IsOk());
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto const waiting = calls_.IssueTicket(kResidence, 1);
  server_.Ask({"CONFIG", "SET", "maxmemory", "1000"});
  auto const order = OrderFor(kResidence, 2);
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kResourceExhausted, "STORE_FULL"));
  EXPECT_EQ(calls_.Queue(kResidence).length, 2);
  EXPECT_THAT(calls_.Settle(CallOf(ticket, {}, 3)), IsOk());
  auto move = SettlementOf(MoveTo(waiting, TicketState::kMoved),
                           EventKind::kTicketMoved);
  move.issue.emplace();
  move.issue->hall = kHall;
  move.issue->series = {{"m"}, "M", 1, 9};
  move.issue->ticket.service = kTax;
  auto const before = server_.DumpAll();
  EXPECT_THAT(calls_.Settle(move),
              IsError(StatusCode::kResourceExhausted, "STORE_FULL"));
  EXPECT_THAT(calls_.Open(kNextHall),
              IsError(StatusCode::kResourceExhausted, "STORE_FULL"));
  EXPECT_EQ(server_.DumpAll(), before);
  server_.Ask({"CONFIG", "SET", "maxmemory", "0"});
  EXPECT_THAT(calls_.Issue(order), IsOk());
  EXPECT_THAT(calls_.Settle(move), IsOk());
}

TEST_F(RedisStoreFaults, WithFullMemoryADayIsSweptAndTheLogTrimmed) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  server_.Ask({"CONFIG", "SET", "maxmemory", "1000"});
  EXPECT_THAT(calls_.Sweep(kHall.day, kNextHall, /*carry_over=*/true), IsOk());
  EXPECT_THAT(calls_.TrimLog(1), IsOk());
  EXPECT_EQ(calls_.Log(0, 9)->first_sequence, 3);
}

TEST_F(RedisStoreFaults, AReplicaIsReadOnly) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Ask({"REPLICAOF", "127.0.0.1", "1"});
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 1)),
              IsError(StatusCode::kUnavailable, "STORE_READ_ONLY"));
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
  server_.Ask({"REPLICAOF", "NO", "ONE"});
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 1)), IsOk());
}

TEST_F(RedisStoreFaults, AKilledRedisIsUnavailableUntilItIsBack) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Kill();
  auto const order = OrderFor(kResidence, 1);
  auto const asked = steady_clock::now();
  EXPECT_THAT(calls_.Issue(order),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_LT(steady_clock::now() - asked, std::chrono::seconds(2));
  server_.Start();
  // It kept nothing: not the library, not the day.
  auto const settled = IssueWhenBack(order);
  EXPECT_THAT(settled,
              IsError(StatusCode::kFailedPrecondition, "DAY_NOT_OPEN"));
}

TEST_F(RedisStoreFaults, PendingCallsLearnThatTheLinkIsLost) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Pause();
  auto promise = std::make_shared<std::promise<absl::Status>>();
  process_.store().Issue(
      OrderFor(kResidence, 1), Soon(),
      [promise](auto result) { promise->set_value(result.status()); });
  // Runs behind the call's own post, so the call is sent or about to be.
  process_.loop().RunAndWait([] {});
  server_.Kill();
  EXPECT_THAT(promise->get_future().get(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

TEST_F(RedisStoreFaults, AStoppedClientOwesNobodyAnAnswer) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Pause();
  absl::Status answer;
  process_.store().Issue(OrderFor(kResidence, 1), Soon(),
                         [&](auto result) { answer = result.status(); });
  process_.client().Stop();
  EXPECT_THAT(answer, IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 2)),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  server_.Resume();
}

// The loop learns of the end only by writing: a signal then, if not held off.
TEST_F(RedisStoreFaults, WritingToADeadRedisIsOnlyAnError) {
  ASSERT_THAT(calls_.Open(), IsOk());
  std::promise<void> gate;
  process_.loop().Post([&] { gate.get_future().wait(); });
  process_.loop().Post([&] { server_.Kill(); });
  auto promise = std::make_shared<std::promise<absl::Status>>();
  process_.store().Issue(
      OrderFor(kResidence, 1), Soon(),
      [promise](auto result) { promise->set_value(result.status()); });
  gate.set_value();
  EXPECT_THAT(promise->get_future().get(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

TEST_F(RedisStoreFaults, AStalledRedisCostsNoMoreThanTheDeadline) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Pause();
  auto const order = OrderFor(kResidence, 1);
  auto const asked = steady_clock::now();
  EXPECT_THAT(IssueUntil(order, milliseconds(100)),
              IsError(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  auto const waited = steady_clock::now() - asked;
  EXPECT_GE(waited, milliseconds(100));
  EXPECT_LT(waited, milliseconds(1000));
  server_.Resume();
  // The late answer went nowhere, but the ticket is there: once.
  auto const again = calls_.Issue(order);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->sequence, 0);
  EXPECT_EQ(calls_.Queue(kResidence).length, 1);
}

TEST_F(RedisStoreFaults, WithoutTimeNothingIsSent) {
  ASSERT_THAT(calls_.Open(), IsOk());
  EXPECT_THAT(IssueUntil(OrderFor(kResidence, 1), milliseconds(-1)),
              IsError(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  EXPECT_EQ(calls_.Queue(kResidence).length, 0);
}

TEST_F(RedisStoreFaults, FlushedFunctionsAreLoadedAgain) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Ask({"FUNCTION", "FLUSH"});
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 1)), IsOk());
  server_.Ask({"FUNCTION", "FLUSH"});
  EXPECT_EQ(calls_.Queue(kResidence).length, 1);
}

TEST_F(RedisStoreFaults, ALibraryThatCannotBeLoadedIsExplained) {
  ASSERT_THAT(calls_.Open(), IsOk());
  server_.Ask({"FUNCTION", "FLUSH"});
  server_.Ask({"CONFIG", "SET", "maxmemory", "1000"});
  EXPECT_THAT(calls_.Issue(OrderFor(kResidence, 1)),
              IsError(StatusCode::kResourceExhausted, "STORE_FULL"));
}

TEST_F(RedisStoreFaults, ManyProcessesLoadTheLibraryAtOnce) {
  server_.Ask({"FUNCTION", "FLUSH"});
  std::vector<std::thread> threads;
  for (int i = 0; i != 8; ++i) {
    threads.emplace_back([&] {
      RedisProcess other(OptionsFor(server_));
      EXPECT_THAT(StoreCalls(other.store()).Open(), IsOk());
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(calls_.Log(0, 10)->last_sequence, 1);
}

TEST(RedisStoreStart, CallsWaitForTheFirstConnection) {
  RedisServer server;
  server.Pause();
  RedisProcess process(OptionsFor(server));
  auto promise = std::make_shared<std::promise<absl::Status>>();
  process.store().OpenDay(kHall, false, At(0), Soon(), [promise](auto result) {
    promise->set_value(result.status());
  });
  server.Resume();
  EXPECT_THAT(promise->get_future().get(), IsOk());
}

TEST(RedisStoreStart, NobodyThereIsToldAtOnce) {
  redis::ClientOptions tcp;
  tcp.port = 1;
  redis::ClientOptions unix_socket;
  unix_socket.unix_socket = "/nowhere/redis.sock";
  for (auto const& options : {tcp, unix_socket}) {
    RedisProcess process(options);
    auto const asked = steady_clock::now();
    EXPECT_THAT(StoreCalls(process.store()).Open(),
                IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
    EXPECT_LT(steady_clock::now() - asked, std::chrono::seconds(2));
  }
}

TEST(RedisStoreStart, AnOldRedisIsNamed) {
  RedisServer server({"--rename-command", "FCALL", "NEWER"});
  RedisProcess process(OptionsFor(server));
  EXPECT_THAT(StoreCalls(process.store()).Open(),
              IsError(StatusCode::kUnavailable, "STORE_TOO_OLD"));
}

}  // namespace
}  // namespace madoguchi::testing
