#include "services/gateway/allow_list.h"
#include "services/web/raw_client.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/metrics_page.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "absl/strings/str_cat.h"
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

// The gateway as a process, before real ticketing replicas on a real Redis.
namespace madoguchi::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::seconds kLimit{20};
constexpr char kWatch[] = "/madoguchi.ticketing.v1.DisplayService/WatchOffice";
constexpr char kListServices[] =
    "/madoguchi.ticketing.v1.TicketService/ListServices";

std::string const& Office() {
  static auto const& request = *new std::string([] {
    ticketing::v1::WatchOfficeRequest watch;
    watch.set_office("offices/honcho");
    return watch.SerializeAsString();
  }());
  return request;
}

class GatewayTest : public ::testing::Test {
 protected:
  // Starts the gateway before all replicas of `house`.
  void Start(TicketingHouse& house, int replicas,
             std::vector<std::string> const& flags = {}) {
    std::string targets = house.server(0).address();
    for (int i = 1; i != replicas; ++i) {
      absl::StrAppend(&targets, ",", house.server(i).address());
    }
    port_ = *FreePort();
    metrics_ = absl::StrCat("127.0.0.1:", *FreePort());
    std::vector<std::string> command = {
        GATEWAY_BINARY, absl::StrCat("--listen=house=127.0.0.1:", port_),
        "--ticketing=" + targets, "--metrics_listen=" + metrics_, "--pages="};
    command.insert(command.end(), flags.begin(), flags.end());
    auto gateway = ChildProcess::Start({std::move(command), {}, {}});
    ASSERT_THAT(gateway, IsOk());
    gateway_ = *std::move(gateway);
    ASSERT_THAT(gateway_->WaitForLine("gateway: ready on", kLimit), IsOk());
  }

  // How a call now ends, as the code of gRPC and its message.
  std::string CallNow() const {
    web::RawClient client(port_);
    ticketing::v1::ListServicesRequest request;
    request.set_office("offices/honcho");
    client.Send(web::CallRequest(kListServices, request.SerializeAsString(),
                                 "Grpc-Timeout: 5S\r\n"));
    auto const body = client.ReadAnswer().body;
    auto const trailers = body.find("grpc-status: ");
    return trailers == std::string::npos ? "no answer" : body.substr(trailers);
  }
  bool IsServed() const { return CallNow() == "grpc-status: 0\r\n"; }

  // Asks until `/readyz` answers `status`; false if it does not.
  bool AwaitReadyz(int status) const {
    auto const until = std::chrono::steady_clock::now() + kLimit;
    while (std::chrono::steady_clock::now() < until) {
      web::RawClient client(port_);
      client.Send(web::GetRequest("/readyz"));
      if (client.ReadAnswer().status == status) return true;
    }
    return false;
  }

  int port_ = 0;
  std::string metrics_;
  std::unique_ptr<ChildProcess> gateway_;
};

TEST(AllowListTest, NamesOnlyWhatThereIsAndAllThatACounterNeeds) {
  auto const* const pool = google::protobuf::DescriptorPool::generated_pool();
  auto const* const cases =
      renewal::v1::StartRenewalRequest::descriptor()->file()->FindServiceByName(
          "RenewalService");
  auto const methods = gateway::MethodsFor(gateway::Audience::kHouse);
  for (auto const& path : methods) {
    auto name = path.substr(1);
    name.at(name.find('/')) = '.';
    EXPECT_NE(pool->FindMethodByName(name), nullptr) << path;
  }
  auto const* const counters =
      pool->FindServiceByName("madoguchi.ticketing.v1.CounterService");
  for (int i = 0; i != counters->method_count(); ++i) {
    EXPECT_TRUE(methods.contains(absl::StrCat("/", counters->full_name(), "/",
                                              counters->method(i)->name())))
        << "Decide whether pages of staff may call "
        << counters->method(i)->name();
  }
  for (int i = 0; i != cases->method_count(); ++i) {
    auto const& name = cases->method(i)->name();
    EXPECT_EQ(
        methods.contains(absl::StrCat("/", cases->full_name(), "/", name)),
        name != "Triage")
        << "Decide whether pages of staff may call " << name;
  }
}

// The client that the pages use, at everything that a page does.
TEST_F(GatewayTest, TheRealClientOfThePagesGetsWhatItAsksFor) {
  auto const packages =
      std::filesystem::current_path() / "clients/web/node_modules";
  if (!std::filesystem::exists(packages / "@connectrpc/connect-web")) {
    GTEST_SKIP() << "The packages of clients/web are not installed.";
  }
  TicketingHouse house(2);
  Start(house, 2);
  auto const client = ChildProcess::Start(
      {{"node", "tests/system/gateway_client.mjs",
        absl::StrCat("http://127.0.0.1:", port_), API_DESCRIPTORS},
       {},
       {}});
  ASSERT_THAT(client, IsOk());
  EXPECT_THAT((*client)->WaitForLine("all is as it should be", kLimit), IsOk());
}

TEST_F(GatewayTest, ADisplayGetsTheHallAtOnce) {
  TicketingHouse house(1);
  Start(house, 1);
  web::RawClient display(port_);
  display.Send(web::CallRequest(kWatch, Office()));
  EXPECT_THAT(display.ReadUntil("\r\n\r\n"), HasSubstr("200 OK"));
  // What people read is in the snapshot.
  EXPECT_NE(display.ReadUntil("電子証明書"), "");
  EXPECT_EQ(ReadMetric(metrics_, "madoguchi_web_calls"), 1);
}

TEST_F(GatewayTest, CallsGoToTheReplicaThatIsLeft) {
  TicketingHouse house(2);
  Start(house, 2);
  ASSERT_TRUE(IsServed());
  house.server(0).Kill();
  // One call on each of its channels may be what finds out.
  constexpr int kMostRefused = 8;
  int refused = 0;
  for (int served = 0; served != kMostRefused; ++served) {
    if (IsServed()) continue;
    served = 0;
    ASSERT_LE(++refused, kMostRefused);
  }
  house.server(1).Kill();
  ASSERT_TRUE(AwaitReadyz(503));
  EXPECT_THAT(CallNow(), ::testing::StartsWith("grpc-status: 14\r\n"));
  ASSERT_THAT(house.server(0).Restart(), IsOk());
  ASSERT_TRUE(AwaitReadyz(200));
  EXPECT_EQ(CallNow(), "grpc-status: 0\r\n");
}

// It reaches ticketing all the same, which does not reach Redis.
TEST_F(GatewayTest, IsNotReadyWhileTicketingIsNot) {
  TicketingHouse house(1);
  Start(house, 1);
  house.redis().Pause();
  EXPECT_TRUE(AwaitReadyz(503));
  EXPECT_THAT(gateway_->WaitForLine("event=not_ready", kLimit), IsOk());
  house.redis().Resume();
  EXPECT_TRUE(AwaitReadyz(200));
}

TEST_F(GatewayTest, EndsInOrderAndTellsDisplaysToConnectAgain) {
  TicketingHouse house(1);
  Start(house, 1);
  web::RawClient display(port_);
  display.Send(web::CallRequest(kWatch, Office()));
  ASSERT_NE(display.ReadUntil("\r\n\r\n"), "");
  EXPECT_TRUE(gateway_->Stop(kLimit));
  EXPECT_NE(display.ReadUntil("grpc-status: 14\r\n"), "");
}

TEST_F(GatewayTest, WhatIsNotOnTheListIsNotThere) {
  TicketingHouse house(1);
  Start(house, 1);
  for (auto const* method :
       {"/madoguchi.ticketing.v1.EventService/FollowEvents",
        "/madoguchi.ticketing.v1.TicketService/IssueTicket",
        "/madoguchi.ticketing.v1.DeviceService/Heartbeat",
        "/madoguchi.rpc.v1.ReadinessService/CheckReadiness",
        "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
    web::RawClient stranger(port_);
    stranger.Send(web::CallRequest(method, ""));
    EXPECT_THAT(stranger.ReadAnswer().body, HasSubstr("grpc-status: 12\r\n"))
        << method;
  }
}

TEST_F(GatewayTest, ATakenPortIsSaidInOneLine) {
  TicketingHouse house(1);
  Start(house, 1);
  auto const second = ChildProcess::Start(
      {{GATEWAY_BINARY, absl::StrCat("--listen=house=127.0.0.1:", port_)},
       {},
       {}});
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(
      (*second)->WaitForLine(
          absl::StrCat("gateway: Cannot listen on 127.0.0.1:", port_), kLimit),
      IsOk());
  EXPECT_FALSE((*second)->Stop(kLimit));
}

}  // namespace
}  // namespace madoguchi::testing
