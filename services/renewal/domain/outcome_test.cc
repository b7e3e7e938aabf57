#include "services/renewal/domain/outcome.h"
#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/facts.h"
#include <gtest/gtest.h>
#include <set>
#include <string>

namespace madoguchi::renewal {
namespace {

// What `code_of` says to each value from `first` to `last`.
template <typename T, typename CodeOfValue>
std::set<std::string> CodesBetween(T first, T last, CodeOfValue code_of) {
  std::set<std::string> codes;
  for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
    std::string const code(code_of(static_cast<T>(i)));
    EXPECT_NE(code, "") << i;
    EXPECT_TRUE(codes.insert(code).second) << code << " twice";
  }
  return codes;
}

template <typename T>
void ExpectCodes(T first, T last) {
  auto const codes =
      CodesBetween(first, last, [](T value) { return CodeOf(value); });
  for (auto const& code : codes) {
    EXPECT_EQ(code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"),
              std::string::npos)
        << code;
  }
}

TEST(OutcomeTest, EachValueHasACodeOfItsOwn) {
  ExpectCodes(Outcome::kNoTicket, Outcome::kAskStaff);
  ExpectCodes(WayOn::kTwoVisitsInquiry, WayOn::kNewIssueAfterUpdate);
  ExpectCodes(Paper::kCard, Paper::kResidenceCard);
  ExpectCodes(Fact::kWho, Fact::kCardFaceCurrent);
  EXPECT_EQ(CodeOf(WayOn::kNone), "");
}

TEST(OutcomeTest, ServicesHaveTheIdsOfTheSettings) {
  EXPECT_EQ(
      CodesBetween(RenewalService::kRenewSelf, RenewalService::kConsult,
                   [](RenewalService each) { return ServiceIdOf(each).value; }),
      (std::set<std::string>{"card_apply", "card_pickup", "consult",
                             "other_mynumber", "renew_pin_reset", "renew_proxy",
                             "renew_self"}));
  EXPECT_EQ(ServiceIdOf(RenewalService::kNone).value, "");
}

TEST(AdviceTextTest, EachTextHasAnIdOfTheCatalogue) {
  auto const ids =
      CodesBetween(AdviceText::kReady, AdviceText::kSigningPossible, TextIdOf);
  for (auto const& id : ids) {
    EXPECT_TRUE(id.starts_with("advice."));
    EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 7),
              std::string::npos)
        << id;
  }
  EXPECT_EQ(TextIdOf(AdviceText::kNone), "");
}

}  // namespace
}  // namespace madoguchi::renewal
