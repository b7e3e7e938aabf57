#include "services/ticketing/domain/queues.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::ticketing {
namespace {

using ::testing::ElementsAre;

class QueuesTest : public ::testing::Test {
 protected:
  QueuesTest() { office_.routed_languages = {"en"}; }

  Office office_ = MakeCity().offices.front();
};

TEST_F(QueuesTest, OnlyLanguagesThatAreRoutedHaveQueuesOfTheirOwn) {
  EXPECT_EQ(ServiceQueue(office_, {"renew"}, "ja"), QueueId{"renew"});
  EXPECT_EQ(ServiceQueue(office_, {"renew"}, "ja-easy"), QueueId{"renew"});
  EXPECT_EQ(ServiceQueue(office_, {"renew"}, "en"), QueueId{"renew~en"});
}

TEST_F(QueuesTest, AQueueTellsItsServiceAndItsLanguage) {
  EXPECT_EQ(ServiceOf({"renew"}), ServiceId{"renew"});
  EXPECT_EQ(ServiceOf({"renew~en"}), ServiceId{"renew"});
  EXPECT_EQ(LanguageOf({"renew"}), "");
  EXPECT_EQ(LanguageOf({"renew~en"}), "en");
}

TEST_F(QueuesTest, ACountersOwnQueueIsOfNoService) {
  auto const own = CounterQueue({"5"});
  EXPECT_TRUE(IsCounterQueue(own));
  EXPECT_EQ(ServiceOf(own), std::nullopt);
  EXPECT_FALSE(IsCounterQueue({"renew"}));
  EXPECT_FALSE(IsCounterQueue({""}));
}

TEST_F(QueuesTest, ACounterCallsFromItsOwnFirstAndFromAllItServes) {
  EXPECT_THAT(
      QueuesOf(office_, office_.counters[1]),
      ElementsAre(QueueId{"@2"}, QueueId{"renew"}, QueueId{"renew~en"}));
}

TEST_F(QueuesTest, AnOfficeHasThoseOfItsServicesAndOfItsCounters) {
  EXPECT_THAT(
      QueuesOf(office_),
      ElementsAre(QueueId{"renew"}, QueueId{"renew~en"}, QueueId{"reset"},
                  QueueId{"reset~en"}, QueueId{"pickup"}, QueueId{"pickup~en"},
                  QueueId{"@1"}, QueueId{"@2"}, QueueId{"@3"}));
}

TEST_F(QueuesTest, ATicketWithoutQueueWaitsInThatOfItsService) {
  auto ticket = WaitingTicket(0, "reset");
  EXPECT_EQ(QueueOf(ticket), QueueId{"reset"});
  ticket.queue = {"@1"};
  EXPECT_EQ(QueueOf(ticket), QueueId{"@1"});
}

}  // namespace
}  // namespace madoguchi::ticketing
