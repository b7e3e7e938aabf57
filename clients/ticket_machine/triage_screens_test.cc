#include "clients/ticket_machine/triage_screens.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::ticket_machine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TriageQuestion CardQuestion() {
  TriageQuestion question;
  question.set_question("CARD");
  question.add_choices("HERE");
  question.add_choices("AT_HOME");
  return question;
}

Services ThreeServices() {
  Services services;
  for (auto const* id : {"renew_self", "renew_pin_reset", "consult"}) {
    auto& service = *services.Add();
    service.set_service(id);
    service.mutable_display_name()->set_en(id);
  }
  return services;
}

renewal::v1::Advice AdviceFor(std::string const& service) {
  renewal::v1::Advice advice;
  advice.set_service(service);
  advice.set_may_consult(true);
  return advice;
}

TEST(QuestionScreenTest, NumbersTheChoicesAndOffersStaffAndTheWayBack) {
  EXPECT_THAT(QuestionScreen(CardQuestion(), Language::kEnglish),
              AllOf(HasSubstr("Is the My Number Card here with you?"),
                    HasSubstr("  1  Yes, here"), HasSubstr("  2  No, at home"),
                    HasSubstr("0 talk to staff"), HasSubstr("b back"),
                    HasSubstr("Do not enter your name")));
  EXPECT_THAT(QuestionScreen(CardQuestion(), Language::kJapanese),
              AllOf(HasSubstr("家にあります"), HasSubstr("0 係員と話す")));
}

TEST(CanAskTest, NeedsWordsForAllOfTheQuestion) {
  auto question = CardQuestion();
  EXPECT_TRUE(CanAsk(question));
  question.add_choices("ON_THE_MOON");
  EXPECT_FALSE(CanAsk(question));
  question.set_question("OF_TOMORROW");
  EXPECT_FALSE(CanAsk(question));
}

TEST(ServicesAfterTest, TheAdvisedOneComesFirstAndStaffAreAlwaysThere) {
  auto offered = ServicesAfter(AdviceFor("renew_pin_reset"), ThreeServices());
  ASSERT_EQ(offered.size(), 2U);
  EXPECT_EQ(offered[0].service(), "renew_pin_reset");
  EXPECT_EQ(offered[1].service(), kConsult);
  EXPECT_EQ(ServicesAfter(AdviceFor(kConsult), ThreeServices()).size(), 1U);
  // Not served today.
  offered = ServicesAfter(AdviceFor(""), ThreeServices());
  ASSERT_EQ(offered.size(), 1U);
  EXPECT_EQ(offered[0].service(), kConsult);
}

TEST(ServicesAfterTest, AHouseThatIsClosedOffersNone) {
  auto advice = AdviceFor("");
  advice.set_may_consult(false);
  EXPECT_TRUE(ServicesAfter(advice, ThreeServices()).empty());
}

TEST(AdviceScreenTest, SaysWhatToDoWithTheDayAndWhichNumberToTake) {
  auto advice = AdviceFor("renew_self");
  advice.add_texts("advice.too_early");
  advice.add_texts("advice.of_tomorrow");
  advice.set_date("2026-07-01");
  auto const screen = AdviceScreen(
      advice, ServicesAfter(advice, ThreeServices()), Language::kEnglish);
  EXPECT_THAT(screen,
              AllOf(HasSubstr("You can renew from 2026/7/1 (Wed)\n"),
                    HasSubstr("  1  Take a ticket: renew_self\n"),
                    HasSubstr("  2  Take a ticket to talk to staff\n"),
                    HasSubstr("b back"), Not(HasSubstr("of_tomorrow"))));
}

TEST(ReadTriagePressTest, TakesChoicesStaffAndTheWayBack) {
  EXPECT_EQ(ReadTriagePress(" 2 ", 2).choice, 1);
  EXPECT_TRUE(ReadTriagePress("0", 2).talk_to_staff);
  EXPECT_TRUE(ReadTriagePress("b", 2).back);
  for (auto const* typed : {"3", "", "x", "-1", "2x"}) {
    auto const press = ReadTriagePress(typed, 2);
    EXPECT_FALSE(press.choice || press.talk_to_staff || press.back) << typed;
  }
}

TEST(TakeBackTest, TakesBackTheWishForStaffAndThenEachAnswer) {
  TriageLine::Said said;
  said.answers.resize(1);
  said.talk_to_staff = true;
  EXPECT_TRUE(TakeBack(said));
  EXPECT_EQ(said.answers.size(), 1U);
  EXPECT_TRUE(TakeBack(said));
  EXPECT_FALSE(TakeBack(said));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
