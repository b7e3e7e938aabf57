#include "clients/counter_terminal/case_answers.h"
#include "clients/texts/texts.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::counter_terminal {
namespace {

using renewal::v1::Answers;
using ::testing::Contains;
using ::testing::Not;

TEST(CaseDraftTest, BeginsWithWhatTheNumberWasTakenFor) {
  auto const self = CaseDraft("renew_self").ToProto();
  EXPECT_EQ(self.who(), Answers::SELF);
  EXPECT_EQ(self.holder(), Answers::ADULT);
  EXPECT_EQ(self.pin(), Answers::KNOWN);
  EXPECT_EQ(self.card(), Answers::WITH_ME);
  EXPECT_EQ(self.card_standing(), Answers::VALID);
  EXPECT_EQ(self.user_cert(), Answers::IN_WINDOW);
  EXPECT_EQ(self.registered_here(), Answers::YES);
  EXPECT_EQ(self.stay_ending(), Answers::NO);
  EXPECT_EQ(self.reply_form(), Answers::REPLY_FORM_UNSPECIFIED);
  EXPECT_EQ(CaseDraft("renew_pin_reset").ToProto().pin(), Answers::FORGOTTEN);
  auto const proxy = CaseDraft("renew_proxy").ToProto();
  EXPECT_EQ(proxy.who(), Answers::VOL);
  EXPECT_EQ(proxy.reply_form(), Answers::SEALED);
  EXPECT_EQ(proxy.photo_id(), Answers::YES);
  EXPECT_EQ(proxy.holder(), Answers::HOLDER_UNSPECIFIED);
}

TEST(CaseDraftTest, TurnsFromChoiceToChoiceAndRound) {
  CaseDraft draft("renew_self");
  EXPECT_THAT(draft.Rows(), Not(Contains("photo_id")));
  draft.Turn(0);
  // A representative comes for somebody who needs one.
  EXPECT_EQ(draft.ToProto().who(), Answers::STAT);
  EXPECT_EQ(draft.ToProto().holder(), Answers::UNDER_15);
  EXPECT_THAT(draft.Rows(), Contains("authority"));
  draft.Turn(0);
  EXPECT_EQ(draft.ToProto().who(), Answers::VOL);
  draft.Turn(0);
  EXPECT_EQ(draft.ToProto().who(), Answers::SELF);
  draft.Turn(99);
  EXPECT_EQ(draft.ToProto().who(), Answers::SELF);
}

TEST(CaseDraftTest, AMoveTakesTheSigningCertificateAlone) {
  CaseDraft draft("renew_self");
  while (draft.ChoiceOf("cert") != "revoked") draft.Turn(4);
  EXPECT_EQ(draft.ToProto().signing_cert(), Answers::REVOKED);
  EXPECT_EQ(draft.ToProto().user_cert(), Answers::IN_WINDOW);
}

TEST(CaseDraftTest, EachRowAndChoiceHasWordsAndADigit) {
  for (auto const* service : {"renew_self", "renew_proxy"}) {
    CaseDraft draft(service);
    for (int who = 0; who != 3; ++who, draft.Turn(0)) {
      auto const rows = draft.Rows();
      EXPECT_LE(rows.size(), 9U);
      for (std::size_t row = 1; row != rows.size(); ++row) {
        EXPECT_TRUE(texts::HasText("window." + rows[row]));
        for (int i = 0; i != 5; ++i, draft.Turn(row)) {
          auto const id =
              "window." + rows[row] + "." + draft.ChoiceOf(rows[row]);
          EXPECT_TRUE(texts::HasText(id)) << id;
        }
      }
    }
  }
}

}  // namespace
}  // namespace madoguchi::counter_terminal
