#include "clients/counter_terminal/steps.h"
#include "clients/counter_terminal/fake_calls.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::counter_terminal {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Not;
using ::testing::SizeIs;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

class StepsTest : public ::testing::Test {
 protected:
  StepsTest() {
    calls_.ticket.set_name("offices/honcho/tickets/t1");
    calls_.ticket.set_number("101");
    calls_.ticket.set_counter("offices/honcho/counters/2");
    calls_.ticket.set_version(3);
    steps_.Open(/*take_over=*/false);
  }

  void Serve() {
    steps_.CallNext();
    steps_.Start();
  }

  /// What a look that began `after` the last step finds at the counter.
  Floor Look(seconds after, Counter counter) {
    counter.set_name("offices/honcho/counters/2");
    Floor floor;
    floor.lists.emplace();
    floor.lists->counters = {std::move(counter)};
    floor.lists->asked_at = person_.now + after;
    return floor;
  }

  FakeCalls calls_;
  FakePerson person_;
  Conversation const conversation_ = person_.Converse();
  Steps steps_{calls_, conversation_, "offices/honcho", "2", "hana"};
};

TEST_F(StepsTest, EachStepOnATicketNamesCounterSessionAndVersion) {
  Serve();
  steps_.Hold({});
  auto const request = calls_.Last<ticketing::v1::HoldTicketRequest>();
  EXPECT_EQ(request.ticket(), "offices/honcho/tickets/t1");
  EXPECT_EQ(request.counter(), "offices/honcho/counters/2");
  EXPECT_EQ(request.session(), 7);
  EXPECT_EQ(request.expected_version(), 4);
  EXPECT_THAT(request.request_id(), SizeIs(36));
}

TEST_F(StepsTest, AnUnknownOutcomeIsAskedForAgainWithTheSameId) {
  calls_.failures = {absl::UnavailableError(""),
                     absl::DeadlineExceededError("")};
  steps_.CallNext();
  ASSERT_THAT(calls_.ids, SizeIs(4));
  EXPECT_EQ(calls_.ids[1], calls_.ids[2]);
  EXPECT_EQ(calls_.ids[1], calls_.ids[3]);
  EXPECT_NE(calls_.ids[0], calls_.ids[1]);
  EXPECT_TRUE(steps_.desk().ticket);
  EXPECT_THAT(person_.said,
              Contains(English("counter.outcome_unknown")).Times(1));
}

TEST_F(StepsTest, AbsentFinishAndTransferAreOfferedToBeTakenBack) {
  steps_.CallNext();
  EXPECT_FALSE(steps_.desk().undo);
  steps_.MarkAbsent();
  ASSERT_TRUE(steps_.desk().undo);
  EXPECT_EQ(steps_.desk().undo->step, Command::kAbsent);
  EXPECT_EQ(steps_.desk().undo->number, "101");
  steps_.CallNext();
  EXPECT_FALSE(steps_.desk().undo);
  steps_.Start();
  steps_.Complete("", /*wrap_up=*/false);
  EXPECT_EQ(steps_.desk().undo->step, Command::kComplete);
  steps_.CallNext();
  steps_.Transfer(*steps_.desk().ticket, {});
  EXPECT_EQ(steps_.desk().undo->step, Command::kTransfer);
  EXPECT_FALSE(steps_.desk().ticket);
}

TEST_F(StepsTest, TheOfferToUndoRunsOut) {
  steps_.CallNext();
  steps_.MarkAbsent();
  person_.now += Desk::kUndoOffered - seconds(1);
  steps_.Notice({});
  EXPECT_TRUE(steps_.desk().undo);
  person_.now += seconds(1);
  steps_.Notice({});
  EXPECT_FALSE(steps_.desk().undo);
}

TEST_F(StepsTest, UndoBringsTheVisitorBack) {
  steps_.CallNext();
  steps_.MarkAbsent();
  EXPECT_TRUE(steps_.Undo());
  EXPECT_EQ(steps_.desk().ticket->state(), Ticket::CALLED);
  EXPECT_FALSE(steps_.desk().undo);
  EXPECT_THAT(person_.said, Contains("Ticket 101 is as it was before."));
}

TEST_F(StepsTest, UndoOfATransferOfAnotherTicketLeavesTheCounterFree) {
  auto waiting = calls_.ticket;
  waiting.set_state(Ticket::WAITING);
  steps_.Transfer(waiting, {});
  calls_.undone = Ticket::WAITING;
  EXPECT_TRUE(steps_.Undo());
  EXPECT_FALSE(steps_.desk().ticket);
}

TEST_F(StepsTest, AnUndoThatCameTooLateIsNotOfferedAgain) {
  steps_.CallNext();
  steps_.MarkAbsent();
  calls_.failures = {Refused("NOTHING_TO_UNDO")};
  EXPECT_FALSE(steps_.Undo());
  EXPECT_FALSE(steps_.desk().undo);
}

TEST_F(StepsTest, AFinishWithPaperworkKeepsTheCounterBusyUntilItEnds) {
  Serve();
  steps_.Complete("issued", /*wrap_up=*/true);
  EXPECT_TRUE(calls_.Last<ticketing::v1::CompleteTicketRequest>().wrap_up());
  EXPECT_EQ(steps_.desk().activity, Counter::WRAP_UP);
  EXPECT_TRUE(steps_.GoOn());
  EXPECT_EQ(steps_.desk().activity, Counter::READY);
}

TEST_F(StepsTest, AVisitWithFurtherServicesSaysThatItGoesOn) {
  Serve();
  calls_.completed = Ticket::WAITING;
  steps_.Complete("", /*wrap_up=*/false);
  EXPECT_THAT(person_.said, Contains("Ticket 101 waits for its next service."));
}

TEST_F(StepsTest, AVisitorOnHoldLeavesTheCounterAndComesBackToIt) {
  Serve();
  steps_.Hold({});
  EXPECT_FALSE(steps_.desk().ticket);
  EXPECT_FALSE(steps_.desk().undo);
  EXPECT_TRUE(steps_.Resume(calls_.ticket, /*wait=*/false));
  EXPECT_EQ(steps_.desk().ticket->state(), Ticket::SERVING);
}

TEST_F(StepsTest, WhoeverIsLetWaitAgainIsNotAtTheCounter) {
  EXPECT_TRUE(steps_.Resume(calls_.ticket, /*wait=*/true));
  EXPECT_FALSE(steps_.desk().ticket);
}

TEST_F(StepsTest, ACallToPickUpSaysSo) {
  calls_.pickup = true;
  steps_.Call(calls_.ticket);
  EXPECT_TRUE(steps_.desk().ticket->pickup());
  EXPECT_THAT(person_.said,
              Contains("Ticket 101 was called to pick something up."));
}

TEST_F(StepsTest, AMoveToAnotherOfficeTellsTheNewNumber) {
  calls_.arrived = "T205";
  steps_.Transfer(calls_.ticket, {});
  EXPECT_THAT(person_.said,
              Contains("Ticket 101 is number T205 at the other office. Tell "
                       "the visitor."));
}

TEST_F(StepsTest, AssistAndEditChangeTheTicketThatIsHere) {
  Serve();
  steps_.SetAssist(*steps_.desk().ticket, true);
  EXPECT_TRUE(steps_.desk().ticket->assist());
  auto const version = steps_.desk().ticket->version();
  steps_.Edit(*steps_.desk().ticket, {});
  EXPECT_EQ(steps_.desk().ticket->version(), version + 1);
  // Another ticket that is corrected does not become ours.
  auto other = calls_.ticket;
  other.set_name("offices/honcho/tickets/t2");
  calls_.ticket.set_name(other.name());
  steps_.SetAssist(other, true);
  EXPECT_EQ(steps_.desk().ticket->name(), "offices/honcho/tickets/t1");
}

TEST_F(StepsTest, DesignatingIsNoStepOfThisCounter) {
  steps_.CallNext();
  steps_.MarkAbsent();
  EXPECT_TRUE(steps_.Designate(calls_.ticket, "5"));
  auto const request = calls_.Last<ticketing::v1::DesignateTicketRequest>();
  EXPECT_EQ(request.counter(), "offices/honcho/counters/5");
  EXPECT_EQ(request.staff(), "hana");
  EXPECT_TRUE(steps_.desk().undo);
}

TEST_F(StepsTest, ALookThatBeganBeforeTheLastStepSaysNothing) {
  steps_.CallNext();
  Counter free;
  free.set_open(true);
  free.set_session(7);
  steps_.Notice(Look(seconds(-1), free));
  EXPECT_TRUE(steps_.desk().ticket);
  steps_.Notice(Look(seconds(1), free));
  EXPECT_FALSE(steps_.desk().ticket);
}

TEST_F(StepsTest, ALookFindsOutThatTheCounterWasTaken) {
  Counter taken;
  taken.set_open(true);
  taken.set_session(8);
  steps_.Notice(Look(seconds(1), taken));
  EXPECT_TRUE(steps_.desk().taken_over);
  EXPECT_THAT(person_.said, Contains(English("counter.taken_over")).Times(1));
  steps_.Notice(Look(seconds(2), taken));
  EXPECT_THAT(person_.said, Contains(English("counter.taken_over")).Times(1));
}

TEST_F(StepsTest, ARefusalThatShowsAnErrorOfOursMakesItLookAgain) {
  Serve();
  Counter free;
  free.set_name("offices/honcho/counters/2");
  free.set_open(true);
  free.set_session(7);
  calls_.counters = {free};
  calls_.failures = {Refused("TICKET_CHANGED")};
  EXPECT_FALSE(steps_.Complete("", /*wrap_up=*/false));
  EXPECT_FALSE(steps_.desk().ticket);
  EXPECT_THAT(person_.said, Contains(English("counter.looked_again")));
}

TEST_F(StepsTest, ARefusalThatChangesNothingKeepsTheTicket) {
  steps_.CallNext();
  calls_.failures = {Refused("RECALL_REQUIRED")};
  EXPECT_FALSE(steps_.MarkAbsent());
  EXPECT_EQ(steps_.desk().ticket->state(), Ticket::CALLED);
  EXPECT_THAT(person_.said, Not(Contains(English("counter.looked_again"))));
}

TEST_F(StepsTest, APressThatCallsNobodyEndsPaperworkAndSaysWhy) {
  Serve();
  steps_.Complete("", /*wrap_up=*/true);
  calls_.nobody_waits = true;
  steps_.CallNext();
  EXPECT_EQ(steps_.desk().activity, Counter::READY);
  EXPECT_EQ(person_.said.back(), "The reason.");
}

}  // namespace
}  // namespace madoguchi::counter_terminal
