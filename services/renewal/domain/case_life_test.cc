#include "services/renewal/domain/case_life.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using madoguchi::testing::IsOk;
using madoguchi::testing::Refused;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Optional;

constexpr Timestamp kTen{std::chrono::milliseconds(1'780'275'600'000)};
AttemptId const kAttempt{"11111111-1111-5111-8111-111111111111"};

life::Hand HandAt(Timestamp now) { return {{"hana"}, {"2"}, now}; }

CasePlan PlanOfHolder() {
  CasePlan plan;
  plan.row = "C-20";
  plan.outcome = "RENEW_TODAY";
  plan.act = Act::kRenew;
  plan.has_signing = plan.has_user = true;
  plan.enters_pin = true;
  return plan;
}

CasePlan PlanOfProxy() {
  auto plan = PlanOfHolder();
  plan.row = "C-30";
  plan.applicant = Applicant::kVoluntaryProxy;
  return plan;
}

class CaseLifeTest : public ::testing::Test {
 protected:
  static RenewalCase Begin(CasePlan const& plan) {
    return life::Start({"honcho"}, {"20260601-a-00001"}, 1, plan, HandAt(kTen));
  }

  // Takes every step before `step`.
  static RenewalCase UpTo(Step step, CasePlan const& plan) {
    auto renewal = Begin(plan);
    while (NextStep(renewal) != step) {
      auto const next = life::Record(renewal, *NextStep(renewal), by_);
      EXPECT_THAT(next, IsOk());
      if (!next.ok()) break;
      renewal = *next;
    }
    return renewal;
  }

  static RenewalCase Sent(CasePlan const& plan = PlanOfHolder()) {
    auto const planned =
        life::PlanIssuance(UpTo(Step::kIssue, plan), kAttempt, by_);
    return *life::Send(*planned, kAttempt, kTen);
  }

  static inline life::Hand const by_ = HandAt(kTen + minutes(1));
};

TEST_F(CaseLifeTest, AHolderFillsInTheFormBeforeThePins) {
  EXPECT_THAT(PathOf(PlanOfHolder()),
              ElementsAre(Step::kCheckForm, Step::kCheckCard,
                          Step::kCheckIdentity, Step::kEnterPin, Step::kIssue,
                          Step::kCheckCopy, Step::kReturnCard));
}

TEST_F(CaseLifeTest, AForgottenPinIsResetInTheSameVisit) {
  auto plan = PlanOfHolder();
  plan.resets_pin = plan.needs_second_id = true;
  EXPECT_THAT(
      PathOf(plan),
      ElementsAre(Step::kCheckForm, Step::kCheckCard, Step::kCheckIdentity,
                  Step::kCheckSecondId, Step::kResetPin, Step::kEnterPin,
                  Step::kIssue, Step::kCheckCopy, Step::kReturnCard));
  plan.needs_second_id = false;
  EXPECT_EQ(PathOf(plan)[3], Step::kResetPin);
}

TEST_F(CaseLifeTest, AFaceOnlyCardHasNoPinToEnter) {
  auto plan = PlanOfHolder();
  plan.enters_pin = false;
  EXPECT_EQ(PathOf(plan)[3], Step::kIssue);
}

TEST_F(CaseLifeTest, StaffOpenAProxysEnvelopeOnceTheProxyAndTheSealAreSeen) {
  EXPECT_THAT(
      PathOf(PlanOfProxy()),
      ElementsAre(Step::kCheckProxyId, Step::kCheckEnvelope, Step::kCheckCard,
                  Step::kOpenEnvelope, Step::kEnterPin, Step::kIssue,
                  Step::kCheckCopy, Step::kReturnCard));
}

TEST_F(CaseLifeTest, AStatutoryProxyProvesTheRightUnlessTheRegisterShowsIt) {
  auto plan = PlanOfHolder();
  plan.applicant = Applicant::kStatutoryProxy;
  EXPECT_EQ(PathOf(plan)[2], Step::kCheckCard);
  plan.needs_authority = true;
  EXPECT_EQ(PathOf(plan)[2], Step::kCheckAuthority);
}

TEST_F(CaseLifeTest, TheFirstOfTwoVisitsEndsWithAFormInThePost) {
  auto plan = PlanOfProxy();
  plan.is_first_of_two = true;
  EXPECT_THAT(PathOf(plan),
              ElementsAre(Step::kCheckProxyId, Step::kTakeApplication,
                          Step::kPostForm, Step::kExplain));
}

TEST_F(CaseLifeTest, WhoCannotBeServedTodayIsToldWhy) {
  EXPECT_THAT(PathOf(CasePlan{}), ElementsAre(Step::kExplain));
  auto const told = life::Record(Begin(CasePlan{}), Step::kExplain, by_);
  auto const finished = life::Finish(*told, /*completes_ticket=*/false, by_);
  ASSERT_THAT(finished, IsOk());
  EXPECT_EQ(finished->result, CaseResult::kAdvised);
}

TEST_F(CaseLifeTest, StepsKeepWhenAndByWhom) {
  auto const after = life::Record(Begin(PlanOfHolder()), Step::kCheckForm, by_);
  ASSERT_THAT(after, IsOk());
  EXPECT_THAT(after->steps, ElementsAre(StepRecord{Step::kCheckForm,
                                                   StepRecord::Kind::kDone,
                                                   kTen + minutes(1),
                                                   {"hana"},
                                                   {"2"}}));
  EXPECT_EQ(after->version, 2);
}

TEST_F(CaseLifeTest, AnyStepButTheNextIsRefusedAndTheNextIsNamed) {
  auto const renewal = Begin(PlanOfHolder());
  auto const refused = life::Record(renewal, Step::kReturnCard, by_);
  EXPECT_THAT(refused, Refused("STEP_NOT_NEXT"));
  EXPECT_EQ(GetErrorInfo(refused.status()).metadata.at("next"), "CHECK_FORM");
  auto const once = *life::Record(renewal, Step::kCheckForm, by_);
  EXPECT_THAT(life::Record(once, Step::kCheckForm, by_),
              Refused("STEP_NOT_NEXT"));
}

TEST_F(CaseLifeTest, NoClerkTakesTheStepOfTheAuthority) {
  EXPECT_THAT(
      life::Record(UpTo(Step::kIssue, PlanOfHolder()), Step::kIssue, by_),
      Refused("STEP_NOT_NEXT"));
}

TEST_F(CaseLifeTest, AWrongPinIsNotedAndMayBeTriedAgain) {
  WrongPin const first{PinKind::kFourDigits, 1};
  auto const wrong =
      life::NoteWrongPin(UpTo(Step::kEnterPin, PlanOfHolder()), first, {}, by_);
  ASSERT_THAT(wrong, IsOk());
  EXPECT_EQ(wrong->steps.back().kind, StepRecord::Kind::kWrongPin);
  EXPECT_THAT(NextStep(*wrong), Optional(Step::kEnterPin));
  EXPECT_EQ(wrong->plan, PlanOfHolder());
  EXPECT_FALSE(AdviceAfter(first, *wrong, {}).offer_reset);
  EXPECT_THAT(life::Record(*wrong, Step::kEnterPin, by_), IsOk());
}

TEST_F(CaseLifeTest, BeforeTheLastTryAResetIsOffered) {
  for (auto const& [kind, tries] :
       {std::pair(PinKind::kFourDigits, 2), std::pair(PinKind::kSigning, 4)}) {
    WrongPin const last_but_one{kind, tries};
    auto const wrong = life::NoteWrongPin(UpTo(Step::kEnterPin, PlanOfHolder()),
                                          last_but_one, {}, by_);
    ASSERT_THAT(wrong, IsOk());
    EXPECT_THAT(NextStep(*wrong), Optional(Step::kEnterPin));
    EXPECT_TRUE(AdviceAfter(last_but_one, *wrong, {}).offer_reset);
  }
}

TEST_F(CaseLifeTest, ALockedPinIsResetInTheSameVisit) {
  WrongPin const last{PinKind::kFourDigits, 3};
  auto const locked =
      life::NoteWrongPin(UpTo(Step::kEnterPin, PlanOfHolder()), last, {}, by_);
  ASSERT_THAT(locked, IsOk());
  EXPECT_EQ(locked->plan.row, "C-22");
  EXPECT_EQ(locked->plan.outcome, "RESET_THEN_RENEW");
  EXPECT_THAT(NextStep(*locked), Optional(Step::kCheckSecondId));
  EXPECT_THAT(AdviceAfter(last, *locked, {}).texts,
              ElementsAre(AdviceText::kReset, AdviceText::kLockStays));
}

TEST_F(CaseLifeTest, AResetIsPutBeforeTheEntryAndOnlyOnce) {
  auto const before = UpTo(Step::kEnterPin, PlanOfHolder());
  auto const chosen = life::ChooseReset(before, {}, by_);
  ASSERT_THAT(chosen, IsOk());
  EXPECT_EQ(chosen->plan.row, "C-21");
  EXPECT_THAT(NextStep(*chosen), Optional(Step::kCheckSecondId));
  RenewalRules lenient;
  lenient.reset_proof = ResetProof::kCardOnly;
  EXPECT_THAT(NextStep(*life::ChooseReset(before, lenient, by_)),
              Optional(Step::kResetPin));
  EXPECT_THAT(life::ChooseReset(*chosen, {}, by_),
              Refused("RESET_NOT_POSSIBLE"));
  EXPECT_THAT(life::ChooseReset(Begin(PlanOfHolder()), {}, by_),
              Refused("RESET_NOT_POSSIBLE"));
}

TEST_F(CaseLifeTest, AWrongPinInAProxysFormEndsTheVisitWithThePapersBack) {
  auto const wrong =
      life::NoteWrongPin(UpTo(Step::kEnterPin, PlanOfProxy()), {}, {}, by_);
  ASSERT_THAT(wrong, IsOk());
  EXPECT_EQ(wrong->plan.outcome, "CANNOT_TODAY");
  EXPECT_THAT(AdviceAfter({}, *wrong, {}).texts,
              ElementsAre(AdviceText::kHolderReset, AdviceText::kGiveFormBack));
  EXPECT_THAT(life::ChooseReset(*wrong, {}, by_),
              Refused("RESET_NOT_POSSIBLE"));
  EXPECT_THAT(life::Record(*wrong, Step::kEnterPin, by_),
              Refused("STEP_NOT_NEXT"));
  auto const told = life::Record(*wrong, Step::kExplain, by_);
  EXPECT_THAT(life::Finish(*told, /*completes_ticket=*/true, by_),
              Refused("STEPS_LEFT"));
  auto const back = life::Record(*told, Step::kReturnPapers, by_);
  auto const finished = life::Finish(*back, /*completes_ticket=*/true, by_);
  ASSERT_THAT(finished, IsOk());
  EXPECT_EQ(finished->result, CaseResult::kHolderReset);
}

TEST_F(CaseLifeTest, TheAuthorityIsAskedWhenAllElseIsDone) {
  EXPECT_THAT(life::PlanIssuance(Begin(PlanOfHolder()), kAttempt, by_),
              Refused("STEP_NOT_NEXT"));
  auto const planned =
      life::PlanIssuance(UpTo(Step::kIssue, PlanOfHolder()), kAttempt, by_);
  ASSERT_THAT(planned, IsOk());
  EXPECT_THAT(life::PlanIssuance(*planned, kAttempt, by_),
              Refused("ISSUANCE_UNDER_WAY"));
}

TEST_F(CaseLifeTest, WhatWasSentIsNeverSentAgain) {
  auto const sent = Sent();
  EXPECT_THAT(life::Send(sent, kAttempt, kTen), Refused("ISSUANCE_SENT"));
  EXPECT_THAT(life::PlanIssuance(sent, {"other"}, by_),
              Refused("ISSUANCE_UNDER_WAY"));
  auto const lost = life::LoseTrack(sent, kAttempt);
  EXPECT_THAT(life::Send(*lost, kAttempt, kTen), Refused("ISSUANCE_SENT"));
  EXPECT_THAT(life::PlanIssuance(*lost, {"other"}, by_),
              Refused("ISSUANCE_UNDER_WAY"));
}

TEST_F(CaseLifeTest, AnAnswerIsTakenAlsoAfterTrackWasLost) {
  auto const lost = life::LoseTrack(Sent(), kAttempt);
  ASSERT_THAT(lost, IsOk());
  auto const issued = life::TakeIssued(*lost, kAttempt, by_);
  ASSERT_THAT(issued, IsOk());
  EXPECT_THAT(NextStep(*issued), Optional(Step::kCheckCopy));
  EXPECT_THAT(life::TakeIssued(*issued, kAttempt, by_),
              Refused("ISSUANCE_NOT_SENT"));
}

TEST_F(CaseLifeTest, AnAnswerToAnotherRequestIsNotTaken) {
  for (auto const& after : {life::TakeIssued(Sent(), {"other"}, by_),
                            life::TakeRefused(Sent(), {"other"}, "x", by_),
                            life::LoseTrack(Sent(), {"other"}),
                            life::TakeNotIssued(Sent(), {"other"})}) {
    EXPECT_THAT(after, Refused("ISSUANCE_NOT_SENT"));
  }
}

TEST_F(CaseLifeTest, WhereNothingWasIssuedItMayBeAskedAgain) {
  auto const cleared = life::TakeNotIssued(Sent(), kAttempt);
  ASSERT_THAT(cleared, IsOk());
  EXPECT_THAT(life::PlanIssuance(*cleared, {"second"}, by_), IsOk());
}

TEST_F(CaseLifeTest, ARefusalIsExplainedAndTheCardGivenBack) {
  auto const refused = life::TakeRefused(Sent(), kAttempt, "revoked", by_);
  ASSERT_THAT(refused, IsOk());
  EXPECT_THAT(NextStep(*refused), Optional(Step::kExplain));
  auto const told = life::Record(*refused, Step::kExplain, by_);
  auto const back = life::Record(*told, Step::kReturnCard, by_);
  auto const finished = life::Finish(*back, /*completes_ticket=*/false, by_);
  ASSERT_THAT(finished, IsOk());
  EXPECT_EQ(finished->result, CaseResult::kRefused);
  EXPECT_FALSE(finished->errand);
}

TEST_F(CaseLifeTest, AParkedCaseHasAnErrandToHoldItsTicket) {
  auto const parked = life::Park(Begin(PlanOfHolder()), ParkReason::kVisitor,
                                 kTen + minutes(15), by_);
  ASSERT_THAT(parked, IsOk());
  EXPECT_EQ(parked->state, CaseState::kParked);
  ASSERT_TRUE(parked->errand);
  EXPECT_EQ(parked->errand->kind, Errand::Kind::kHold);
  EXPECT_THAT(parked->errand->hold_for, Optional(minutes(14)));
  EXPECT_THAT(life::Record(*parked, Step::kCheckForm, by_),
              Refused("CASE_NOT_OPEN"));
}

TEST_F(CaseLifeTest, ACaseIsOpenAgainOnceTicketingHasResumedTheTicket) {
  auto const parked =
      life::Park(Begin(PlanOfHolder()), ParkReason::kUpstream, {}, by_);
  EXPECT_THAT(life::AskToResume(*parked, by_), Refused("ERRAND_UNDER_WAY"));
  auto const held = life::EndErrand(*parked, 1, /*is_done=*/true);
  auto const asked = life::AskToResume(held, HandAt(kTen + minutes(9)));
  ASSERT_THAT(asked, IsOk());
  EXPECT_EQ(asked->state, CaseState::kParked);
  EXPECT_EQ(life::EndErrand(*asked, 2, /*is_done=*/true).state,
            CaseState::kOpen);
  auto const refused = life::EndErrand(*asked, 2, /*is_done=*/false);
  EXPECT_EQ(refused.state, CaseState::kParked);
  EXPECT_FALSE(refused.errand);
}

TEST_F(CaseLifeTest, AnAnswerToAnEarlierErrandChangesNothing) {
  auto const parked =
      *life::Park(Begin(PlanOfHolder()), ParkReason::kUpstream, {}, by_);
  EXPECT_EQ(life::EndErrand(parked, 7, /*is_done=*/true), parked);
  auto const held = life::EndErrand(parked, 1, /*is_done=*/true);
  EXPECT_EQ(life::EndErrand(held, 1, /*is_done=*/true), held);
}

TEST_F(CaseLifeTest, WithCustodyTheVisitEndsAndTheCaseGoesOnWithoutIt) {
  auto const parked = life::Park(Begin(PlanOfHolder()), ParkReason::kCustody,
                                 kTen + minutes(15), by_);
  ASSERT_THAT(parked, IsOk());
  EXPECT_EQ(parked->errand->kind, Errand::Kind::kComplete);
  EXPECT_EQ(parked->errand->outcome, "custody");
  EXPECT_FALSE(parked->parking->until);
  auto const told = life::EndErrand(*parked, 1, /*is_done=*/true);
  auto const open = life::AskToResume(told, by_);
  ASSERT_THAT(open, IsOk());
  EXPECT_EQ(open->state, CaseState::kOpen);
  EXPECT_FALSE(open->errand);
}

TEST_F(CaseLifeTest, AnAnswerThatComesWhileParkedIsKept) {
  auto const parked = life::Park(Sent(), ParkReason::kUpstream, {}, by_);
  ASSERT_THAT(parked, IsOk());
  auto const issued = life::TakeIssued(*parked, kAttempt, by_);
  ASSERT_THAT(issued, IsOk());
  EXPECT_EQ(issued->state, CaseState::kParked);
  EXPECT_THAT(NextStep(*issued), Optional(Step::kCheckCopy));
}

TEST_F(CaseLifeTest, ACaseIsAbandonedExceptWhileNobodyKnowsWhatWasIssued) {
  EXPECT_THAT(life::Abandon(Sent(), "left", by_), Refused("ISSUANCE_UNCLEAR"));
  auto const abandoned = life::Abandon(Begin(PlanOfHolder()), "left", by_);
  ASSERT_THAT(abandoned, IsOk());
  EXPECT_EQ(abandoned->reason, "left");
  EXPECT_THAT(life::Abandon(*abandoned, "left", by_), Refused("CASE_ENDED"));
  EXPECT_THAT(life::Record(*abandoned, Step::kCheckForm, by_),
              Refused("CASE_NOT_OPEN"));
}

TEST_F(CaseLifeTest, ARequestOfAnAbandonedCaseIsNeverSent) {
  auto const planned =
      life::PlanIssuance(UpTo(Step::kIssue, PlanOfHolder()), kAttempt, by_);
  auto const abandoned = life::Abandon(*planned, "left", by_);
  ASSERT_THAT(abandoned, IsOk());
  EXPECT_THAT(life::Send(*abandoned, kAttempt, kTen), Refused("ISSUANCE_SENT"));
}

TEST_F(CaseLifeTest, TrackIsLostWhenNobodyAnswersInTime) {
  EXPECT_THAT(life::LosesTrackAt(Sent(), minutes(30)),
              Optional(kTen + minutes(30)));
  auto const lost = life::LoseTrack(Sent(), kAttempt);
  EXPECT_EQ(life::LosesTrackAt(*lost, minutes(30)), std::nullopt);
  EXPECT_EQ(life::LosesTrackAt(Begin(PlanOfHolder()), minutes(30)),
            std::nullopt);
}

TEST_F(CaseLifeTest, AnIdHoldsTheTicketAndWhoOfTheFamily) {
  auto const id = MakeCaseId({"20260601-a-00001"}, 3);
  EXPECT_EQ(id.value, "20260601-a-00001-3");
  EXPECT_THAT(TicketOf(id), Optional(TicketRef{"20260601-a-00001"}));
  for (auto const* wrong : {"", "3", "-3", "20260601-a-00001-0", "a-33"}) {
    EXPECT_EQ(TicketOf({wrong}), std::nullopt) << wrong;
  }
}

// Random steps, lawful or not, on random plans.
RC_GTEST_PROP(CaseLifePropertyTest, EveryHistoryKeepsThePromises, ()) {
  CasePlan plan;
  plan.applicant =
      *rc::gen::element(Applicant::kHolder, Applicant::kStatutoryProxy,
                        Applicant::kVoluntaryProxy);
  plan.act = *rc::gen::element(Act::kNone, Act::kRenew, Act::kNewIssue);
  plan.enters_pin = *rc::gen::arbitrary<bool>();
  plan.resets_pin = *rc::gen::arbitrary<bool>();
  plan.needs_second_id = *rc::gen::arbitrary<bool>();
  plan.needs_authority = *rc::gen::arbitrary<bool>();
  plan.is_first_of_two = *rc::gen::arbitrary<bool>();
  auto renewal =
      life::Start({"honcho"}, {"20260601-a-00001"}, 1, plan, HandAt(kTen));
  std::set<std::string> sent;
  int issued = 0;
  int const count = *rc::gen::inRange(1, 60);
  for (int i = 0; i != count; ++i) {
    auto const by = HandAt(kTen + minutes(i));
    AttemptId const fresh{"attempt-" + std::to_string(i)};
    auto const known = renewal.issuance ? renewal.issuance->id : fresh;
    auto const before = renewal;
    auto const next = NextStep(renewal);
    int const kind = *rc::gen::inRange(0, 14);
    absl::StatusOr<RenewalCase> after = renewal;
    switch (kind) {
      case 0:
      case 1:
      case 2:
        after = life::Record(renewal, next.value_or(Step::kExplain), by);
        break;
      case 3:
        after = life::Record(renewal,
                             static_cast<Step>(*rc::gen::inRange(0, 17)), by);
        break;
      case 4:
        after = life::NoteWrongPin(
            renewal,
            {*rc::gen::element(PinKind::kFourDigits, PinKind::kSigning),
             *rc::gen::inRange(1, 6)},
            {}, by);
        break;
      case 5:
        after = life::ChooseReset(renewal, {}, by);
        break;
      case 6:
        after = life::PlanIssuance(renewal, fresh, by);
        break;
      case 7:
        after = life::Send(renewal, known, by.now);
        if (after.ok()) RC_ASSERT(sent.insert(known.value).second);
        break;
      case 8:
        after = life::TakeIssued(renewal, known, by);
        if (after.ok()) ++issued;
        break;
      case 9:
        after = *rc::gen::arbitrary<bool>()
                    ? life::LoseTrack(renewal, known)
                    : life::TakeNotIssued(renewal, known);
        break;
      case 10:
        after = life::Park(
            renewal,
            *rc::gen::element(ParkReason::kVisitor, ParkReason::kCustody),
            by.now + minutes(5), by);
        break;
      case 11:
        after = life::AskToResume(renewal, by);
        break;
      case 12:
        after = life::EndErrand(renewal, renewal.errands,
                                *rc::gen::arbitrary<bool>());
        break;
      default:
        after = life::Finish(renewal, /*completes_ticket=*/true, by);
    }
    if (!after.ok()) continue;
    renewal = *after;
    // An errand that ended already changes nothing.
    RC_ASSERT(renewal == before || renewal.version == before.version + 1);
    RC_ASSERT(renewal.errands >= before.errands);
    RC_ASSERT(issued <= 1);
    if (issued == 1) RC_ASSERT(renewal.issuance.has_value());
    if (renewal.state == CaseState::kFinished) {
      RC_ASSERT(NextStep(renewal) == std::nullopt);
      RC_ASSERT(!IsUnclear(renewal));
      bool const has_certificate = renewal.result == CaseResult::kRenewed ||
                                   renewal.result == CaseResult::kNewlyIssued;
      RC_ASSERT(has_certificate == (issued == 1));
      break;
    }
    // No open case is stuck: it has a next step, or can be finished.
    if (renewal.state == CaseState::kOpen && !NextStep(renewal)) {
      RC_ASSERT(life::Finish(renewal, /*completes_ticket=*/true, by).ok());
    }
  }
}

}  // namespace
}  // namespace madoguchi::renewal
