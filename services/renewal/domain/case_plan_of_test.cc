#include "services/renewal/domain/case_plan_of.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>

namespace madoguchi::renewal {
namespace {

using ::testing::ElementsAre;

Answers OfHolder(CertStanding standing, Pin pin) {
  Answers answers;
  answers.who = Who::kSelf;
  answers.holder = Holder::kAdult;
  answers.card = CardPlace::kWithMe;
  answers.card_standing = CardStanding::kValid;
  answers.signing_cert = standing;
  answers.user_cert = standing;
  answers.pin = pin;
  answers.registered_here = YesNo::kYes;
  answers.stay_ending = YesNo::kNo;
  answers.card_face_current = YesNo::kYes;
  answers.signing_wish = YesNo::kYes;
  return answers;
}

Answers OfProxy(Who who, CertStanding standing, Pin pin) {
  auto answers = OfHolder(standing, pin);
  answers.who = who;
  answers.photo_id = YesNo::kYes;
  answers.reply_form = ReplyForm::kSealed;
  answers.authority = YesNo::kYes;
  return answers;
}

CasePlan PlanFor(Answers const& answers, RenewalRules const& rules = {}) {
  return PlanOf(Decide(answers, {}, rules), answers, rules);
}

TEST(CasePlanOfTest, AHolderInTheWindowRenewsBothCertificates) {
  auto const plan = PlanFor(OfHolder(CertStanding::kInWindow, Pin::kKnown));
  EXPECT_EQ(plan.row, "C-20");
  EXPECT_EQ(plan.outcome, "RENEW_TODAY");
  EXPECT_EQ(plan.act, Act::kRenew);
  EXPECT_TRUE(plan.has_signing && plan.has_user && plan.enters_pin);
  EXPECT_FALSE(plan.resets_pin);
}

TEST(CasePlanOfTest, AForgottenPinIsResetWithTheProofThatTheCityAsksFor) {
  auto const answers = OfHolder(CertStanding::kInWindow, Pin::kForgotten);
  EXPECT_TRUE(PlanFor(answers).resets_pin);
  EXPECT_TRUE(PlanFor(answers).needs_second_id);
  RenewalRules lenient;
  lenient.reset_proof = ResetProof::kCardOnly;
  EXPECT_FALSE(PlanFor(answers, lenient).needs_second_id);
}

TEST(CasePlanOfTest, AfterExpiryItIsANewIssue) {
  EXPECT_EQ(PlanFor(OfHolder(CertStanding::kExpired, Pin::kKnown)).act,
            Act::kNewIssue);
}

TEST(CasePlanOfTest, AFaceOnlyCardHasTheUserCertificateAloneAndNoPin) {
  auto const plan = PlanFor(OfHolder(CertStanding::kInWindow, Pin::kNone));
  EXPECT_EQ(plan.row, "C-29");
  EXPECT_FALSE(plan.enters_pin || plan.has_signing);
  EXPECT_TRUE(plan.has_user);
}

TEST(CasePlanOfTest, AfterAMoveTheSigningCertificateAloneIsNew) {
  auto answers = OfHolder(CertStanding::kRevoked, Pin::kKnown);
  answers.user_cert = CertStanding::kInWindow;
  auto const plan = PlanFor(answers);
  EXPECT_EQ(plan.row, "C-12");
  EXPECT_TRUE(plan.has_signing);
  EXPECT_FALSE(plan.has_user);
}

TEST(CasePlanOfTest, AProxysEnvelopeIsOpenedByStaff) {
  auto const plan =
      PlanFor(OfProxy(Who::kVol, CertStanding::kInWindow, Pin::kKnown));
  EXPECT_EQ(plan.row, "C-30");
  EXPECT_EQ(plan.applicant, Applicant::kVoluntaryProxy);
}

TEST(CasePlanOfTest, AProxyAfterExpiryAppliesAndComesAgain) {
  auto const plan =
      PlanFor(OfProxy(Who::kVol, CertStanding::kExpired, Pin::kKnown));
  EXPECT_EQ(plan.row, "C-31");
  EXPECT_TRUE(plan.is_first_of_two);
  EXPECT_THAT(PathOf(plan),
              ElementsAre(Step::kCheckProxyId, Step::kTakeApplication,
                          Step::kPostForm, Step::kExplain));
}

TEST(CasePlanOfTest, AParentShowsTheRightAndGetsTheUserCertificateAlone) {
  auto answers = OfProxy(Who::kStat, CertStanding::kInWindow, Pin::kKnown);
  answers.holder = Holder::kUnder15;
  answers.signing_wish = YesNo::kNo;
  auto const plan = PlanFor(answers);
  EXPECT_EQ(plan.row, "C-40");
  EXPECT_TRUE(plan.needs_authority);
  EXPECT_FALSE(plan.has_signing);
}

// Every row leads to a path that can be walked, and asks the authority exactly
// if its outcome says that something is issued today.
TEST(CasePlanOfTest, EveryRowHasAPath) {
  for (auto const& row : Rows()) {
    Decision decision;
    decision.row = row.id;
    decision.outcome = row.outcome;
    decision.way_on = row.way_on;
    decision.user_cert_only = row.user_cert_only;
    Answers answers;
    for (auto const who : {Who::kSelf, Who::kStat, Who::kVol}) {
      if (!row.when.who.Has(who)) continue;
      answers.who = who;
      auto const plan = PlanOf(decision, answers, {});
      auto const path = PathOf(plan);
      EXPECT_FALSE(path.empty()) << row.code;
      bool const issues =
          std::find(path.begin(), path.end(), Step::kIssue) != path.end();
      EXPECT_EQ(issues, plan.act != Act::kNone) << row.code;
      EXPECT_EQ(plan.has_signing || plan.has_user, issues) << row.code;
    }
  }
}

}  // namespace
}  // namespace madoguchi::renewal
