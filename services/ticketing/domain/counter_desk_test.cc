#include "services/ticketing/domain/counter_desk.h"
#include "tests/support/desks.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using madoguchi::testing::Refused;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;

class CounterDeskTest : public ::testing::Test {
 protected:
  // Opens `counter` and calls somebody new to it.
  Ticket CalledTo(std::string const& counter) {
    auto const issued = desks_.Issue();
    EXPECT_THAT(issued, IsOk());
    auto const called = desks_.CallNext(counter);
    EXPECT_THAT(called, IsOk());
    return called.ok() && called->ticket ? *called->ticket : Ticket();
  }
  std::int64_t Opened(std::string const& counter) {
    auto const opened = desks_.Open(counter);
    EXPECT_THAT(opened, IsOk());
    return opened.ok() ? opened->session : 0;
  }
  TicketPage List(TicketId const& after, int limit) {
    Answer<TicketPage> page;
    desks_.counters.List(kHall, after, limit, desks_.Deadline(), page.Catch());
    EXPECT_THAT(page.Get(), IsOk());
    return page.Get().ok() ? *page.Get() : TicketPage();
  }

  Desks desks_;
};

TEST_F(CounterDeskTest, AVisitFromTheCallToItsEnd) {
  auto const session = Opened("1");
  auto const issued = *desks_.Issue("reset");
  desks_.clock.Advance(minutes(7));
  auto const answer = desks_.CallNext("1", session);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->reason, CallReason::kOnlyServiceWaiting);
  auto const called = *answer->ticket;
  EXPECT_EQ(called.id, issued.id);
  EXPECT_EQ(called.state, TicketState::kCalled);
  EXPECT_EQ(called.counter, CounterId{"1"});

  desks_.clock.Advance(seconds(30));
  auto const recalled = desks_.Recall(desks_.At("1", called.id));
  ASSERT_THAT(recalled, IsOkAnd(Field(&Ticket::recalls, 1)));
  desks_.clock.Advance(seconds(10));
  auto const serving = desks_.StartServing(desks_.At("1", called.id));
  ASSERT_THAT(serving, IsOkAnd(Field(&Ticket::state, TicketState::kServing)));
  desks_.clock.Advance(minutes(15));
  auto const completed = desks_.Complete(desks_.At("1", called.id));
  ASSERT_THAT(completed, IsOk());
  EXPECT_EQ(completed->state, TicketState::kCompleted);
  EXPECT_EQ(completed->outcome, "done");
  EXPECT_EQ(completed->version, 5);
  ASSERT_THAT(desks_.Close("1", session), IsOk());

  std::vector<EventKind> kinds;
  std::int64_t sequence = 0;
  for (auto const& event : desks_.Log()) {
    kinds.push_back(event.kind);
    EXPECT_EQ(event.sequence, ++sequence);
    EXPECT_EQ(event.day, kToday);
    bool const by_clerk = event.kind != EventKind::kDayOpened &&
                          event.kind != EventKind::kTicketIssued;
    EXPECT_EQ(event.staff, StaffId{by_clerk ? "sato" : ""});
    EXPECT_EQ(event.counter.has_value(), by_clerk);
  }
  EXPECT_THAT(
      kinds,
      ElementsAre(EventKind::kDayOpened, EventKind::kCounterOpened,
                  EventKind::kTicketIssued, EventKind::kTicketCalled,
                  EventKind::kTicketRecalled, EventKind::kServingStarted,
                  EventKind::kTicketCompleted, EventKind::kCounterClosed));
  EXPECT_EQ(desks_.Log()[3].reason, "ONLY_SERVICE_WAITING");
  EXPECT_EQ(desks_.Log()[6].ticket, *completed);
}

TEST_F(CounterDeskTest, AnAbsentVisitorComesBackAndIsNext) {
  Opened("1");
  ASSERT_THAT(desks_.Issue(), IsOk());
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const absent = desks_.CallAndMiss("1");
  EXPECT_EQ(absent.number, "A101");
  EXPECT_EQ(absent.state, TicketState::kAbsent);
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const back = desks_.Return(desks_.At("1", absent.id));
  ASSERT_THAT(back, IsOkAnd(Field(&Ticket::state, TicketState::kWaiting)));
  EXPECT_EQ(back->rank, absent.rank);
  EXPECT_EQ(desks_.CallNext("1")->ticket->number, "A101");
}

TEST_F(CounterDeskTest, AnyOpenCounterMayLetAVisitorReturn) {
  Opened("1");
  Opened("2");
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const absent = desks_.CallAndMiss("1");
  CalledTo("1");
  EXPECT_THAT(desks_.Return(desks_.At("3", absent.id)),
              Refused("COUNTER_CLOSED"));
  EXPECT_THAT(desks_.Return(desks_.At("2", absent.id)), IsOk());
  // Also one that is busy with somebody else, who stays there.
  auto const other = desks_.CallAndMiss("2");
  EXPECT_EQ(other.id, absent.id);
  EXPECT_THAT(desks_.Return(desks_.At("1", absent.id)), IsOk());
  EXPECT_THAT(desks_.CallNext("1"), Refused("COUNTER_BUSY"));
}

TEST_F(CounterDeskTest, AReturnAfterKIsBehindThoseWhoWaitNow) {
  desks_.Policy().reentry = Reentry::kAfter;
  desks_.Policy().reentry_after = 2;
  desks_.city.offices.front().counters[1] = MakeCounter("2", {"reset"});
  Opened("2");
  ASSERT_THAT(desks_.Issue("reset"), IsOk());
  auto const absent = desks_.CallAndMiss("2");
  for (int i = 0; i != 4; ++i) {
    // Other services do not count.
    desks_.clock.Advance(minutes(1));
    ASSERT_THAT(desks_.Issue("renew"), IsOk());
    desks_.clock.Advance(minutes(1));
    ASSERT_THAT(desks_.Issue("reset"), IsOk());
  }
  ASSERT_THAT(desks_.Return(desks_.At("2", absent.id)), IsOk());
  std::vector<std::string> order;
  for (int i = 0; i != 5; ++i) order.push_back(desks_.CallAndMiss("2").number);
  EXPECT_THAT(order, ElementsAre("B302", "B303", "B301", "B304", "B305"));
}

TEST_F(CounterDeskTest, AReturnAtTheEndIsBehindAllWhoWait) {
  desks_.Policy().reentry = Reentry::kLast;
  Opened("2");
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const absent = desks_.CallAndMiss("2");
  ASSERT_THAT(desks_.Issue(), IsOk());
  desks_.clock.Advance(minutes(1));
  ASSERT_THAT(desks_.Return(desks_.At("2", absent.id)), IsOk());
  desks_.clock.Advance(minutes(1));
  ASSERT_THAT(desks_.Issue(), IsOk());
  std::vector<std::string> order;
  for (int i = 0; i != 3; ++i) order.push_back(desks_.CallAndMiss("2").number);
  EXPECT_THAT(order, ElementsAre("A102", "A101", "A103"));
}

// Opening, taking over, closing.

TEST_F(CounterDeskTest, AnOpenCounterIsTakenOverOnlyOnPurpose) {
  auto const first = Opened("1");
  EXPECT_THAT(desks_.Open("1", "ito"), Refused("COUNTER_ALREADY_OPEN"));
  auto const called = CalledTo("1");
  auto const taken = desks_.TakeOver("1", "ito");
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(taken->session, first + 1);
  EXPECT_EQ(taken->ticket, called);
  EXPECT_EQ(desks_.Log().back().reason, "TAKEN_OVER");
  EXPECT_EQ(desks_.Log().back().staff, StaffId{"ito"});
}

TEST_F(CounterDeskTest, WhoeverTookOverGoesOnAndTheOtherIsTold) {
  auto const first = Opened("1");
  auto const called = CalledTo("1");
  auto const second = desks_.TakeOver("1", "ito")->session;
  auto old = desks_.At("1", called.id);
  old.at.session = first;
  EXPECT_THAT(desks_.StartServing(old), Refused("COUNTER_TAKEN_OVER"));
  EXPECT_THAT(desks_.CallNext("1", first), Refused("COUNTER_TAKEN_OVER"));
  EXPECT_THAT(desks_.Close("1", first), Refused("COUNTER_TAKEN_OVER"));
  auto current = desks_.At("1", called.id);
  current.at.session = second;
  EXPECT_THAT(desks_.StartServing(current), IsOk());
  EXPECT_EQ(desks_.Log().back().staff, StaffId{"ito"});
}

TEST_F(CounterDeskTest, AFreeCounterIsTakenOverWithoutATicket) {
  Opened("1");
  EXPECT_EQ(desks_.TakeOver("1", "ito")->ticket, std::nullopt);
  // To take over a closed one is to open it.
  EXPECT_THAT(desks_.TakeOver("2", "ito"), IsOk());
  EXPECT_EQ(desks_.Log().back().reason, "");
}

TEST_F(CounterDeskTest, ARepeatedTakeOverIsToldWhatTheCounterHoldsNow) {
  Opened("1");
  auto const called = CalledTo("1");
  auto const taken = desks_.TakeOver("1", "ito");
  auto const id = desks_.last_id;
  auto const serving = desks_.StartServing(desks_.At("1", called.id));
  auto const again = desks_.OpenAgain("1", "ito", /*take_over=*/true, id);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->session, taken->session);
  EXPECT_EQ(again->ticket, *serving);
  // Once another has taken over, the first has no ticket to go on with.
  ASSERT_THAT(desks_.TakeOver("1", "kato"), IsOk());
  auto const late = desks_.OpenAgain("1", "ito", /*take_over=*/true, id);
  ASSERT_THAT(late, IsOk());
  EXPECT_EQ(late->session, taken->session);
  EXPECT_EQ(late->ticket, std::nullopt);
}

TEST_F(CounterDeskTest, ABusyCounterDoesNotClose) {
  Opened("1");
  auto const called = CalledTo("1");
  EXPECT_THAT(desks_.Close("1"), Refused("COUNTER_BUSY"));
  ASSERT_THAT(desks_.StartServing(desks_.At("1", called.id)), IsOk());
  EXPECT_THAT(desks_.Close("1"), Refused("COUNTER_BUSY"));
  ASSERT_THAT(desks_.Complete(desks_.At("1", called.id)), IsOk());
  EXPECT_THAT(desks_.Close("1"), IsOk());
  EXPECT_THAT(desks_.Close("1"), Refused("COUNTER_CLOSED"));
  EXPECT_THAT(desks_.CallNext("1"), Refused("COUNTER_CLOSED"));
}

TEST_F(CounterDeskTest, CountersAreClosedOnTheNextDay) {
  auto const session = Opened("1");
  desks_.clock.Advance(hours(24));
  EXPECT_THAT(desks_.CallNext("1", session), Refused("COUNTER_CLOSED"));
  EXPECT_GT(Opened("1"), session);
  EXPECT_THAT(desks_.CallNext("1", session), Refused("COUNTER_TAKEN_OVER"));
}

// The opening was settled; that a new day begins before it is answered must
// not make it an error that no program knows.
TEST_F(CounterDeskTest, AnOpeningAnsweredOnTheNextDayHoldsNothing) {
  desks_.clock.Set(kTenOClock + hours(18) - milliseconds(1));
  Opened("2");
  desks_.store.BeforeNextSettle([&] { desks_.clock.Advance(milliseconds(1)); });
  auto const opened = desks_.Open("1");
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->session, 202611230001);
  EXPECT_EQ(opened->ticket, std::nullopt);
}

// What is refused, by name.

// A command on a ticket by a counter.
using Command =
    std::function<absl::StatusOr<Ticket>(Desks&, TicketCommand const&)>;

std::vector<std::pair<std::string, Command>> Commands() {
  return {
      {"recall", [](Desks& d, auto const& c) { return d.Recall(c); }},
      {"start", [](Desks& d, auto const& c) { return d.StartServing(c); }},
      {"complete", [](Desks& d, auto const& c) { return d.Complete(c); }},
      {"absent", [](Desks& d, auto const& c) { return d.MarkAbsent(c); }},
      {"return", [](Desks& d, auto const& c) { return d.Return(c); }},
  };
}

// Makes a ticket for which `command` is right but for what is said then.
Ticket Prepare(Desks& desks, std::string const& command,
               std::string const& counter) {
  EXPECT_THAT(desks.Issue(), IsOk());
  if (command == "return") return desks.CallAndMiss(counter);
  auto const called = *desks.CallNext(counter)->ticket;
  desks.clock.Advance(minutes(1));
  if (command == "complete") {
    return *desks.StartServing(desks.At(counter, called.id));
  }
  if (command == "absent") {
    return *desks.Recall(desks.At(counter, called.id));
  }
  return called;
}

TEST_F(CounterDeskTest, TicketCommandsAreRefusedByName) {
  Opened("1");
  Opened("2");
  for (auto const& [name, command] : Commands()) {
    SCOPED_TRACE(name);
    auto const run = [this, &command = command](TicketCommand const& press) {
      return command(desks_, press);
    };
    auto const ticket = Prepare(desks_, name, "1");
    auto const events = desks_.Log().size();
    auto press = desks_.At("1", ticket.id);

    press.at.office = {"nowhere"};
    EXPECT_THAT(run(press), IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
    press = desks_.At("9", ticket.id);
    EXPECT_THAT(run(press),
                IsError(StatusCode::kNotFound, "COUNTER_NOT_FOUND"));
    press = desks_.At("1", MakeTicketId(kToday, {"a"}, 999));
    EXPECT_THAT(run(press), IsError(StatusCode::kNotFound, "TICKET_NOT_FOUND"));
    press = desks_.At("1", ticket.id);
    press.request_id = "press";
    EXPECT_THAT(run(press),
                IsError(StatusCode::kInvalidArgument, "REQUEST_ID_INVALID"));
    press = desks_.At("1", ticket.id);
    press.expected_version = ticket.version - 1;
    EXPECT_THAT(run(press), IsError(StatusCode::kAborted, "TICKET_CHANGED"));
    press.expected_version = ticket.version + 1;
    EXPECT_THAT(run(press), IsError(StatusCode::kAborted, "TICKET_CHANGED"));
    press = desks_.At("1", ticket.id);
    press.at.session = 1;
    EXPECT_THAT(run(press), Refused("COUNTER_TAKEN_OVER"));
    EXPECT_THAT(run(desks_.At("3", ticket.id)), Refused("COUNTER_CLOSED"));
    if (name != "return") {
      EXPECT_THAT(run(desks_.At("2", ticket.id)),
                  Refused("TICKET_AT_OTHER_COUNTER"));
    }
    EXPECT_EQ(desks_.Log().size(), events);
    EXPECT_THAT(desks_.Get(ticket.id), IsOkAnd(Eq(ticket)));

    press = desks_.At("1", ticket.id);
    press.expected_version = ticket.version;
    EXPECT_THAT(run(press), IsOk());
    // Free for the next command.
    auto const held = *desks_.Get(ticket.id);
    if (held.state == TicketState::kCalled) {
      ASSERT_THAT(desks_.StartServing(desks_.At("1", ticket.id)), IsOk());
    }
    if ((*desks_.Get(ticket.id)).state == TicketState::kServing) {
      ASSERT_THAT(desks_.Complete(desks_.At("1", ticket.id)), IsOk());
    }
  }
}

TEST_F(CounterDeskTest, StepsOutOfOrderAreRefusedByName) {
  Opened("1");
  auto const at = [&](Ticket const& ticket) {
    return desks_.At("1", ticket.id);
  };
  auto const waiting = *desks_.Issue();
  EXPECT_THAT(desks_.Recall(at(waiting)), Refused("TICKET_NOT_CALLED"));
  EXPECT_THAT(desks_.StartServing(at(waiting)), Refused("TICKET_NOT_CALLED"));
  EXPECT_THAT(desks_.MarkAbsent(at(waiting)), Refused("TICKET_NOT_CALLED"));
  EXPECT_THAT(desks_.Complete(at(waiting)), Refused("TICKET_NOT_SERVING"));
  EXPECT_THAT(desks_.Return(at(waiting)), Refused("TICKET_NOT_ABSENT"));

  auto const called = *desks_.CallNext("1")->ticket;
  EXPECT_THAT(desks_.Complete(at(called)), Refused("TICKET_NOT_SERVING"));
  EXPECT_THAT(desks_.Return(at(called)), Refused("TICKET_NOT_ABSENT"));
  EXPECT_THAT(desks_.MarkAbsent(at(called)), Refused("RECALL_REQUIRED"));
  EXPECT_THAT(desks_.Recall(at(called)), Refused("RECALL_TOO_SOON"));
  for (int i = 0; i != 2; ++i) {
    desks_.clock.Advance(seconds(30));
    EXPECT_THAT(desks_.Recall(at(called)), IsOk());
  }
  desks_.clock.Advance(seconds(30));
  EXPECT_THAT(desks_.Recall(at(called)), Refused("RECALL_LIMIT_REACHED"));

  ASSERT_THAT(desks_.StartServing(at(called)), IsOk());
  EXPECT_THAT(desks_.StartServing(at(called)), Refused("TICKET_NOT_CALLED"));
  EXPECT_THAT(desks_.MarkAbsent(at(called)), Refused("TICKET_NOT_CALLED"));
  EXPECT_THAT(desks_.CallNext("1"), Refused("COUNTER_BUSY"));
}

TEST_F(CounterDeskTest, CodesOfStaffAndOutcomeHaveAForm) {
  for (std::string const bad : {"", "Sato", "佐藤", "a b", "a|b",
                                "abcdefghijklmnopqrstuvwxyz0123456"}) {
    EXPECT_THAT(desks_.Open("1", bad),
                IsError(StatusCode::kInvalidArgument, "STAFF_INVALID"))
        << bad;
  }
  ASSERT_THAT(desks_.Open("1", "abcdefghijklmnopqrstuvwxyz_-0189"), IsOk());
  auto const called = CalledTo("1");
  ASSERT_THAT(desks_.StartServing(desks_.At("1", called.id)), IsOk());
  for (std::string const bad : {"Done", "a b", "終了"}) {
    EXPECT_THAT(desks_.Complete(desks_.At("1", called.id), bad),
                IsError(StatusCode::kInvalidArgument, "OUTCOME_INVALID"))
        << bad;
  }
  EXPECT_THAT(desks_.Complete(desks_.At("1", called.id), "papers_missing"),
              IsOkAnd(Field(&Ticket::outcome, "papers_missing")));
}

TEST_F(CounterDeskTest, WhatDoesNotExistIsRefusedByName) {
  auto const deadline = desks_.Deadline();
  Answer<OpenedCounter> no_office;
  desks_.counters.Open({{"nowhere"}, {"1"}, 0}, {"sato"}, false, Uuid(1),
                       deadline, no_office.Catch());
  EXPECT_THAT(no_office.Get(),
              IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  auto const no_counter = IsError(StatusCode::kNotFound, "COUNTER_NOT_FOUND");
  EXPECT_THAT(desks_.Open("9"), no_counter);
  EXPECT_THAT(desks_.Close("9"), no_counter);
  EXPECT_THAT(desks_.CallNext("9"), no_counter);
  auto const no_id =
      IsError(StatusCode::kInvalidArgument, "REQUEST_ID_INVALID");
  EXPECT_THAT(desks_.OpenAgain("1", "sato", /*take_over=*/false, ""), no_id);
  EXPECT_THAT(desks_.CloseAgain("1", 0, ""), no_id);
  EXPECT_THAT(desks_.CallNextAgain("1", 0, ""), no_id);
  EXPECT_THAT(desks_.Log(), IsEmpty());
}

// Lists.

TEST_F(CounterDeskTest, ListsPageByPageInOrderOfNumber) {
  EXPECT_THAT(List({}, 10).tickets, IsEmpty());
  std::vector<std::string> expected;
  for (int i = 0; i != 5; ++i) {
    expected.push_back(desks_.Issue("renew")->id.value);
  }
  for (int i = 0; i != 3; ++i) {
    expected.push_back(desks_.Issue("reset")->id.value);
  }
  ASSERT_THAT(desks_.Cancel({expected[1]}), IsOk());
  for (int const size : {1, 2, 3, 7, 8, 9}) {
    std::vector<std::string> listed;
    TicketPage page;
    page.more = true;
    while (page.more) {
      page = List(page.tickets.empty() ? TicketId() : page.tickets.back().id,
                  size);
      ASSERT_LE(page.tickets.size(), static_cast<std::size_t>(size));
      for (auto const& each : page.tickets) listed.push_back(each.id.value);
      ASSERT_LE(listed.size(), expected.size());
    }
    EXPECT_EQ(listed, expected) << size;
  }
  EXPECT_EQ(List({}, 10).tickets[1].state, TicketState::kCancelled);
  Answer<TicketPage> elsewhere;
  desks_.counters.List({"nowhere"}, {}, 10, desks_.Deadline(),
                       elsewhere.Catch());
  EXPECT_THAT(elsewhere.Get(),
              IsError(StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
}

}  // namespace
}  // namespace madoguchi::ticketing
