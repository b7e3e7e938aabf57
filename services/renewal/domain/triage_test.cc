#include "services/renewal/domain/triage.h"
#include "services/renewal/domain/facts.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::renewal {
namespace {

using std::chrono::year_month;
using std::chrono::year_month_day;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr year_month_day kToday = 2026y / 5 / 10;

// Months of expiry of every kind on that day: passed, perhaps passed, in the
// window, perhaps in it, not yet.
constexpr year_month kMonths[] = {2026y / 4, 2026y / 5, 2026y / 7, 2026y / 8,
                                  2027y / 1};

// A visitor who has answered everything that was asked.
struct Path {
  std::vector<Question> questions;
  Answers answers;
  Decision advice;
};

struct Branch {
  std::string said;
  Answers answers;
};

std::vector<Branch> BranchesOf(Answers const& answers, Question question) {
  std::vector<Branch> branches;
  for (auto const choice : ChoicesOf(question)) {
    branches.push_back(
        {std::string(CodeOf(choice)), Take(answers, question, choice).value()});
  }
  if (question == Question::kCertExpiry) {
    for (auto const month : kMonths) {
      branches.push_back({"month", TakeExpiryMonth(answers, month, kToday)});
    }
  }
  return branches;
}

void Walk(std::vector<Question>& asked, Answers const& answers,
          Circumstances const& now, RenewalRules const& rules,
          std::vector<Path>& paths) {
  auto const next = NextStep(answers, now, rules);
  if (auto const* advice = std::get_if<Decision>(&next)) {
    paths.push_back({asked, answers, *advice});
    return;
  }
  auto const question = std::get<Question>(next);
  ASSERT_THAT(asked, Not(Contains(question))) << "asked again";
  ASSERT_LT(static_cast<int>(asked.size()), kMostQuestions);
  asked.push_back(question);
  for (auto const& branch : BranchesOf(answers, question)) {
    Walk(asked, branch.answers, now, rules, paths);
  }
  asked.pop_back();
}

std::vector<Path> AllPaths(Circumstances const& now = {},
                           RenewalRules const& rules = {}) {
  std::vector<Path> paths;
  std::vector<Question> asked;
  Walk(asked, {}, now, rules, paths);
  return paths;
}

Path Answering(std::vector<Choice> const& choices) {
  Path path;
  for (auto const choice : choices) {
    auto const question = std::get<Question>(NextStep(path.answers, {}, {}));
    path.questions.push_back(question);
    path.answers = Take(path.answers, question, choice).value();
  }
  path.advice = std::get<Decision>(NextStep(path.answers, {}, {}));
  return path;
}

TEST(TriageTest, EveryPathEndsAfterAtMostSixQuestions) {
  std::size_t longest = 0;
  for (bool const after_expiry : {false, true}) {
    auto const paths = AllPaths({}, {.proxy_after_expiry = after_expiry});
    EXPECT_GT(paths.size(), 500U);
    for (auto const& path : paths) {
      longest = std::max(longest, path.questions.size());
    }
    RecordProperty(after_expiry ? "paths_after_expiry" : "paths",
                   static_cast<int>(paths.size()));
  }
  EXPECT_EQ(longest, static_cast<std::size_t>(kMostQuestions));
}

TEST(TriageTest, ReachesEveryRowOfTheKioskAndNoneOfTheWindow) {
  std::set<RowId> reached;
  for (auto const& path : AllPaths()) reached.insert(path.advice.row);
  for (auto const& row : Rows()) {
    bool const by_answers = row.id > RowId::kC03;
    EXPECT_EQ(reached.contains(row.id),
              by_answers && row.place == Place::kKiosk)
        << row.code;
  }
}

TEST(TriageTest, AsksNothingWhenTheOfficeServesNobody) {
  for (auto const& now : {Circumstances{.reception = Reception::kOutsideHours},
                          Circumstances{.weekend_counter = true},
                          Circumstances{.upstream = Upstream::kUnavailable}}) {
    auto const next = NextStep({}, now, {});
    ASSERT_TRUE(std::holds_alternative<Decision>(next));
    EXPECT_LE(std::get<Decision>(next).row, RowId::kC03);
    EXPECT_THAT(std::get<Decision>(next).staff_checks, IsEmpty());
  }
}

TEST(TriageTest, AsksTheHolderFiveQuestions) {
  auto const path = Answering({Choice::kOwnCard, Choice::kHere, Choice::kLater,
                               Choice::kWithinThreeMonths, Choice::kKnown});
  EXPECT_THAT(path.questions,
              ElementsAre(Question::kWho, Question::kCard, Question::kCardDate,
                          Question::kCertExpiry, Question::kPin));
  EXPECT_EQ(path.advice.row, RowId::kC20);
  EXPECT_EQ(path.advice.service, RenewalService::kRenewSelf);
  // Whether a move has taken the signing certificate, the window sees.
  EXPECT_THAT(path.advice.staff_checks,
              ElementsAre(Fact::kCert, Fact::kRegisteredHere, Fact::kStayEnding,
                          Fact::kCardFaceCurrent));
}

TEST(TriageTest, AsksAProxyForThePapers) {
  auto const path =
      Answering({Choice::kAsProxy, Choice::kHere, Choice::kLater,
                 Choice::kWithinThreeMonths, Choice::kYes, Choice::kGlued});
  EXPECT_THAT(path.questions,
              ElementsAre(Question::kWho, Question::kCard, Question::kCardDate,
                          Question::kCertExpiry, Question::kPhotoId,
                          Question::kReplyForm));
  EXPECT_EQ(path.advice.row, RowId::kC30);
}

TEST(TriageTest, AsksARepresentativeForThePinAndNoForm) {
  auto const path =
      Answering({Choice::kAsRepresentative, Choice::kHere, Choice::kLater,
                 Choice::kPassed, Choice::kYes, Choice::kForgotten});
  EXPECT_EQ(path.advice.row, RowId::kC41);
  EXPECT_THAT(path.advice.staff_checks, Contains(Fact::kAuthority));
}

TEST(TriageTest, AsksNoMoreOnceARowHits) {
  EXPECT_EQ(Answering({Choice::kAsProxy, Choice::kLost}).advice.row,
            RowId::kC07);
  EXPECT_EQ(Answering({Choice::kOwnCard, Choice::kAtHome}).advice.row,
            RowId::kC06);
  EXPECT_EQ(
      Answering({Choice::kOwnCard, Choice::kHere, Choice::kPassed}).advice.row,
      RowId::kC08);
  EXPECT_EQ(
      Answering({Choice::kOwnCardRepresented, Choice::kHere, Choice::kLater})
          .advice.row,
      RowId::kC28);
  EXPECT_EQ(Answering({Choice::kOwnCard, Choice::kHere, Choice::kLater,
                       Choice::kLater})
                .advice.row,
            RowId::kC13);
  EXPECT_EQ(Answering({Choice::kAsProxy, Choice::kHere, Choice::kLater,
                       Choice::kPassed})
                .advice.row,
            RowId::kC31);
  EXPECT_EQ(Answering({Choice::kAsProxy, Choice::kHere, Choice::kLater,
                       Choice::kWithinThreeMonths, Choice::kNo})
                .advice.row,
            RowId::kC36);
}

// Whether somebody knows the answer or not, it must be able to change the row.
void ExpectEachQuestionMatters(Answers const& answers) {
  auto const next = NextStep(answers, {}, {});
  if (std::holds_alternative<Decision>(next)) return;
  auto const question = std::get<Question>(next);
  std::set<RowId> rows;
  for (auto const& branch : BranchesOf(answers, question)) {
    if (branch.said == CodeOf(Choice::kDoesNotKnow)) continue;
    std::vector<Path> paths;
    std::vector<Question> asked;
    Walk(asked, branch.answers, {}, {}, paths);
    for (auto const& path : paths) rows.insert(path.advice.row);
    ExpectEachQuestionMatters(branch.answers);
  }
  EXPECT_GT(rows.size(), 1U) << CodeOf(question) << " splits nothing";
}

TEST(TriageTest, AsksNothingThatSplitsNoRows) { ExpectEachQuestionMatters({}); }

TEST(TriageTest, NobodyWhoDoesNotKnowIsLeftAlone) {
  for (auto const& path : AllPaths()) {
    EXPECT_TRUE(path.advice.may_consult);
    EXPECT_FALSE(path.advice.texts.empty());
  }
  EXPECT_EQ(Answering({Choice::kDoesNotKnow}).advice.service,
            RenewalService::kConsult);
  auto const unsure =
      Answering({Choice::kOwnCard, Choice::kDoesNotKnow, Choice::kDoesNotKnow,
                 Choice::kDoesNotKnow, Choice::kDoesNotKnow});
  EXPECT_EQ(unsure.advice.row, RowId::kC21);
  EXPECT_EQ(unsure.advice.service, RenewalService::kRenewPinReset);
  for (auto const fact :
       {Fact::kCard, Fact::kCardStanding, Fact::kCert, Fact::kPin}) {
    EXPECT_THAT(unsure.advice.staff_checks, Contains(fact));
  }
  auto const proxy = Answering({Choice::kAsProxy, Choice::kHere, Choice::kLater,
                                Choice::kDoesNotKnow, Choice::kDoesNotKnow,
                                Choice::kDoesNotKnow});
  EXPECT_EQ(proxy.advice.row, RowId::kC30);
  for (auto const fact :
       {Fact::kCert, Fact::kPhotoId, Fact::kReplyForm, Fact::kPin}) {
    EXPECT_THAT(proxy.advice.staff_checks, Contains(fact));
  }
}

TEST(TriageTest, AMonthTellsWhenToComeBack) {
  auto path = Answering(
      {Choice::kOwnCard, Choice::kHere, Choice::kLater, Choice::kLater});
  EXPECT_EQ(path.advice.date, std::nullopt);
  EXPECT_THAT(path.advice.texts, Contains(AdviceText::kTooEarlyUndated));
  path.answers = TakeExpiryMonth(path.answers, 2027y / 1, kToday);
  path.advice = std::get<Decision>(NextStep(path.answers, {}, {}));
  EXPECT_EQ(path.advice.row, RowId::kC13);
  EXPECT_EQ(path.advice.date, year_month_day(2026y / 11 / 1));
  EXPECT_THAT(path.advice.texts, Contains(AdviceText::kTooEarly));
  // Choosing again forgets the month.
  path.answers =
      Take(path.answers, Question::kCertExpiry, Choice::kLater).value();
  EXPECT_EQ(std::get<Decision>(NextStep(path.answers, {}, {})).date,
            std::nullopt);
}

TEST(TriageTest, AMonthThatLeavesTwoStandingsIsForStaff) {
  auto path = Answering(
      {Choice::kOwnCard, Choice::kHere, Choice::kLater, Choice::kLater});
  for (auto const month : {2026y / 5, 2026y / 8}) {
    auto answers = TakeExpiryMonth(path.answers, month, kToday);
    EXPECT_EQ(std::get<Question>(NextStep(answers, {}, {})), Question::kPin);
    answers = Take(answers, Question::kPin, Choice::kKnown).value();
    auto const advice = std::get<Decision>(NextStep(answers, {}, {}));
    EXPECT_EQ(advice.row, RowId::kC20);
    EXPECT_THAT(advice.staff_checks, Contains(Fact::kCert));
  }
}

TEST(TriageTest, ANewAnswerToTheFirstQuestionForgetsWhatHangsOnIt) {
  auto const proxy =
      Answering({Choice::kAsProxy, Choice::kHere, Choice::kLater,
                 Choice::kWithinThreeMonths, Choice::kYes, Choice::kGlued});
  auto const self =
      Take(proxy.answers, Question::kWho, Choice::kOwnCard).value();
  EXPECT_EQ(std::get<Question>(NextStep(self, {}, {})), Question::kPin);
}

TEST(TriageTest, ANoticeDoesNotTellWhetherAMoveTookACertificate) {
  for (auto const choice :
       {Choice::kLater, Choice::kWithinThreeMonths, Choice::kPassed}) {
    auto const answers = Take({}, Question::kCertExpiry, choice).value();
    EXPECT_TRUE(answers.signing_cert.values().Has(CertStanding::kRevoked));
    EXPECT_TRUE(answers.signing_cert.values().Has(CertStanding::kNone));
    EXPECT_FALSE(answers.user_cert.values().Has(CertStanding::kRevoked));
  }
}

TEST(TriageTest, WhatTheWindowKnowsAlreadyIsNotAskedAround) {
  Answers answers;
  answers.registered_here = YesNo::kNo;
  EXPECT_EQ(std::get<Decision>(NextStep(answers, {}, {})).row, RowId::kC05);
}

TEST(TriageTest, TakesOnlyChoicesOfTheQuestion) {
  EXPECT_FALSE(Take({}, Question::kWho, Choice::kKnown));
  EXPECT_FALSE(Take({}, Question::kPin, Choice::kHere));
}

TEST(TriageTest, HasAButtonForStaffBesideEveryQuestion) {
  std::set<std::string_view> codes;
  for (auto const question :
       {Question::kWho, Question::kCard, Question::kCardDate,
        Question::kCertExpiry, Question::kPhotoId, Question::kReplyForm,
        Question::kPin}) {
    EXPECT_TRUE(codes.insert(CodeOf(question)).second);
    auto const choices = ChoicesOf(question);
    EXPECT_LE(choices.size(), 5U);
    EXPECT_EQ(choices.back(), Choice::kDoesNotKnow);
    EXPECT_EQ(std::set<Choice>(choices.begin(), choices.end()).size(),
              choices.size());
    for (auto const choice : choices) EXPECT_NE(CodeOf(choice), "");
  }
}

// One value in place of what `answer` leaves open; the usual one where staff
// check it.
template <typename T>
std::vector<T> Completions(Answer<T> const& answer, Answer<T> const& usual,
                           bool checked) {
  return checked ? usual.values().List() : answer.values().List();
}

// All answers that fit those of `path` and agree with the advice on what staff
// check, except in the answers that no row reads.
template <typename See>
int ForEachCompletion(Path const& path, See see) {
  auto const& open = path.answers;
  auto const usual = AsUsual(open);
  auto const cert = PossibleFacts(usual).cert;
  auto const checks = [&](Fact fact) {
    auto const& all = path.advice.staff_checks;
    return std::find(all.begin(), all.end(), fact) != all.end();
  };
  int count = 0;
  std::vector<Answers> some = {open};
  auto const split = [&](auto member, bool checked) {
    std::vector<Answers> finer;
    for (auto const& answers : some) {
      for (auto const value :
           Completions(open.*member, usual.*member, checked)) {
        finer.push_back(answers);
        finer.back().*member = value;
      }
    }
    some = std::move(finer);
  };
  split(&Answers::who, checks(Fact::kWho));
  split(&Answers::holder, checks(Fact::kHolder));
  split(&Answers::card, checks(Fact::kCard));
  split(&Answers::card_standing, checks(Fact::kCardStanding));
  split(&Answers::signing_cert, false);
  split(&Answers::user_cert, false);
  split(&Answers::signing_wish, checks(Fact::kSigningWish));
  if (checks(Fact::kCert)) {
    std::erase_if(some, [&](Answers const& answers) {
      return PossibleFacts(answers).cert != cert;
    });
  }
  split(&Answers::pin, checks(Fact::kPin));
  split(&Answers::reply_form, checks(Fact::kReplyForm));
  split(&Answers::photo_id, checks(Fact::kPhotoId));
  split(&Answers::authority, checks(Fact::kAuthority));
  split(&Answers::registered_here, checks(Fact::kRegisteredHere));
  split(&Answers::stay_ending, checks(Fact::kStayEnding));
  split(&Answers::card_face_current, checks(Fact::kCardFaceCurrent));
  for (auto const& answers : some) {
    ++count;
    see(answers);
  }
  return count;
}

TEST(TriageTest, WhatTheKioskAdvisesIsWhatTheWindowFindsUnlessAnythingChecked) {
  int completions = 0;
  for (auto const& path : AllPaths()) {
    int const count = ForEachCompletion(path, [&](Answers const& answers) {
      auto const found = Decide(answers, {}, {});
      ASSERT_EQ(CodeOf(found.row), CodeOf(path.advice.row));
      ASSERT_EQ(found.service, path.advice.service);
      ASSERT_THAT(found.staff_checks, IsEmpty());
    });
    ASSERT_GT(count, 0);
    completions += count;
  }
  RecordProperty("completions", completions);
}

// Not only along the paths: programs may send any answers.
TEST(TriageTest, AnyAnswersOfAKioskHitOneRowOfTheKiosk) {
  std::vector<Answers> all = {Answers()};
  for (auto const question :
       {Question::kWho, Question::kCard, Question::kCardDate,
        Question::kCertExpiry, Question::kPhotoId, Question::kReplyForm,
        Question::kPin}) {
    std::vector<Answers> more = all;
    for (auto const& answers : all) {
      for (auto const& branch : BranchesOf(answers, question)) {
        more.push_back(branch.answers);
      }
    }
    all = std::move(more);
  }
  ASSERT_EQ(all.size(), 6U * 5 * 5 * 10 * 4 * 6 * 6);
  std::set<RowId> hit;
  for (auto const& answers : all) {
    auto const decision = Decide(answers, {}, {});
    hit.insert(decision.row);
    ASSERT_FALSE(decision.texts.empty());
  }
  for (auto const& row : Rows()) {
    EXPECT_EQ(hit.contains(row.id),
              row.id > RowId::kC03 && row.place == Place::kKiosk)
        << row.code;
  }
}

RC_GTEST_PROP(TriageTest, AnAnswerToTheQuestionAskedAlwaysLeadsOn, ()) {
  Circumstances now;
  now.busy_day = *rc::gen::arbitrary<bool>();
  now.upstream = *rc::gen::element(Upstream::kOk, Upstream::kSlow);
  RenewalRules rules;
  rules.proxy_after_expiry = *rc::gen::arbitrary<bool>();
  rules.reset_proof = *rc::gen::element(
      ResetProof::kCardOnly, ResetProof::kSecondId, ResetProof::kOralQuestions);
  Answers answers;
  int questions = 0;
  for (auto next = NextStep(answers, now, rules);
       std::holds_alternative<Question>(next);
       next = NextStep(answers, now, rules)) {
    RC_ASSERT(++questions <= kMostQuestions);
    auto const question = std::get<Question>(next);
    auto const branches = BranchesOf(answers, question);
    auto const before = answers;
    answers =
        branches[*rc::gen::inRange<std::size_t>(0, branches.size())].answers;
    RC_ASSERT(answers != before);
    auto const talk = TalkToStaff(now, rules);
    RC_ASSERT(talk.service == RenewalService::kConsult);
  }
}

}  // namespace
}  // namespace madoguchi::renewal
