#include "services/renewal/domain/decide.h"
#include "tests/support/renewal_answers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Circumstances kQuiet = {};
constexpr RenewalRules kUsualRules = {};

TEST(DecideTest, WarnsOfBusyTimesWhateverTheRow) {
  auto const self = InOrder(Who::kSelf);
  auto const away = InOrder(Who::kSelf, CertStanding::kNotYet);
  std::vector<Circumstances> const busy = {
      {.upstream = Upstream::kSlow}, {.busy_hours = true}, {.busy_day = true}};
  for (auto const& now : busy) {
    EXPECT_THAT(Decide(self, now, kUsualRules).notes, ElementsAre(Note::kBusy));
    EXPECT_THAT(Decide(away, now, kUsualRules).notes, ElementsAre(Note::kBusy));
    EXPECT_EQ(Decide(self, now, kUsualRules).row, RowId::kC20);
  }
  EXPECT_THAT(Decide(self, kQuiet, kUsualRules).notes, IsEmpty());
}

TEST(DecideTest, WarnsOfNothingWhereNothingGoesOn) {
  Circumstances now = {.reception = Reception::kOutsideHours,
                       .busy_hours = true,
                       .busy_day = true};
  auto const self = InOrder(Who::kSelf);
  EXPECT_THAT(Decide(self, now, kUsualRules).notes, IsEmpty());
  now = {.upstream = Upstream::kUnavailable, .busy_hours = true};
  EXPECT_THAT(Decide(self, now, kUsualRules).notes, IsEmpty());
}

TEST(DecideTest, ANoticeThatWasNotBroughtChangesNothing) {
  auto answers = InOrder(Who::kSelf);
  auto const with_notice = Decide(answers, kQuiet, kUsualRules);
  answers.expiry_notice = YesNo::kNo;
  auto without = Decide(answers, kQuiet, kUsualRules);
  EXPECT_THAT(without.notes, ElementsAre(Note::kNoticeNotNeeded));
  without.notes.clear();
  EXPECT_EQ(without, with_notice);
}

TEST(DecideTest, AProxyIsNotToldThatTheEnvelopeDoesNotMatter) {
  auto answers = InOrder(Who::kVol);
  answers.expiry_notice = YesNo::kNo;
  EXPECT_THAT(Decide(answers, kQuiet, kUsualRules).notes, IsEmpty());
}

TEST(DecideTest, At15To17OneMayComeAloneAndGetASigningCertificate) {
  auto answers = InOrder(Who::kSelf);
  answers.holder = Holder::kAge15To17;
  auto const decision = Decide(answers, kQuiet, kUsualRules);
  EXPECT_EQ(decision.row, RowId::kC20);
  EXPECT_THAT(decision.notes, ElementsAre(Note::kAge15To17));
}

TEST(DecideTest, FamilyIsAProxyToo) {
  auto answers = InOrder(Who::kVol);
  answers.reply_form = ReplyForm::kMissing;
  answers.same_household = YesNo::kYes;
  auto const decision = Decide(answers, kQuiet, kUsualRules);
  EXPECT_EQ(decision.row, RowId::kC34);
  EXPECT_THAT(decision.notes, ElementsAre(Note::kFamilyIsProxy));
  answers.same_household = {};
  EXPECT_THAT(Decide(answers, kQuiet, kUsualRules).notes,
              ElementsAre(Note::kFamilyIsProxy));
}

TEST(DecideTest, NotesHaveTheirRowsAndTexts) {
  EXPECT_EQ(CodeOf(Note::kBusy), "C-04");
  EXPECT_EQ(TextOf(Note::kBusy), AdviceText::kBusy);
  EXPECT_EQ(CodeOf(Note::kNoticeNotNeeded), "C-26");
  EXPECT_EQ(TextOf(Note::kNoticeNotNeeded), AdviceText::kNoticeNotNeeded);
  EXPECT_EQ(CodeOf(Note::kAge15To17), "C-27");
  EXPECT_EQ(TextOf(Note::kAge15To17), AdviceText::kSigningPossible);
  EXPECT_EQ(CodeOf(Note::kFamilyIsProxy), "C-39");
  EXPECT_EQ(TextOf(Note::kFamilyIsProxy), AdviceText::kProxy);
}

TEST(DecideTest, EachCityDecidesWhatAResetAsksFor) {
  auto const answers =
      InOrder(Who::kSelf, CertStanding::kInWindow, Pin::kForgotten);
  RenewalRules rules;
  rules.reset_proof = ResetProof::kCardOnly;
  EXPECT_THAT(Decide(answers, kQuiet, rules).texts,
              ElementsAre(AdviceText::kReset));
  rules.reset_proof = ResetProof::kSecondId;
  EXPECT_THAT(Decide(answers, kQuiet, rules).texts,
              ElementsAre(AdviceText::kReset, AdviceText::kSecondId));
  rules.reset_proof = ResetProof::kOralQuestions;
  EXPECT_THAT(Decide(answers, kQuiet, rules).texts,
              ElementsAre(AdviceText::kReset, AdviceText::kOralQuestions));
  // Whoever needs no reset is not asked for it.
  EXPECT_THAT(Decide(InOrder(Who::kSelf), kQuiet, rules).texts,
              ElementsAre(AdviceText::kReady));
}

TEST(DecideTest, ACityMayTakeCustodyOfCardsInAnOutage) {
  RenewalRules rules;
  rules.custody = true;
  auto const decision =
      Decide(InOrder(Who::kSelf), {.upstream = Upstream::kUnavailable}, rules);
  EXPECT_EQ(decision.row, RowId::kC03);
  EXPECT_EQ(decision.outcome, Outcome::kCustody);
  EXPECT_EQ(decision.service, RenewalService::kOtherMynumber);
  EXPECT_THAT(decision.texts,
              ElementsAre(AdviceText::kOutage, AdviceText::kCustody));
}

TEST(DecideTest, ACityMayLetProxiesResetPinsInTwoVisits) {
  RenewalRules rules;
  rules.proxy_reset = ProxyReset::kTwoVisits;
  auto const decision =
      Decide(InOrder(Who::kVol, CertStanding::kInWindow, Pin::kForgotten),
             kQuiet, rules);
  EXPECT_EQ(decision.row, RowId::kC32);
  EXPECT_EQ(decision.way_on, WayOn::kProxyReset);
}

TEST(DecideTest, ACityMayServeProxiesAfterExpiryTheSameDay) {
  RenewalRules rules;
  rules.proxy_after_expiry = true;
  auto answers = InOrder(Who::kVol, CertStanding::kExpired);
  auto const decision = Decide(answers, kQuiet, rules);
  EXPECT_EQ(decision.row, RowId::kC30);
  EXPECT_EQ(decision.outcome, Outcome::kNewIssueToday);
  answers.reply_form = ReplyForm::kMissing;
  EXPECT_EQ(Decide(answers, kQuiet, rules).row, RowId::kC34);
}

TEST(DecideTest, NamesNoDateThatNobodyKnows) {
  EXPECT_THAT(
      Decide(InOrder(Who::kSelf, CertStanding::kNotYet), kQuiet, kUsualRules)
          .texts,
      ElementsAre(AdviceText::kTooEarlyUndated, AdviceText::kNoticeByPost));
  EXPECT_THAT(
      Decide(InOrder(Who::kSelf), {.reception = Reception::kOutsideHours},
             kUsualRules)
          .texts,
      ElementsAre(AdviceText::kClosedUndated, AdviceText::kWeekendCounter));
}

TEST(DecideTest, WhatIsNotKnownIsTakenAsUsualAndChecked) {
  auto answers = InOrder(Who::kSelf);
  answers.registered_here = {};
  answers.card_face_current = Answer<YesNo>::DoesNotKnow();
  auto const decision = Decide(answers, kQuiet, kUsualRules);
  EXPECT_EQ(decision.row, RowId::kC20);
  EXPECT_THAT(decision.staff_checks,
              ElementsAre(Fact::kRegisteredHere, Fact::kCardFaceCurrent));
}

TEST(DecideTest, WhatChangesNoRowIsNotChecked) {
  auto answers = InOrder(Who::kSelf);
  answers.photo_id = {};
  answers.reply_form = {};
  answers.authority = {};
  answers.expiry_notice = {};
  EXPECT_THAT(Decide(answers, kQuiet, kUsualRules).staff_checks, IsEmpty());
}

TEST(DecideTest, APinThatOneIsNotSureOfIsTakenAsForgotten) {
  auto answers = InOrder(Who::kSelf);
  answers.pin = Answer<Pin>::DoesNotKnow();
  auto const decision = Decide(answers, kQuiet, kUsualRules);
  EXPECT_EQ(decision.row, RowId::kC21);
  EXPECT_THAT(decision.staff_checks, ElementsAre(Fact::kPin));
}

TEST(DecideTest, NothingKnownIsAMatterForStaff) {
  auto const decision = Decide({}, kQuiet, kUsualRules);
  EXPECT_EQ(decision.row, RowId::kC99);
  EXPECT_EQ(decision.service, RenewalService::kConsult);
  EXPECT_THAT(decision.staff_checks, Contains(Fact::kWho));
}

TEST(DecideTest, ASigningCertificateThatNobodyMayHaveDoesNotCount) {
  EXPECT_EQ(CertThatCounts(CertStanding::kNone, CertStanding::kNotYet,
                           Holder::kUnder15, YesNo::kYes),
            CertStanding::kNotYet);
  EXPECT_EQ(CertThatCounts(CertStanding::kRevoked, CertStanding::kInWindow,
                           Holder::kWard, YesNo::kNo),
            CertStanding::kInWindow);
}

TEST(DecideTest, ASigningCertificateThatNobodyWantsDoesNotCount) {
  EXPECT_EQ(CertThatCounts(CertStanding::kNone, CertStanding::kInWindow,
                           Holder::kAdult, YesNo::kNo),
            CertStanding::kInWindow);
  EXPECT_EQ(CertThatCounts(CertStanding::kNone, CertStanding::kInWindow,
                           Holder::kAdult, YesNo::kYes),
            CertStanding::kNone);
}

TEST(DecideTest, OfTwoCertificatesTheOneThatTakesMoreCounts) {
  using enum CertStanding;
  auto const of = [](CertStanding signing_cert, CertStanding user_cert) {
    return CertThatCounts(signing_cert, user_cert, Holder::kAdult, YesNo::kYes);
  };
  EXPECT_EQ(of(kRevoked, kNotYet), kRevoked);
  EXPECT_EQ(of(kExpired, kInWindow), kExpired);
  EXPECT_EQ(of(kExpired, kNone), kNone);
  EXPECT_EQ(of(kNone, kRevoked), kRevoked);
  EXPECT_EQ(of(kInWindow, kNotYet), kInWindow);
  EXPECT_EQ(of(kNotYet, kNotYet), kNotYet);
}

TEST(TalkToStaffTest, IsPossibleWheneverTheOfficeIssuesTickets) {
  auto const talk = TalkToStaff(kQuiet, kUsualRules);
  EXPECT_EQ(talk.row, RowId::kC99);
  EXPECT_EQ(talk.service, RenewalService::kConsult);
  EXPECT_EQ(TalkToStaff({.upstream = Upstream::kUnavailable}, kUsualRules),
            talk);
  auto const closed =
      TalkToStaff({.reception = Reception::kCapReached}, kUsualRules);
  EXPECT_EQ(closed.row, RowId::kC01);
  EXPECT_FALSE(closed.may_consult);
  EXPECT_EQ(closed.service, RenewalService::kNone);
  EXPECT_EQ(TalkToStaff({.weekend_counter = true}, kUsualRules).row,
            RowId::kC02);
}

}  // namespace
}  // namespace madoguchi::renewal
