#include "services/ticketing/rpc/link_tokens.h"
#include <gtest/gtest.h>

namespace madoguchi::ticketing {
namespace {

OfficeId const kOffice{"honcho"};
TicketId const kTicket{"20261123-a-00001"};

TEST(LinkTokensTest, TwoReplicasWithOneSecretAgree) {
  LinkTokens one;
  LinkTokens other;
  one.SetSecret("secret");
  other.SetSecret("secret");
  EXPECT_EQ(one.TokenOf(kOffice, kTicket).size(), 32U);
  EXPECT_TRUE(other.Opens(one.TokenOf(kOffice, kTicket), kOffice, kTicket));
}

TEST(LinkTokensTest, ATokenOpensOneTicketOfOneOfficeOnly) {
  LinkTokens tokens;
  tokens.SetSecret("secret");
  auto const token = tokens.TokenOf(kOffice, kTicket);
  EXPECT_FALSE(tokens.Opens(token, {"tobu"}, kTicket));
  EXPECT_FALSE(tokens.Opens(token, kOffice, {"20261123-a-00002"}));
  EXPECT_FALSE(tokens.Opens(token, kOffice, {"20261124-a-00001"}));
  EXPECT_FALSE(tokens.Opens("", kOffice, kTicket));
  EXPECT_FALSE(tokens.Opens(token + "0", kOffice, kTicket));
  EXPECT_TRUE(tokens.Opens(token, kOffice, kTicket));
}

TEST(LinkTokensTest, AnotherSecretGivesOtherTokens) {
  LinkTokens tokens;
  tokens.SetSecret("secret");
  auto const token = tokens.TokenOf(kOffice, kTicket);
  tokens.SetSecret("another");
  EXPECT_FALSE(tokens.Opens(token, kOffice, kTicket));
}

TEST(LinkTokensTest, WithoutASecretNothingOpens) {
  LinkTokens tokens;
  EXPECT_EQ(tokens.TokenOf(kOffice, kTicket), "");
  EXPECT_FALSE(tokens.Opens("", kOffice, kTicket));
}

}  // namespace
}  // namespace madoguchi::ticketing
