#include "services/ticketing/domain/office_state.h"
#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/office_state_fold.h"
#include "services/ticketing/domain/settlement.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;

// Folds a day that is lived by the steps of life.h.
class OfficeStateFoldTest : public ::testing::Test {
 protected:
  OfficeStateFoldTest() {
    office_.call_policy.absent_expires = minutes(30);
    EXPECT_THAT(OpenDay(kToday), IsEmpty());
  }

  std::vector<std::string> OpenDay(BusinessDay day) {
    day_ = day;
    counters_.clear();
    return Apply(EventKind::kDayOpened, {}, {});
  }

  // The next event; `ticket` is what becomes of the one with its id.
  std::vector<std::string> Apply(EventKind kind, std::optional<Ticket> ticket,
                                 std::optional<Counter> counter,
                                 std::string const& reason = {}) {
    Event event;
    event.sequence = ++sequence_;
    event.kind = kind;
    event.day = day_;
    event.time = kTenOClock;
    event.reason = reason;
    if (ticket) {
      auto& known = tickets_[ticket->id];
      event.waited_in = WaitsIn(known);
      known = *ticket;
    }
    if (counter) {
      counters_[counter->id] = *counter;
      event.at = counter->id;
    }
    event.ticket = std::move(ticket);
    event.counter = std::move(counter);
    last_ = event;
    return fold_.Apply(event);
  }

  Ticket Issue(int serial, std::string const& service = "renew",
               int minute = 0) {
    auto const ticket = WaitingTicket(serial, service, minute);
    // A first state has waited nowhere.
    tickets_.erase(ticket.id);
    tickets_[ticket.id].state = TicketState::kCompleted;
    EXPECT_THAT(Apply(EventKind::kTicketIssued, ticket, {}), IsEmpty());
    return ticket;
  }

  Counter At(std::string const& counter) {
    auto& at = counters_[{counter}];
    if (at.version != 0) return at;
    at.id = {counter};
    auto const opened =
        *life::OpenCounter(at, day_, {"sato"}, /*take_over=*/true);
    EXPECT_THAT(Apply(EventKind::kCounterOpened, {}, opened), IsEmpty());
    return opened;
  }

  std::vector<std::string> CallTo(
      std::string const& counter, Ticket const& ticket,
      CallReason reason = CallReason::kOnlyServiceWaiting) {
    auto const at = At(counter);
    return Apply(EventKind::kTicketCalled,
                 *life::CallOutOfTurn(ticket, {counter}, kTenOClock),
                 *life::Occupy(at, ticket.id), std::string(CodeOf(reason)));
  }

  OfficeState const& state() const { return fold_.state(); }

  Office office_ = MakeCity().offices.front();
  OfficeStateFold fold_{office_};
  BusinessDay day_ = kToday;
  std::int64_t sequence_ = 0;
  std::map<TicketId, Ticket> tickets_;
  std::map<CounterId, Counter> counters_;
  Event last_;
};

TEST_F(OfficeStateFoldTest, KeepsTheLastStateOfTicketsAndCounters) {
  auto const ticket = Issue(0);
  EXPECT_THAT(CallTo("2", ticket), IsEmpty());
  EXPECT_EQ(state().sequence, 4);
  EXPECT_EQ(state().day, kToday);
  EXPECT_EQ(state().tickets.at(ticket.id), *last_.ticket);
  EXPECT_EQ(state().counters.at({"2"}), *last_.counter);
  EXPECT_THAT(state().waiting, IsEmpty());
}

TEST_F(OfficeStateFoldTest, AQueueIsInTheOrderOfRanks) {
  auto const later = Issue(0, "renew", 5);
  auto const first = Issue(1, "renew", 1);
  EXPECT_THAT(state().waiting.at({"renew"}),
              ElementsAre(CallOrderOf(first), CallOrderOf(later)));
  EXPECT_THAT(state().next_serials, ElementsAre(Pair(SeriesId{"a"}, 2)));
}

TEST_F(OfficeStateFoldTest, ACallByTurnOvertakesWhoRanksBeforeIt) {
  Issue(0, "renew", 1);
  auto const pickup = Issue(0, "pickup", 2);
  Issue(0, "reset", 3);
  EXPECT_THAT(CallTo("1", pickup, CallReason::kLongestShareOfTarget),
              IsEmpty());
  EXPECT_THAT(state().over,
              ElementsAre(Pair(QueueId{"renew"},
                               ElementsAre(Pair(pickup.id, pickup.rank)))));
}

TEST_F(OfficeStateFoldTest, WhoIsCalledForgetsWhoWentBefore) {
  auto const renew = Issue(0, "renew", 1);
  auto const pickup = Issue(0, "pickup", 2);
  CallTo("1", pickup, CallReason::kLongestShareOfTarget);
  EXPECT_THAT(state().over.at({"renew"}).size(), 1);
  // Ranks behind, so this one was not overtaken by the pick-up.
  CallTo("2", renew);
  EXPECT_THAT(state().over.at({"renew"}).size(), 1);
  auto const behind = Issue(1, "renew", 3);
  CallTo("3", behind);
  EXPECT_THAT(state().over, IsEmpty());
}

TEST_F(OfficeStateFoldTest, ACallByNumberOvertakesNobody) {
  Issue(0, "renew", 1);
  auto const pickup = Issue(0, "pickup", 2);
  EXPECT_THAT(CallTo("1", pickup, CallReason::kByNumber), IsEmpty());
  EXPECT_THAT(state().over, IsEmpty());
}

TEST_F(OfficeStateFoldTest, WhatIsDueFollowsFromTheTicket) {
  auto const ticket = Issue(0);
  CallTo("2", ticket);
  auto absent = tickets_[ticket.id];
  absent.state = TicketState::kAbsent;
  absent.ended = kTenOClock;
  ++absent.version;
  Apply(EventKind::kTicketMarkedAbsent, absent, life::Release(At("2")));
  EXPECT_THAT(state().due, ElementsAre(Pair("absence:" + ticket.id.value,
                                            kTenOClock + minutes(30))));
  Apply(EventKind::kTicketReturned,
        *life::Return(absent, {"renew"}, absent.rank, kTenOClock), {});
  EXPECT_THAT(state().due, IsEmpty());
}

TEST_F(OfficeStateFoldTest, WhatADayLeavesIsSetAsideUntilItIsSettled) {
  auto const expires = Issue(0);
  auto const carried = Issue(1);
  auto const ended = Issue(2);
  Apply(EventKind::kTicketCancelled, *life::Cancel(ended, kTenOClock), {});
  EXPECT_THAT(OpenDay({20261124}), IsEmpty());
  EXPECT_THAT(state().tickets, IsEmpty());
  EXPECT_THAT(state().waiting, IsEmpty());
  EXPECT_EQ(state().leftovers.size(), 2U);

  EXPECT_THAT(Apply(EventKind::kTicketExpired,
                    life::EndDay(expires, kToday, DayEnd::kExpire, {"renew"},
                                 kTenOClock),
                    {}),
              IsEmpty());
  EXPECT_THAT(Apply(EventKind::kTicketCarriedOver,
                    life::EndDay(carried, kToday, DayEnd::kCarryOver, {"renew"},
                                 kTenOClock),
                    {}),
              IsEmpty());
  EXPECT_THAT(state().leftovers, IsEmpty());
  EXPECT_THAT(state().tickets, ElementsAre(Pair(carried.id, *last_.ticket)));
  EXPECT_THAT(state().waiting.at({"renew"}), ElementsAre(CallOrderOf(carried)));
  EXPECT_THAT(state().next_serials, IsEmpty());
}

TEST_F(OfficeStateFoldTest, ACounterMustBeOpenedAnewEachDay) {
  At("1");
  OpenDay({20261124});
  EXPECT_THAT(state().counters, IsEmpty());
}

TEST_F(OfficeStateFoldTest, AnEventThatCameBeforeIsNotFoldedInAgain) {
  Issue(0);
  auto const before = state();
  EXPECT_THAT(fold_.Apply(last_), ElementsAre(StartsWith("SEQUENCE_GAP: ")));
  EXPECT_THAT(Differences(before, state()), IsEmpty());
}

TEST_F(OfficeStateFoldTest, AGapIsTold) {
  ++sequence_;
  EXPECT_THAT(Apply(EventKind::kTicketIssued, WaitingTicket(0), {}),
              ElementsAre("SEQUENCE_GAP: event 1: event 3 came instead of 2"));
}

TEST_F(OfficeStateFoldTest, TheImpossibleIsToldByName) {
  auto const ticket = Issue(0);
  auto again = ticket;
  EXPECT_THAT(Apply(EventKind::kTicketIssued, again, {}),
              ElementsAre(StartsWith("TICKET_KNOWN: ")));
  again.version = 7;
  EXPECT_THAT(Apply(EventKind::kTicketEdited, again, {}),
              ElementsAre(StartsWith("VERSION_NOT_NEXT: ")));
  tickets_[ticket.id].queue = {"reset"};
  ++again.version;
  EXPECT_THAT(Apply(EventKind::kTicketEdited, again, {}),
              ElementsAre(StartsWith("QUEUE_OTHER: ")));
  EXPECT_THAT(Apply(EventKind::kTicketEdited, WaitingTicket(9), {}),
              ElementsAre(StartsWith("TICKET_UNKNOWN: ")));
  EXPECT_THAT(Apply(EventKind::kTicketEdited, {}, {}),
              ElementsAre(StartsWith("TICKET_MISSING: ")));
  day_ = {20261125};
  EXPECT_THAT(
      Apply(EventKind::kTicketCancelled, *life::Cancel(again, kTenOClock), {}),
      ElementsAre(StartsWith("DAY_OTHER: ")));
}

TEST_F(OfficeStateFoldTest, WhoIsCalledByTurnMustBeTheFirst) {
  Issue(0);
  auto const second = Issue(1, "renew", 1);
  EXPECT_THAT(CallTo("2", second), ElementsAre(StartsWith("NOT_HEAD: ")));
}

TEST_F(OfficeStateFoldTest, ATicketIsAtOneCounter) {
  auto const ticket = Issue(0);
  CallTo("2", ticket);
  auto const other = *life::Occupy(At("3"), ticket.id);
  EXPECT_THAT(Apply(EventKind::kCounterOpened, {}, other),
              ElementsAre(StartsWith("TICKET_AT_TWO_COUNTERS: ")));
}

TEST_F(OfficeStateFoldTest, ADayCannotOpenBeforeTheOneBeforeIsSwept) {
  Issue(0);
  EXPECT_THAT(OpenDay({20261124}), IsEmpty());
  EXPECT_THAT(OpenDay({20261125}), ElementsAre(StartsWith("DAY_NOT_SWEPT: ")));
  EXPECT_THAT(OpenDay({20261124}), ElementsAre(StartsWith("DAY_NOT_LATER: ")));
}

TEST(TrimmedLogTest, WhatTheDayBeforeLeftIsToldByItsSweep) {
  auto const office = MakeCity().offices.front();
  OfficeStateFold fold(office);
  Event event;
  event.kind = EventKind::kDayOpened;
  event.sequence = 500;
  event.day = {20261124};
  EXPECT_THAT(fold.Apply(event), IsEmpty());
  auto const ticket = WaitingTicket(4);
  event.kind = EventKind::kTicketExpired;
  event.sequence = 501;
  event.waited_in = {"renew"};
  event.ticket = life::EndDay(ticket, kToday, DayEnd::kExpire, {}, kTenOClock);
  EXPECT_THAT(fold.Apply(event), IsEmpty());
  event.kind = EventKind::kTicketCarriedOver;
  event.sequence = 502;
  event.ticket =
      life::EndDay(ticket, kToday, DayEnd::kCarryOver, {"renew"}, kTenOClock);
  EXPECT_THAT(fold.Apply(event), IsEmpty());
  EXPECT_EQ(fold.state().tickets.size(), 1U);
}

TEST(DifferencesTest, AreToldFieldByField) {
  auto const ticket = WaitingTicket(7);
  OfficeState expected;
  expected.day = kToday;
  expected.tickets[ticket.id] = ticket;
  expected.waiting[{"renew"}] = {CallOrderOf(ticket)};
  expected.due["hold:x"] = kTenOClock;
  auto actual = expected;
  EXPECT_THAT(Differences(expected, actual), IsEmpty());

  actual.sequence = 3;
  actual.tickets[ticket.id].state = TicketState::kCalled;
  actual.tickets[ticket.id].counter = {"2"};
  actual.tickets[ticket.id].note = "secret";
  actual.counters[{"2"}].id = {"2"};
  actual.waiting.clear();
  actual.due["hold:x"] += minutes(1);
  EXPECT_THAT(
      Differences(expected, actual),
      ElementsAre("sequence is 3, expected 0",
                  "ticket 20261123-a-00007: state is called, expected waiting",
                  "ticket 20261123-a-00007: counter is `2`, expected empty",
                  "ticket 20261123-a-00007: note differs",
                  "counter 2: is not expected", "queue renew: is missing",
                  "due hold:x: time is 1795395660000, expected "
                  "1795395600000"));
}

// A field that Differences forgets would hide what is lost.
TEST(DifferencesTest, NoFieldOfARecordIsForgotten) {
  auto const a = WaitingTicket(7);
  std::vector<void (*)(Ticket&)> const changes = {
      [](Ticket& t) { t.number = "x"; },
      [](Ticket& t) { t.service = {"x"}; },
      [](Ticket& t) { t.state = TicketState::kMoved; },
      [](Ticket& t) { ++t.version; },
      [](Ticket& t) { t.arrival += minutes(1); },
      [](Ticket& t) { ++t.rank.ms; },
      [](Ticket& t) { t.language = "x"; },
      [](Ticket& t) { t.counter = {"x"}; },
      [](Ticket& t) { ++t.recalls; },
      [](Ticket& t) { t.called = kTenOClock; },
      [](Ticket& t) { t.serving_started = kTenOClock; },
      [](Ticket& t) { t.ended = kTenOClock; },
      [](Ticket& t) { t.outcome = "x"; },
      [](Ticket& t) { t.queue = {"x"}; },
      [](Ticket& t) { t.queued = kTenOClock; },
      [](Ticket& t) { t.hold = Hold{}; },
      [](Ticket& t) { t.head_start += minutes(1); },
      [](Ticket& t) { t.note = "x"; },
      [](Ticket& t) { t.next_services = {{"x"}}; },
      [](Ticket& t) { t.served += minutes(1); },
      [](Ticket& t) { t.pickup = true; },
      [](Ticket& t) { t.time_uncertain = true; },
      [](Ticket& t) { t.unqueued = true; },
      [](Ticket& t) { t.carried_over_from = kToday; },
      [](Ticket& t) { t.moved_from = Origin{}; },
  };
  for (auto const change : changes) {
    OfficeState expected;
    expected.tickets[a.id] = a;
    auto actual = expected;
    change(actual.tickets[a.id]);
    EXPECT_EQ(Differences(expected, actual).size(), 1U);
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
