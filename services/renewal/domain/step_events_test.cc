#include "services/renewal/domain/step_events.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <vector>

namespace madoguchi::renewal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

StepEffect WrongPin(RowId running, PinKind kind, int in_a_row) {
  auto const effect = AfterWrongPin(running, kind, in_a_row);
  EXPECT_TRUE(effect.has_value());
  return effect.value_or(StepEffect());
}

TEST(StepEventsTest, AWrongPinChangesNothingAtFirst) {
  for (auto const kind : {PinKind::kFourDigits, PinKind::kSigning}) {
    auto const effect = WrongPin(RowId::kC20, kind, 1);
    EXPECT_EQ(effect.code, "C-23");
    EXPECT_EQ(effect.row, RowId::kC20);
    EXPECT_EQ(effect.outcome, Outcome::kRenewToday);
    EXPECT_FALSE(effect.offer_reset);
    EXPECT_THAT(effect.texts, IsEmpty());
  }
}

TEST(StepEventsTest, AResetIsOfferedBeforeTheLastTry) {
  for (int in_a_row = 1; in_a_row <= 6; ++in_a_row) {
    EXPECT_EQ(WrongPin(RowId::kC20, PinKind::kFourDigits, in_a_row).offer_reset,
              in_a_row == 2);
    EXPECT_EQ(WrongPin(RowId::kC20, PinKind::kSigning, in_a_row).offer_reset,
              in_a_row == 4);
  }
  auto const effect = WrongPin(RowId::kC20, PinKind::kFourDigits, 2);
  EXPECT_EQ(effect.row, RowId::kC20);
  EXPECT_EQ(effect.if_reset, RowId::kC21);
}

TEST(StepEventsTest, APinThatLocksMakesItACaseOfALockedPin) {
  EXPECT_EQ(WrongPin(RowId::kC20, PinKind::kFourDigits, 2).row, RowId::kC20);
  auto const effect = WrongPin(RowId::kC20, PinKind::kFourDigits, 3);
  EXPECT_EQ(effect.row, RowId::kC22);
  EXPECT_EQ(effect.outcome, Outcome::kResetThenRenew);
  EXPECT_THAT(effect.texts,
              ElementsAre(AdviceText::kReset, AdviceText::kLockStays));
  EXPECT_EQ(WrongPin(RowId::kC20, PinKind::kSigning, 4).row, RowId::kC20);
  EXPECT_EQ(WrongPin(RowId::kC20, PinKind::kSigning, 5).row, RowId::kC22);
}

TEST(StepEventsTest, ANewIssueStaysANewIssue) {
  for (auto const& [known, lost] : {std::pair(RowId::kC24, RowId::kC25),
                                    {RowId::kC12, RowId::kC12b},
                                    {RowId::kC14, RowId::kC14b}}) {
    auto const effect = WrongPin(known, PinKind::kSigning, 5);
    EXPECT_EQ(effect.row, lost);
    EXPECT_EQ(effect.outcome, Outcome::kResetThenNewIssue);
    EXPECT_EQ(WrongPin(known, PinKind::kSigning, 4).if_reset, lost);
  }
  EXPECT_EQ(WrongPin(RowId::kC40, PinKind::kFourDigits, 3).row, RowId::kC41);
}

TEST(StepEventsTest, NobodyElseEntersAPin) {
  for (auto const& row : Rows()) {
    bool const enters = row.id == RowId::kC20 || row.id == RowId::kC24 ||
                        row.id == RowId::kC12 || row.id == RowId::kC14 ||
                        row.id == RowId::kC40;
    EXPECT_EQ(AfterWrongPin(row.id, PinKind::kSigning, 1).has_value(), enters)
        << row.code;
  }
}

TEST(StepEventsTest, AWrongPinInTheFormEndsTheVisitOfAProxy) {
  auto const effect = AfterWrongPinInForm(RowId::kC30, {});
  ASSERT_TRUE(effect);
  EXPECT_EQ(effect->code, "C-33");
  EXPECT_EQ(effect->outcome, Outcome::kCannotToday);
  EXPECT_EQ(effect->way_on, WayOn::kHolderReset);
  EXPECT_FALSE(effect->offer_reset);
  EXPECT_THAT(effect->texts,
              ElementsAre(AdviceText::kHolderReset, AdviceText::kGiveFormBack));
  EXPECT_EQ(
      AfterWrongPinInForm(RowId::kC30, {.proxy_reset = ProxyReset::kTwoVisits})
          ->way_on,
      WayOn::kProxyReset);
  for (auto const& row : Rows()) {
    EXPECT_EQ(AfterWrongPinInForm(row.id, {}).has_value(),
              row.id == RowId::kC30);
  }
}

}  // namespace
}  // namespace madoguchi::renewal
