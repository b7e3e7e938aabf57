#include "services/renewal/domain/triage_desk.h"
#include "tests/support/renewal_house.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <variant>
#include <vector>

namespace madoguchi::renewal {
namespace {

using madoguchi::testing::Invalid;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;

class SetUpstream : public UpstreamView {
 public:
  Upstream Now(OfficeId const&) const override { return upstream_; }
  void Set(Upstream upstream) { upstream_ = upstream; }

 private:
  Upstream upstream_ = Upstream::kOk;
};

class TriageDeskTest : public ::testing::Test {
 protected:
  TriageDeskTest() { house_.city.offices[0].time_zone = "Asia/Tokyo"; }

  absl::StatusOr<std::variant<Question, Decision>> Ask(
      std::vector<GivenAnswer> const& answers, bool talk_to_staff = false) {
    return desk_.Ask(kHonchoId, answers, talk_to_staff);
  }
  Decision Advice(std::vector<GivenAnswer> const& answers,
                  bool talk_to_staff = false) {
    auto const next = Ask(answers, talk_to_staff);
    EXPECT_THAT(next, IsOk());
    EXPECT_TRUE(std::holds_alternative<Decision>(*next));
    return std::get<Decision>(*next);
  }

  RenewalHouse house_;
  SetUpstream upstream_;
  TriageDesk desk_{house_.city, house_.settings, upstream_, house_.clock};
};

TEST_F(TriageDeskTest, AsksUntilTheTableHasAnAnswer) {
  auto const first = Ask({});
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(std::get<Question>(*first), Question::kWho);
  auto const advice = Advice({{"WHO", "OWN_CARD"},
                              {"CARD", "HERE"},
                              {"CARD_DATE", "LATER"},
                              {"CERT_EXPIRY", "WITHIN_THREE_MONTHS"},
                              {"PIN", "FORGOTTEN"}});
  EXPECT_EQ(CodeOf(advice.row), "C-21");
  EXPECT_EQ(ServiceIdOf(advice.service).value, "renew_pin_reset");
}

TEST_F(TriageDeskTest, WhoeverAsksForStaffGetsThemAtAnyStep) {
  EXPECT_EQ(CodeOf(Advice({}, /*talk_to_staff=*/true).row), "C-99");
  EXPECT_EQ(CodeOf(Advice({{"WHO", "AS_PROXY"}, {"CARD", "AT_HOME"}},
                          /*talk_to_staff=*/true)
                       .row),
            "C-99");
}

TEST_F(TriageDeskTest, WhileTheAuthorityIsAwayNobodyIsAskedAnything) {
  upstream_.Set(Upstream::kUnavailable);
  EXPECT_EQ(CodeOf(Advice({}).row), "C-03");
}

TEST_F(TriageDeskTest, AClosedOfficeSaysSoAndWhenItOpens) {
  house_.clock.Advance(std::chrono::hours(10));
  auto const advice = Advice({});
  EXPECT_EQ(CodeOf(advice.row), "C-01");
  EXPECT_TRUE(advice.date.has_value());
  EXPECT_FALSE(advice.may_consult);
}

TEST_F(TriageDeskTest, WhatIsNoChoiceIsRefused) {
  EXPECT_THAT(Ask({{"AGE", "FORTY"}}), Invalid("ANSWER_INVALID"));
  EXPECT_THAT(Ask({{"WHO", "HERE"}}), Invalid("ANSWER_INVALID"));
  EXPECT_THAT(desk_.Ask({"elsewhere"}, {}, /*talk_to_staff=*/false),
              IsError(absl::StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
}

}  // namespace
}  // namespace madoguchi::renewal
