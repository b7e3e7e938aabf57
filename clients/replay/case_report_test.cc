#include "clients/replay/case_report.h"
#include "clients/replay/case_kind.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi::replay {
namespace {

using renewal::v1::Answers;
using renewal::v1::Renewal;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(CaseKindTest, EachHasACodeThatLeadsBack) {
  for (int i = 0; i != kCaseKinds; ++i) {
    auto const kind = static_cast<CaseKind>(i);
    EXPECT_EQ(CaseKindOf(CodeOf(kind)), kind);
  }
  EXPECT_EQ(CaseKindOf("something"), std::nullopt);
}

// What is said at the kiosk and found at the window is one visitor's.
TEST(CaseKindTest, KioskAndWindowTellTheSame) {
  for (int i = 1; i != kCaseKinds; ++i) {
    auto const kind = static_cast<CaseKind>(i);
    auto const answers = AnswersAtWindow(kind);
    EXPECT_EQ(ChoiceAtKiosk(kind, "WHO") == "AS_PROXY",
              answers.who() == Answers::VOL);
    EXPECT_EQ(ChoiceAtKiosk(kind, "PIN") == "FORGOTTEN",
              answers.pin() == Answers::FORGOTTEN);
    EXPECT_EQ(ChoiceAtKiosk(kind, "CERT_EXPIRY") == "LATER",
              answers.user_cert() == Answers::NOT_YET);
    EXPECT_EQ(ChoiceAtKiosk(kind, "CARD_DATE") == "WITHIN_THREE_MONTHS",
              answers.card_standing() == Answers::EXPIRES_SOON);
    EXPECT_EQ(ChoiceAtKiosk(kind, "REPLY_FORM") == "NOT_GLUED",
              answers.reply_form() == Answers::NOT_SEALED);
  }
}

CaseRecord Ended(Renewal::Result result) {
  CaseRecord record;
  record.renewal.emplace();
  record.renewal->set_state(Renewal::FINISHED);
  record.renewal->set_result(result);
  return record;
}

class CaseReportTest : public ::testing::Test {
 protected:
  CaseReportTest() {
    cases_.records = {Ended(Renewal::RENEWED), Ended(Renewal::RENEWED),
                      Ended(Renewal::HOLDER_RESET), Ended(Renewal::REFUSED),
                      Ended(Renewal::ADVISED)};
    cases_.records[1].times_parked = 2;
    cases_.records[1].parked = std::chrono::minutes(40);
    cases_.records.emplace_back().told_at_kiosk = true;
    cases_.records.emplace_back();
    cases_.records.emplace_back().renewal.emplace();
    cases_.records.back().renewal->set_state(Renewal::PARKED);
    cases_.steps[renewal::v1::CHECK_FORM] = {4, std::chrono::minutes(6)};
  }

  Cases cases_;
};

TEST_F(CaseReportTest, CountsOutcomesAndWhatWasInVain) {
  auto const figures = SummariseCases(cases_);
  EXPECT_THAT(figures.results,
              UnorderedElementsAre(Pair("RENEWED", 2), Pair("HOLDER_RESET", 1),
                                   Pair("REFUSED", 1), Pair("ADVISED", 1)));
  EXPECT_EQ(figures.open, 1);
  // The authority's refusal is nobody's mistake at the desk.
  EXPECT_EQ(figures.wasted, 2);
  EXPECT_EQ(figures.told_at_kiosk, 1);
}

TEST_F(CaseReportTest, TellsTheOutageApart) {
  auto const figures = SummariseCases(cases_);
  EXPECT_EQ(figures.parked, 1);
  EXPECT_DOUBLE_EQ(figures.lost_minutes, 40);
  auto const text = FormatCases(cases_);
  EXPECT_THAT(text, HasSubstr("waited for the authority       1   40 minutes"));
  EXPECT_THAT(text, HasSubstr("CHECK_FORM                     4      1.5"));
}

TEST_F(CaseReportTest, ADayWithoutCasesSaysNothingOfThem) {
  EXPECT_THAT(FormatCases({}), IsEmpty());
}

}  // namespace
}  // namespace madoguchi::replay
