#include "services/renewal/domain/closing_text.h"
#include "services/renewal/domain/decision_table.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

RenewalCase Finished(CaseResult result, std::string const& row,
                     bool has_signing = true, bool has_user = true) {
  RenewalCase renewal;
  renewal.state = CaseState::kFinished;
  renewal.result = result;
  renewal.plan.row = row;
  renewal.plan.has_signing = has_signing;
  renewal.plan.has_user = has_user;
  return renewal;
}

RenewalCase ParkedFor(ParkReason reason) {
  RenewalCase renewal;
  renewal.state = CaseState::kParked;
  renewal.parking = Parking{reason, {}, {}};
  return renewal;
}

struct Line {
  char const* what;
  RenewalCase renewal;
  std::vector<std::string_view> texts;
};

TEST(ClosingTextTest, SaysWhatCameOfItWhatGoesOnAndWhatIsNext) {
  std::vector<Line> const lines = {
      {"both certificates",
       Finished(CaseResult::kRenewed, "C-20"),
       {"closing.renewed", "closing.works_again", "closing.signing_soon",
        "closing.further_steps"}},
      {"of a child: no signing certificate",
       Finished(CaseResult::kRenewed, "C-40", false),
       {"closing.renewed", "closing.works_again", "closing.further_steps"}},
      {"after a move: the signing certificate alone",
       Finished(CaseResult::kNewlyIssued, "C-12", true, false),
       {"closing.newly_issued", "closing.user_cert_goes_on",
        "closing.signing_soon", "closing.further_steps"}},
      {"after expiry",
       Finished(CaseResult::kNewlyIssued, "C-24"),
       {"closing.newly_issued", "closing.works_again", "closing.signing_soon",
        "closing.further_steps"}},
      {"first of two visits",
       Finished(CaseResult::kApplied, "C-31"),
       {"advice.two_visits", "closing.card_stays_valid",
        "closing.after_expiry"}},
      {"too early; a case has no date",
       Finished(CaseResult::kAdvised, "C-13"),
       {"advice.too_early_undated", "advice.notice_by_post",
        "closing.card_stays_valid", "closing.after_expiry"}},
      {"the card is lost, so nothing stays valid",
       Finished(CaseResult::kAdvised, "C-07"),
       {"advice.lost_card"}},
      {"the card expires soon, and a new one brings certificates",
       Finished(CaseResult::kAdvised, "C-09"),
       {"advice.card_renewal", "advice.card_brings_certs",
        "closing.card_stays_valid"}},
      {"staff decided",
       Finished(CaseResult::kAdvised, "C-99"),
       {"closing.card_stays_valid", "closing.after_expiry"}},
      {"refused",
       Finished(CaseResult::kRefused, "C-20"),
       {"closing.refused", "closing.card_stays_valid", "closing.after_expiry"}},
      {"wrong PIN in the form",
       Finished(CaseResult::kHolderReset, "C-32"),
       {"advice.holder_reset", "advice.give_form_back",
        "closing.card_stays_valid", "closing.after_expiry"}},
      {"waits for the visitor",
       ParkedFor(ParkReason::kVisitor),
       {"closing.kept_place"}},
      {"waits for the authority",
       ParkedFor(ParkReason::kUpstream),
       {"closing.waits_for_upstream", "closing.kept_place"}},
      {"custody: the place is not kept, for the visit ends",
       ParkedFor(ParkReason::kCustody),
       {"closing.card_in_custody", "closing.after_expiry"}},
  };
  for (auto const& line : lines) {
    EXPECT_EQ(ClosingTexts(line.renewal), line.texts) << line.what;
  }
}

TEST(ClosingTextTest, SaysNothingOfACaseThatIsOpenOrAbandoned) {
  RenewalCase renewal;
  EXPECT_THAT(ClosingTexts(renewal), IsEmpty());
  renewal.state = CaseState::kAbandoned;
  EXPECT_THAT(ClosingTexts(renewal), IsEmpty());
}

// No page could fill in a date: the case keeps none.
TEST(ClosingTextTest, NoRowLeavesWithATextThatWantsADate) {
  for (auto const& row : Rows()) {
    auto const texts =
        ClosingTexts(Finished(CaseResult::kAdvised, std::string(row.code)));
    EXPECT_THAT(texts, Not(IsEmpty())) << row.code;
    EXPECT_THAT(texts, Not(Contains("advice.too_early"))) << row.code;
    EXPECT_THAT(texts, Not(Contains("advice.closed"))) << row.code;
  }
}

}  // namespace
}  // namespace madoguchi::renewal
