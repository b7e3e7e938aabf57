#include "clients/counter_terminal/clerk.h"
#include "clients/counter_terminal/fake_calls.h"
#include "clients/counter_terminal/fake_case_calls.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

class ClerkTest : public ::testing::Test {
 protected:
  ClerkTest() {
    calls_.ticket.set_name("offices/honcho/tickets/t1");
    calls_.ticket.set_number("101");
    calls_.ticket.set_counter("offices/honcho/counters/2");
    clerk_.Open();
    calls_.sent.clear();
  }

  void Press(std::string const& typed) { clerk_.Do(*ReadPress(typed)); }

  void Serve() {
    Press("n");
    Press("s");
    calls_.sent.clear();
  }

  /// A ticket that is away in `state`.
  Ticket Away(std::string const& number, Ticket::State state) {
    auto ticket = calls_.ticket;
    ticket.set_name("offices/honcho/tickets/" + number);
    ticket.set_number(number);
    ticket.set_state(state);
    return ticket;
  }

  FakeCalls calls_;
  FakePerson person_;
  Floor floor_;
  FakeCaseCalls case_calls_;
  Clerk clerk_{
      calls_,
      case_calls_,
      {"offices/honcho", "2", "hana", absl::UTCTimeZone(), {"done", "issued"}},
      person_.Converse(),
      [this] { return floor_; }};
};

TEST_F(ClerkTest, AVisitFromOpeningToClosing) {
  for (auto const* const key : {"n", "r", "s", "c issued"}) Press(key);
  EXPECT_FALSE(clerk_.Do({Command::kQuit, ""}));
  EXPECT_THAT(calls_.sent,
              ElementsAre("CallNextTicket", "RecallTicket", "StartServing",
                          "CompleteTicket", "CloseCounter"));
  EXPECT_EQ(calls_.Last<ticketing::v1::CompleteTicketRequest>().outcome(),
            "issued");
  EXPECT_FALSE(clerk_.desk().open);
  EXPECT_THAT(person_.said, Contains("Ticket 101 was called."));
}

TEST_F(ClerkTest, WhatMakesNoSenseIsNotSent) {
  for (auto const* const key : {"r", "s", "c", "a", "h", "u", "w", "x"}) {
    Press(key);
  }
  EXPECT_THAT(calls_.sent, IsEmpty());
  Press("n");
  for (auto const* const key : {"n", "c", "q", "p", "v"}) Press(key);
  EXPECT_THAT(calls_.sent, ElementsAre("CallNextTicket"));
}

TEST_F(ClerkTest, CallingWhileServingAsksToStayOrToFinishAndCall) {
  Serve();
  person_.agrees = false;
  Press("n");
  EXPECT_THAT(calls_.sent, IsEmpty());
  EXPECT_EQ(clerk_.desk().ticket->state(), Ticket::SERVING);
  person_.agrees = true;
  Press(" ");
  EXPECT_THAT(calls_.sent, ElementsAre("CompleteTicket", "CallNextTicket"));
  EXPECT_THAT(person_.confirmed, SizeIs(2));
}

TEST_F(ClerkTest, AFinishThatIsRefusedCallsNobody) {
  Serve();
  calls_.failures = {Refused("OUTCOME_INVALID")};
  Press("n");
  EXPECT_THAT(calls_.sent, ElementsAre("CompleteTicket"));
}

// What came through a pipe before went on meaning the same.
TEST_F(ClerkTest, APipeIsNotAskedAndStaysWithItsVisitor) {
  person_.absent = true;
  Serve();
  Press("n");
  EXPECT_THAT(calls_.sent, IsEmpty());
  EXPECT_EQ(person_.said.back(), English("counter.finish_serving"));
  Press("c");
  Press("n");
  Press("a");
  EXPECT_FALSE(clerk_.Do({Command::kQuit, ""}));
}

TEST_F(ClerkTest, AbsentIsAskedOnce) {
  Press("n");
  person_.agrees = false;
  Press("a");
  EXPECT_THAT(calls_.sent, Not(Contains("MarkAbsent")));
  person_.agrees = true;
  Press("a");
  EXPECT_THAT(calls_.sent, Contains("MarkAbsent"));
  Press("u");
  EXPECT_EQ(clerk_.desk().ticket->state(), Ticket::CALLED);
}

TEST_F(ClerkTest, AMoveToAnotherOfficeIsAskedOnceAndOtherTransfersAreNot) {
  Serve();
  person_.agrees = false;
  Press("t office tobu consult");
  EXPECT_THAT(calls_.sent, IsEmpty());
  Press("t service consult");
  EXPECT_THAT(calls_.sent, ElementsAre("TransferTicket"));
  EXPECT_THAT(person_.confirmed, SizeIs(1));
}

TEST_F(ClerkTest, TheLastCounterThatCanCallIsWarnedBeforeItPauses) {
  person_.agrees = false;
  Press("p lunch");
  EXPECT_THAT(person_.confirmed, IsEmpty());
  Press("p");
  calls_.sent.clear();
  floor_.lists.emplace();
  floor_.lists->counters.resize(2);
  floor_.lists->counters[0].set_name("offices/honcho/counters/2");
  floor_.lists->counters[0].set_open(true);
  Press("p lunch");
  EXPECT_THAT(calls_.sent, IsEmpty());
  EXPECT_THAT(person_.confirmed,
              ElementsAre(English("counter.ask_pause_last")));
  person_.agrees = true;
  Press("p lunch");
  EXPECT_EQ(calls_.Last<ticketing::v1::PauseCounterRequest>().reason(),
            "lunch");
  EXPECT_EQ(clerk_.desk().activity, Counter::PAUSED);
  Press("n");
  EXPECT_EQ(person_.said.back(), English("counter.paused_now"));
  Press("p");
  EXPECT_THAT(calls_.sent, ElementsAre("PauseCounter", "ResumeCounter"));
}

TEST_F(ClerkTest, APauseWithoutAReasonIsNone) {
  Press("p");
  EXPECT_THAT(calls_.sent, IsEmpty());
}

TEST_F(ClerkTest, PaperworkIsBegunAndEndedWithOneKey) {
  Serve();
  Press("w");
  EXPECT_EQ(clerk_.desk().activity, Counter::WRAP_UP);
  Press("w");
  EXPECT_EQ(clerk_.desk().activity, Counter::READY);
  EXPECT_THAT(calls_.sent, ElementsAre("CompleteTicket", "ResumeCounter"));
}

TEST_F(ClerkTest, ADigitFinishesWithItsOutcome) {
  Serve();
  Press("9");
  EXPECT_THAT(calls_.sent, IsEmpty());
  Press("2");
  EXPECT_EQ(calls_.Last<ticketing::v1::CompleteTicketRequest>().outcome(),
            "issued");
}

TEST_F(ClerkTest, AnOutcomeIsAskedForWhenTheClerkWantsToNameOne) {
  Serve();
  person_.answers = {"no_documents"};
  Press("C");
  EXPECT_EQ(calls_.Last<ticketing::v1::CompleteTicketRequest>().outcome(),
            "no_documents");
}

TEST_F(ClerkTest, AVisitorWithoutANumberIsServed) {
  Press("v consult en");
  auto const request = calls_.Last<ticketing::v1::ServeVisitorRequest>();
  EXPECT_EQ(request.service(), "consult");
  EXPECT_EQ(request.language(), "en");
  EXPECT_EQ(clerk_.desk().ticket->state(), Ticket::SERVING);
}

TEST_F(ClerkTest, ANumberIsFoundAndCalled) {
  calls_.ticket.set_state(Ticket::WAITING);
  Press("/ 101 call");
  EXPECT_EQ(calls_.Last<ticketing::v1::FindTicketRequest>().number(), "101");
  EXPECT_THAT(calls_.sent, ElementsAre("CallTicket"));
  EXPECT_EQ(clerk_.desk().ticket->state(), Ticket::CALLED);
  EXPECT_THAT(person_.printed, SizeIs(1));
}

TEST_F(ClerkTest, ANumberThatHasEndedIsOnlyShown) {
  calls_.ticket.set_state(Ticket::COMPLETED);
  Press("/ 101");
  EXPECT_THAT(calls_.sent, IsEmpty());
  EXPECT_EQ(person_.said.back(), English("counter.nothing_possible"));
}

TEST_F(ClerkTest, WhoeverIsOnHoldIsListedAndServedAgain) {
  Press("k");
  EXPECT_EQ(person_.said.back(), English("counter.nobody_parked"));
  calls_.listed = {Away("101", Ticket::ON_HOLD), Away("102", Ticket::ABSENT),
                   Away("103", Ticket::ON_HOLD)};
  person_.answers = {"103", "1"};
  Press("k");
  EXPECT_THAT(person_.printed, Not(IsEmpty()));
  EXPECT_THAT(calls_.sent, ElementsAre("ResumeTicket"));
  EXPECT_EQ(calls_.Last<ticketing::v1::ResumeTicketRequest>().ticket(),
            "offices/honcho/tickets/103");
}

TEST_F(ClerkTest, WhoeverIsOnHoldCanBeCalledToPickUpOrLetWait) {
  calls_.listed = {Away("101", Ticket::ON_HOLD)};
  Press("k 101 call");
  Press("s");
  Press("c");
  Press("k 101 wait");
  EXPECT_TRUE(calls_.Last<ticketing::v1::ResumeTicketRequest>().wait());
  Press("k 999");
  EXPECT_EQ(person_.said.back(), English("counter.no_such_parked"));
}

TEST_F(ClerkTest, AMissedNumberIsLetBackOrCalled) {
  calls_.listed = {Away("101", Ticket::ABSENT)};
  Press("m 101 back");
  Press("m 101 call");
  EXPECT_THAT(calls_.sent, ElementsAre("ReturnTicket", "CallTicket"));
}

TEST_F(ClerkTest, AssistIsToggledAtTheCounterOrByNumber) {
  Serve();
  Press("g");
  EXPECT_TRUE(clerk_.desk().ticket->assist());
  Press("g");
  EXPECT_FALSE(clerk_.desk().ticket->assist());
  Press("c");
  Press("g 105");
  EXPECT_EQ(calls_.Last<ticketing::v1::FindTicketRequest>().number(), "105");
}

TEST_F(ClerkTest, ATicketIsCorrected) {
  Serve();
  Press("e language ja-easy");
  EXPECT_EQ(calls_.Last<ticketing::v1::EditTicketRequest>().language(),
            "ja-easy");
  Press("e language fr");
  EXPECT_THAT(calls_.sent, ElementsAre("EditTicket"));
}

TEST_F(ClerkTest, ASupervisorDesignatesANumberForACounter) {
  calls_.ticket.set_state(Ticket::WAITING);
  Press("d 101 5");
  EXPECT_EQ(calls_.Last<ticketing::v1::DesignateTicketRequest>().counter(),
            "offices/honcho/counters/5");
}

TEST_F(ClerkTest, AnAbsentVisitorIsLetBackByNumber) {
  Press("b");
  EXPECT_THAT(person_.said, Contains(English("counter.nobody_absent")));
  calls_.listed = {Away("101", Ticket::ABSENT), Away("102", Ticket::ABSENT)};
  person_.answers = {" 102"};
  Press("b");
  EXPECT_THAT(person_.printed, SizeIs(2));
  EXPECT_EQ(calls_.Last<ticketing::v1::ReturnTicketRequest>().ticket(),
            "offices/honcho/tickets/102");
  Press("b 101");
  Press("b 999");
  EXPECT_THAT(calls_.sent, ElementsAre("ReturnTicket", "ReturnTicket"));
  EXPECT_EQ(person_.said.back(), English("counter.no_such_absent"));
}

TEST_F(ClerkTest, ATakenCounterIsNoLongerActedOn) {
  Press("n");
  calls_.failures = {Refused("COUNTER_TAKEN_OVER")};
  Press("s");
  EXPECT_TRUE(clerk_.desk().taken_over);
  calls_.sent.clear();
  for (auto const* const key : {"n", "t", "g", "p"}) Press(key);
  EXPECT_THAT(calls_.sent, IsEmpty());
  Press("x");
  EXPECT_TRUE(clerk_.desk().open);
  EXPECT_FALSE(clerk_.desk().taken_over);
}

TEST_F(ClerkTest, AClosedDoorDoesNotKeepTheClerkIn) {
  person_.agrees = false;
  EXPECT_TRUE(clerk_.Do({Command::kQuit, ""}));
  person_.agrees = true;
  calls_.failures = {Refused("COUNTER_TAKEN_OVER")};
  EXPECT_FALSE(clerk_.Do({Command::kQuit, ""}));
}

TEST_F(ClerkTest, HelpNamesEveryKeyThatMakesSense) {
  Press("?");
  EXPECT_THAT(person_.printed, Contains(HasSubstr("n=次の方 Next")));
  EXPECT_THAT(person_.printed, Contains(HasSubstr("2=issued")));
  EXPECT_THAT(person_.printed, Not(Contains(HasSubstr("s=応対開始 Start"))));
}

TEST(ClerkOpeningTest, ACounterInUseIsTakenOverOnlyIfTheClerkAgrees) {
  FakeCalls calls;
  FakeCaseCalls case_calls;
  FakePerson person;
  calls.ticket.set_number("101");
  calls.ticket.set_state(Ticket::SERVING);
  calls.held_at_opening = true;
  Clerk clerk(calls, case_calls,
              {"offices/honcho", "2", "hana", absl::UTCTimeZone(), {}},
              person.Converse(), [] { return Floor(); });
  calls.failures = {Refused("COUNTER_ALREADY_OPEN")};
  person.answers = {"n"};
  clerk.Open();
  EXPECT_FALSE(clerk.desk().open);

  calls.failures = {Refused("COUNTER_ALREADY_OPEN")};
  person.answers = {"y"};
  clerk.Open();
  EXPECT_TRUE(clerk.desk().open);
  EXPECT_TRUE(calls.Last<ticketing::v1::OpenCounterRequest>().take_over());
  EXPECT_EQ(clerk.desk().ticket->number(), "101");
}

}  // namespace
}  // namespace madoguchi::counter_terminal
