#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>

// A Redis that is not fit: each case is named, to those who call and to those
// who ask whether the server is ready; nothing is changed, and work goes on
// when it is fit again.
namespace madoguchi::testing {
namespace {

using ticketing::v1::CounterService;
using ticketing::v1::TicketService;

constexpr auto kUnavailable = absl::StatusCode::kUnavailable;

class StoreFaultsTest : public ::testing::Test {
 protected:
  absl::StatusOr<ticketing::v1::IssueTicketResponse> Issue() {
    return Repeat(IssueOf("renew_self"));
  }
  absl::StatusOr<ticketing::v1::IssueTicketResponse> Repeat(
      ticketing::v1::IssueTicketRequest const& request) {
    return Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket,
                request);
  }

  // Asks until the server says `reason` ("" for ready): it looks every second.
  void AwaitReadiness(std::string const& reason) {
    auto const limit =
        std::chrono::steady_clock::now() + std::chrono::seconds(20);
    rpc::v1::CheckReadinessResponse last;
    while (std::chrono::steady_clock::now() < limit) {
      auto const answer = Call(house_.at(0).readiness,
                               &rpc::v1::ReadinessService::Stub::CheckReadiness,
                               rpc::v1::CheckReadinessRequest());
      ASSERT_THAT(answer, IsOk());
      last = *answer;
      if (last.ready() == reason.empty() && last.reason() == reason) return;
    }
    FAIL() << "not " << reason << " but " << last.ShortDebugString();
  }

  // Without a reserve of memory: here Redis itself refuses.
  TicketingHouse house_{1, {"--memory_reserve_percent", "0"}};
};

TEST_F(StoreFaultsTest, RedisAwayIsUnknownOutcomeAndWorkGoesOnAfterwards) {
  ASSERT_THAT(Issue(), IsOk());
  house_.redis().Kill();
  auto const request = IssueOf("renew_self");
  EXPECT_THAT(Repeat(request), IsError(kUnavailable, "STORE_UNAVAILABLE"));
  AwaitReadiness("STORE_UNAVAILABLE");
  house_.redis().Start();
  AwaitReadiness("");
  auto const issued = Repeat(request);
  ASSERT_THAT(issued, IsOk());
  EXPECT_EQ(issued->ticket().number(), "102");
  EXPECT_EQ(Repeat(request)->ticket().number(), "102");
}

TEST_F(StoreFaultsTest, WithFullMemoryNoTicketsAreIssuedButTheHallGoesOn) {
  auto& counters = house_.at(0).counters;
  ASSERT_THAT(Issue(), IsOk());
  auto const opened =
      Call(counters, &CounterService::Stub::OpenCounter, OpenOf("2"));
  ASSERT_THAT(opened, IsOk());
  house_.redis().Ask({"CONFIG", "SET", "maxmemory", "1"});
  EXPECT_THAT(Issue(),
              IsError(absl::StatusCode::kResourceExhausted, "STORE_FULL"));
  auto const called = Call(counters, &CounterService::Stub::CallNextTicket,
                           CallNextOf("2", opened->session()));
  ASSERT_THAT(called, IsOk());
  EXPECT_EQ(called->ticket().number(), "101");
  house_.redis().Ask({"CONFIG", "SET", "maxmemory", "0"});
  EXPECT_THAT(Issue(), IsOk());
}

TEST_F(StoreFaultsTest, AReadOnlyRedisIsNamed) {
  ASSERT_THAT(Issue(), IsOk());
  auto const before = house_.redis().DumpAll();
  // A replica of nobody: it keeps its data and takes no writes.
  house_.redis().Ask({"REPLICAOF", "127.0.0.1", "1"});
  EXPECT_THAT(Issue(), IsError(kUnavailable, "STORE_READ_ONLY"));
  AwaitReadiness("STORE_READ_ONLY");
  EXPECT_EQ(house_.redis().DumpAll(), before);
  house_.redis().Ask({"REPLICAOF", "NO", "ONE"});
  AwaitReadiness("");
  EXPECT_THAT(Issue(), IsOk());
}

TEST_F(StoreFaultsTest, WithWrongDurabilityNoWorkIsTaken) {
  ASSERT_THAT(Issue(), IsOk());
  auto const before = house_.redis().DumpAll();
  for (auto const& [name, wrong, right] :
       {std::tuple("appendfsync", "everysec", "always"),
        std::tuple("maxmemory-policy", "allkeys-lru", "noeviction")}) {
    house_.redis().Ask({"CONFIG", "SET", name, wrong});
    AwaitReadiness("STORE_NOT_DURABLE");
    EXPECT_THAT(Issue(), IsError(kUnavailable, "STORE_NOT_DURABLE"));
    EXPECT_EQ(house_.redis().DumpAll(), before);
    house_.redis().Ask({"CONFIG", "SET", name, right});
    AwaitReadiness("");
  }
  EXPECT_THAT(Issue(), IsOk());
}

TEST_F(StoreFaultsTest, RelaxedDurabilityIsTakenAndSaid) {
  house_.redis().Ask({"CONFIG", "SET", "appendfsync", "everysec"});
  auto const port = FreePort();
  ASSERT_THAT(port, IsOk());
  auto const address = "127.0.0.1:" + std::to_string(*port);
  auto server = ChildProcess::Start(
      {house_.Command(address, {"--durability", "relaxed"}), {}, {}});
  ASSERT_THAT(server, IsOk());
  ASSERT_THAT(
      (*server)->WaitForLine("ticketing: ready on", std::chrono::seconds(20)),
      IsOk());
  ReplicaStubs stubs(address);
  auto const readiness =
      Call(stubs.readiness, &rpc::v1::ReadinessService::Stub::CheckReadiness,
           rpc::v1::CheckReadinessRequest());
  ASSERT_THAT(readiness, IsOk());
  EXPECT_TRUE(readiness->ready());
  EXPECT_NE(readiness->message().find("durability is relaxed"),
            std::string::npos);
  EXPECT_TRUE((*server)->Stop(std::chrono::seconds(20)));
}

TEST_F(StoreFaultsTest, AForeignKeyIsNamedAndLeftAlone) {
  ASSERT_THAT(Issue(), IsOk());
  auto const keys = house_.redis().Ask({"KEYS", "mdg:{akebono}:honcho:*:q:*"});
  ASSERT_EQ(keys.size(), 1U);
  house_.redis().Ask({"RENAME", keys[0], "kept"});
  house_.redis().Ask({"SET", keys[0], "something else"});
  auto const before = house_.redis().DumpAll();
  EXPECT_THAT(Issue(),
              IsError(absl::StatusCode::kInternal, "STORE_KEY_FOREIGN"));
  EXPECT_EQ(house_.redis().DumpAll(), before);
  house_.redis().Ask({"RENAME", "kept", keys[0]});
  EXPECT_THAT(Issue(), IsOk());
}

TEST_F(StoreFaultsTest, ARedisThatLostItsFunctionsGetsThemAgain) {
  ASSERT_THAT(Issue(), IsOk());
  house_.redis().Ask({"FUNCTION", "FLUSH"});
  EXPECT_THAT(Issue(), IsOk());
}

TEST_F(StoreFaultsTest, AStalledRedisCostsTheDeadlineAndNoMore) {
  ASSERT_THAT(Issue(), IsOk());
  house_.redis().Pause();
  auto const request = IssueOf("renew_self");
  auto const began = std::chrono::steady_clock::now();
  auto const stalled =
      Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket, request,
           std::chrono::milliseconds(300));
  EXPECT_TRUE(absl::IsDeadlineExceeded(stalled.status())) << stalled.status();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
  house_.redis().Resume();
  AwaitReadiness("");
  auto const issued = Repeat(request);
  ASSERT_THAT(issued, IsOk());
  EXPECT_EQ(issued->ticket().number(), "102");
}

}  // namespace
}  // namespace madoguchi::testing
