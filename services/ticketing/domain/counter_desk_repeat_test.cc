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
using std::chrono::milliseconds;
using std::chrono::minutes;
using ::testing::Eq;
using ::testing::Field;

class CounterDeskRepeatTest : public ::testing::Test {
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

  Desks desks_;
};

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

// Repeats.

TEST_F(CounterDeskRepeatTest, EveryCommandRepeatedIsAnsweredTheSame) {
  auto const session = Opened("1");
  auto const open_id = desks_.last_id;
  std::vector<std::pair<std::function<absl::StatusOr<Ticket>()>, Ticket>>
      repeats;
  auto const run = [&](Command const& command, TicketCommand const& press) {
    auto const repeat = [this, command, press] {
      return command(desks_, press);
    };
    auto const first = repeat();
    ASSERT_THAT(first, IsOk());
    repeats.emplace_back(repeat, *first);
  };
  auto const commands = Commands();
  auto const called = CalledTo("1");
  auto const call_id = desks_.last_id;
  desks_.clock.Advance(minutes(1));
  run(commands[0].second, desks_.At("1", called.id));
  run(commands[3].second, desks_.At("1", called.id));
  run(commands[4].second, desks_.At("1", called.id));
  ASSERT_THAT(desks_.CallNext("1"), IsOk());
  run(commands[1].second, desks_.At("1", called.id));
  run(commands[2].second, desks_.At("1", called.id));
  ASSERT_THAT(desks_.Close("1"), IsOk());
  auto const close_id = desks_.last_id;

  // The ticket has moved on, the counter closed and taken over: no matter.
  ASSERT_THAT(desks_.Open("1", "ito"), IsOk());
  auto const events = desks_.Log().size();
  for (auto const& [repeat, first] : repeats) {
    EXPECT_THAT(repeat(), IsOkAnd(Eq(first)));
  }
  EXPECT_EQ(desks_.CallNextAgain("1", 0, call_id)->ticket, called);
  EXPECT_EQ(
      desks_.OpenAgain("1", "sato", /*take_over=*/false, open_id)->session,
      session);
  EXPECT_THAT(desks_.CloseAgain("1", 0, close_id), IsOk());
  EXPECT_EQ(desks_.Log().size(), events);
}

TEST_F(CounterDeskRepeatTest, ARepeatAfterALostReplyCallsNobodyElse) {
  Opened("1");
  ASSERT_THAT(desks_.Issue(), IsOk());
  ASSERT_THAT(desks_.Issue(), IsOk());
  desks_.store.LoseNextReply();
  EXPECT_THAT(desks_.CallNext("1"),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  auto const repeat = desks_.CallNextAgain("1", 0, desks_.last_id);
  ASSERT_THAT(repeat, IsOk());
  EXPECT_EQ(repeat->ticket->number, "A101");
  EXPECT_EQ(repeat->reason, CallReason::kOnlyServiceWaiting);
}

TEST_F(CounterDeskRepeatTest, ARefusalIsNotRemembered) {
  EXPECT_THAT(desks_.CallNext("1"), Refused("COUNTER_CLOSED"));
  auto const id = desks_.last_id;
  Opened("1");
  ASSERT_THAT(desks_.Issue(), IsOk());
  EXPECT_EQ(desks_.CallNextAgain("1", 0, id)->ticket->number, "A101");
}

TEST_F(CounterDeskRepeatTest, AnIdIsForOneCommandWithOneSetOfArguments) {
  auto const session = Opened("1");
  auto const open_id = desks_.last_id;
  auto const reused =
      IsError(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED");
  EXPECT_THAT(desks_.OpenAgain("1", "ito", false, open_id), reused);
  EXPECT_THAT(desks_.OpenAgain("1", "sato", true, open_id), reused);
  EXPECT_THAT(desks_.OpenAgain("2", "sato", false, open_id), reused);
  EXPECT_THAT(desks_.CloseAgain("1", 0, open_id), reused);
  EXPECT_THAT(desks_.CallNextAgain("1", 0, open_id), reused);

  auto const called = CalledTo("1");
  auto const call_id = desks_.last_id;
  EXPECT_THAT(desks_.CallNextAgain("1", session, call_id), reused);
  EXPECT_THAT(desks_.CallNextAgain("2", 0, call_id), reused);

  desks_.clock.Advance(minutes(1));
  auto const press = desks_.At("1", called.id);
  ASSERT_THAT(desks_.StartServing(press), IsOk());
  EXPECT_THAT(desks_.Complete(press), reused);
  for (auto change : std::vector<std::function<void(TicketCommand&)>>{
           [](auto& c) { c.at.counter = {"2"}; },
           [&](auto& c) { c.at.session = session; },
           [](auto& c) { c.ticket = WaitingTicket(1).id; },
           [](auto& c) { c.expected_version = 3; }}) {
    auto other = press;
    change(other);
    EXPECT_THAT(desks_.StartServing(other), reused);
  }
  auto const end = desks_.At("1", called.id);
  ASSERT_THAT(desks_.Complete(end, ""), IsOk());
  EXPECT_THAT(desks_.Complete(end, "done"), IsOk());
  EXPECT_THAT(desks_.Complete(end, "left"), reused);
}

// Rivals.

TEST_F(CounterDeskRepeatTest, ASessionReplacedMeanwhileChangesNothing) {
  Opened("1");
  auto const called = CalledTo("1");
  auto press = desks_.At("1", called.id);
  press.at.session = 202611230001;
  desks_.store.BeforeNextSettle(
      [&] { ASSERT_THAT(desks_.TakeOver("1", "ito"), IsOk()); });
  Answer<Ticket> serving;
  desks_.counters.StartServing(press, desks_.Deadline(), serving.Catch());
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(serving.Get(), Refused("COUNTER_TAKEN_OVER"));
  EXPECT_THAT(desks_.Get(called.id), IsOkAnd(Eq(called)));
}

TEST_F(CounterDeskRepeatTest, OfTwoWhoTakeOverTheLaterSessionHoldsTheCounter) {
  Opened("1");
  absl::StatusOr<OpenedCounter> rival;
  desks_.store.BeforeNextSettle([&] { rival = desks_.TakeOver("1", "ito"); });
  Answer<OpenedCounter> taken;
  desks_.counters.Open({kHall, {"1"}, 0}, {"kato"}, /*take_over=*/true,
                       desks_.NewPress(), desks_.Deadline(), taken.Catch());
  desks_.scheduler.Advance(milliseconds(5));
  ASSERT_THAT(rival, IsOk());
  ASSERT_THAT(taken.Get(), IsOk());
  EXPECT_EQ(taken.Get()->session, rival->session + 1);
}

// The ticket is completed between the look at the counter and the look at it.
TEST_F(CounterDeskRepeatTest, ATicketThatLeftMeanwhileIsNotHeld) {
  Opened("1");
  auto const called = CalledTo("1");
  ASSERT_THAT(desks_.StartServing(desks_.At("1", called.id)), IsOk());
  desks_.store.BeforeNextSettle([&] {
    desks_.store.AfterNextLook([&] {
      ASSERT_THAT(desks_.Complete(desks_.At("1", called.id)), IsOk());
    });
  });
  auto const taken = desks_.TakeOver("1", "ito");
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(taken->ticket, std::nullopt);
}

TEST_F(CounterDeskRepeatTest, TwoCopiesOfACommandInFlightAreOne) {
  Opened("1");
  auto const called = CalledTo("1");
  auto const press = desks_.At("1", called.id);
  absl::StatusOr<Ticket> first;
  desks_.store.BeforeNextSettle([&] { first = desks_.StartServing(press); });
  auto const second = desks_.StartServing(press);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(second, IsOkAnd(Eq(*first)));
  EXPECT_EQ(second->version, called.version + 1);
}

}  // namespace
}  // namespace madoguchi::ticketing
