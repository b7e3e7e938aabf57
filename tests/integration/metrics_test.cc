#include "tests/integration/ticketing_house.h"
#include "tests/support/metrics_page.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::testing {
namespace {

using ::testing::Optional;
using ticketing::v1::TicketService;

TEST(MetricsTest, ThePageShowsTheServersOwnMetrics) {
  auto const port = FreePort();
  ASSERT_THAT(port, IsOk());
  auto const page = "127.0.0.1:" + std::to_string(*port);
  TicketingHouse house(1, {"--metrics_listen", page});
  ASSERT_THAT(Call(house.at(0).tickets, &TicketService::Stub::IssueTicket,
                   IssueOf("renew_self")),
              IsOk());
  EXPECT_THAT(ReadMetric(page, "madoguchi_ready"), Optional(1));
  EXPECT_THAT(ReadMetric(page,
                         "madoguchi_rpc_calls_total"
                         "{code=\"0\",method=\"IssueTicket\"}"),
              Optional(1));
}

}  // namespace
}  // namespace madoguchi::testing
