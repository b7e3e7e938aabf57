#include "services/ticketing/domain/ticket.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

TEST(TicketTest, ItsIdIsDaySeriesAndSerial) {
  EXPECT_EQ(MakeTicketId({20261123}, {"a"}, 7).value, "20261123-a-00007");
  EXPECT_EQ(MakeTicketId({20261123}, {"renew2"}, 0).value,
            "20261123-renew2-00000");
}

TEST(TicketTest, ItsIdNeverWraps) {
  EXPECT_EQ(MakeTicketId({20261123}, {"a"}, 99'999).value, "20261123-a-99999");
  EXPECT_EQ(MakeTicketId({20261123}, {"a"}, 100'000).value,
            "20261123-a-100000");
}

TEST(TicketTest, ItsIdTellsTheDay) {
  EXPECT_EQ(DayOf(MakeTicketId({20261123}, {"a"}, 7)), BusinessDay{20261123});
  EXPECT_EQ(DayOf(MakeTicketId({20261123}, {"a"}, 123'456)),
            BusinessDay{20261123});
}

TEST(TicketTest, TextsOfAnotherFormAreNoIds) {
  for (std::string const text :
       {"", "20261123", "20261123-", "20261123-a", "20261123-a-",
        "20261123--00007", "2026112-a-00007", "202611230-a-00007",
        "2026112x-a-00007", "20261123-a-0000x", "20261123-a-00007 ",
        "20261123_a-00007", "-20261123-a-00007"}) {
    EXPECT_EQ(DayOf({text}), std::nullopt) << text;
  }
  EXPECT_EQ(DayOf({"20261123-" + std::string(60, 'a') + "-00007"}),
            std::nullopt);
}

TEST(TicketTest, NumbersBeginAgainAfterTheLastOfTheSeries) {
  Series const series{{"a"}, "A", 101, 200};
  EXPECT_EQ(NumberOf(series, 0), "A101");
  EXPECT_EQ(NumberOf(series, 199), "A300");
  EXPECT_EQ(NumberOf(series, 200), "A101");
  EXPECT_EQ(NumberOf(series, 100'000'000'000), "A101");
}

TEST(TicketTest, OnlyCompletedAndCancelledNumbersMayBeIssuedAgain) {
  EXPECT_TRUE(IsLive(TicketState::kWaiting));
  EXPECT_TRUE(IsLive(TicketState::kCalled));
  EXPECT_TRUE(IsLive(TicketState::kServing));
  EXPECT_TRUE(IsLive(TicketState::kAbsent));
  EXPECT_FALSE(IsLive(TicketState::kCompleted));
  EXPECT_FALSE(IsLive(TicketState::kCancelled));
}

TEST(TicketTest, TheOrderIsByRankAndEqualsById) {
  std::vector<CallOrder> order = {{{2}, {"20261123-a-00001"}},
                                  {{1}, {"20261123-a-00003"}},
                                  {{1}, {"20261123-a-00002"}}};
  std::sort(order.begin(), order.end());
  EXPECT_THAT(order,
              ::testing::ElementsAre(CallOrder{{1}, {"20261123-a-00002"}},
                                     CallOrder{{1}, {"20261123-a-00003"}},
                                     CallOrder{{2}, {"20261123-a-00001"}}));
}

}  // namespace
}  // namespace madoguchi::ticketing
