#include "clients/counter_terminal/clerk.h"
#include "clients/counter_terminal/fake_calls.h"
#include "clients/counter_terminal/fake_case_calls.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::counter_terminal {
namespace {

using renewal::v1::Answers;
using renewal::v1::RecordStepRequest;
using renewal::v1::Renewal;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

/// A clerk who serves a renewal.
class CaseClerkTest : public ::testing::Test {
 protected:
  CaseClerkTest() {
    calls_.ticket.set_name("offices/honcho/tickets/t1");
    calls_.ticket.set_number("101");
    calls_.ticket.set_service("renew_self");
    calls_.ticket.set_counter("offices/honcho/counters/2");
    cases_.on_complete = cases_.on_hold = [this] { ShowCounter(false); };
    cases_.on_resume = [this] { ShowCounter(true); };
    clerk_.Open();
    Press("n");
    Press("s");
    ShowCounter(true);
  }

  void Press(std::string const& typed) { clerk_.Do(*ReadPress(typed)); }

  /// What ticketing says of the counter: whether the ticket is there.
  void ShowCounter(bool has_ticket) {
    Counter counter;
    counter.set_name("offices/honcho/counters/2");
    counter.set_open(true);
    counter.set_session(7);
    if (has_ticket) *counter.mutable_ticket() = calls_.ticket;
    calls_.counters = {counter};
  }

  FakeCalls calls_;
  FakeCaseCalls cases_;
  FakePerson person_;
  Floor floor_;
  Clerk clerk_{calls_,
               cases_,
               {"offices/honcho", "2", "hana", absl::UTCTimeZone(), {"done"}},
               person_.Converse(),
               [this] { return floor_; }};
};

TEST_F(CaseClerkTest, ARenewalGoesFromStepToStepWithOneKey) {
  Press("j .");
  for (auto const* key : {"j", "j", "j", "j issued", "j", "j"}) Press(key);
  EXPECT_THAT(
      cases_.sent,
      ElementsAre("start", "CHECK_CARD DONE", "ENTER_PIN DONE", "request",
                  "ISSUE ISSUED", "RETURN_CARD DONE", "finish ticket"));
  EXPECT_EQ(cases_.recorded.staff(), "hana");
  EXPECT_EQ(cases_.recorded.counter(), "offices/honcho/counters/2");
  EXPECT_THAT(person_.printed,
              Contains(HasSubstr("Your certificates are renewed")));
  // Ticketing completed it.
  EXPECT_FALSE(clerk_.desk().ticket);
}

TEST_F(CaseClerkTest, DigitsTurnTheAnswersAndEnterBegins) {
  person_.answers = {"6", ""};
  Press("j");
  EXPECT_EQ(cases_.started.answers().pin(), Answers::FORGOTTEN);
  EXPECT_EQ(cases_.started.person(), 1);
  EXPECT_THAT(person_.printed, Contains(HasSubstr("PINs: 暗証番号")).Times(0));
  EXPECT_THAT(person_.printed, Contains(HasSubstr("Forgotten")));
}

TEST_F(CaseClerkTest, TheAnswersCanBeGivenUp) {
  person_.answers = {"-"};
  Press("j");
  EXPECT_THAT(cases_.sent, IsEmpty());
}

TEST_F(CaseClerkTest, BeforeTheLastTryAResetIsOffered) {
  Press("j .");
  Press("j");
  Press("o wrong_pin digits-2");
  EXPECT_EQ(person_.confirmed.size(), 1U);
  EXPECT_THAT(cases_.sent,
              ElementsAre("start", "CHECK_CARD DONE", "ENTER_PIN WRONG_PIN",
                          "ENTER_PIN RESET_CHOSEN"));
  EXPECT_EQ(CurrentCase(clerk_.cases())->next_step(), renewal::v1::RESET_PIN);
}

TEST_F(CaseClerkTest, ARefusalCarriesItsCodeAndTheAttempt) {
  Press("j .");
  for (auto const* key : {"j", "j", "j", "j refused card_stopped"}) Press(key);
  EXPECT_EQ(cases_.recorded.event(), RecordStepRequest::REFUSED);
  EXPECT_EQ(cases_.recorded.refusal(), "card_stopped");
  EXPECT_EQ(cases_.recorded.attempt(), "attempt-1");
}

TEST_F(CaseClerkTest, AFamilyIsServedOnOneTicket) {
  Press("j .");
  Press("o another .");
  EXPECT_EQ(cases_.started.person(), 2);
  for (auto const* key : {"j", "j", "j", "j issued", "j", "j"}) Press(key);
  EXPECT_EQ(cases_.sent.back(), "finish");
  EXPECT_TRUE(clerk_.desk().ticket);
  EXPECT_EQ(CurrentCase(clerk_.cases())->person(), 2);
}

TEST_F(CaseClerkTest, AParkedCaseGoesOnWhereItWas) {
  Press("j .");
  Press("j");
  Press("o park_visitor");
  EXPECT_FALSE(clerk_.desk().ticket);
  EXPECT_THAT(person_.printed, Contains(HasSubstr("You keep your place")));
  Press("z t1-1");
  EXPECT_EQ(cases_.sent.back(), "resume");
  ASSERT_TRUE(clerk_.desk().ticket);
  EXPECT_EQ(CurrentCase(clerk_.cases())->next_step(), renewal::v1::ENTER_PIN);
}

TEST_F(CaseClerkTest, WhoWasParkedAndIsCalledAgainGoesOn) {
  cases_.Add("t1", 1).set_state(Renewal::PARKED);
  Press("j");
  EXPECT_THAT(cases_.sent, ElementsAre("resume"));
  EXPECT_EQ(NextMove(clerk_.cases(), clerk_.desk()), Move::kStep);
}

TEST_F(CaseClerkTest, WhoIsServedIsNotSentAwayForTheirOwnParkedCase) {
  cases_.Add("t1", 1).set_state(Renewal::PARKED);
  Press("z t1-1");
  EXPECT_THAT(cases_.sent, ElementsAre("resume"));
  EXPECT_THAT(person_.confirmed, IsEmpty());
}

TEST_F(CaseClerkTest, CustodyIsNotOfferedAgainWhereItWasRefused) {
  Press("j .");
  Press("o park_custody");
  EXPECT_FALSE(clerk_.cases().offers_custody);
}

TEST_F(CaseClerkTest, ACaseIsAbandonedWithACode) {
  Press("j .");
  person_.agrees = false;
  Press("c");
  EXPECT_EQ(person_.confirmed.size(), 1U);
  EXPECT_TRUE(clerk_.desk().ticket);
  Press("o abandon visitor_left");
  EXPECT_EQ(cases_.sent.back(), "abandon visitor_left");
  EXPECT_FALSE(HasLiveCase(clerk_.cases()));
}

TEST_F(CaseClerkTest, StaffSayHowTheNationalSystemDoes) {
  Press("i down");
  EXPECT_THAT(cases_.sent, ElementsAre("report DOWN"));
  EXPECT_EQ(clerk_.cases().news.upstream->state(), renewal::v1::Upstream::DOWN);
}

TEST_F(CaseClerkTest, WithoutRenewalTheCounterWorksAsEver) {
  cases_.is_there = false;
  Press("j");
  Press("z");
  EXPECT_THAT(cases_.sent, IsEmpty());
  Press("c");
  EXPECT_THAT(calls_.sent, Contains("CompleteTicket"));
}

TEST_F(CaseClerkTest, ACaseThatChangedIsLookedAtAgain) {
  Press("j .");
  auto& renewal = cases_.cases.begin()->second;
  renewal.set_version(5);
  renewal.set_next_step(renewal::v1::ENTER_PIN);
  Press("j");
  EXPECT_EQ(CurrentCase(clerk_.cases())->version(), 5);
}

}  // namespace
}  // namespace madoguchi::counter_terminal
