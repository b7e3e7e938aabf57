#include "services/gateway/allow_list.h"
#include "services/gateway/listen.h"
#include "services/gateway/upstream.h"
#include "tests/support/status_matchers.h"
#include "absl/status/status.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::gateway {
namespace {

using ::madoguchi::testing::IsOk;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr char kWatch[] = "/madoguchi.ticketing.v1.DisplayService/WatchOffice";
constexpr char kCall[] =
    "/madoguchi.ticketing.v1.CounterService/CallNextTicket";

TEST(AllowListTest, ADisplayMayOnlyWatch) {
  EXPECT_THAT(MethodsFor(Audience::kHall), ElementsAre(kWatch));
}

TEST(AllowListTest, StaffMayWorkAndWatch) {
  auto const methods = MethodsFor(Audience::kStaff);
  EXPECT_THAT(methods, IsSupersetOf({kWatch, kCall}));
  EXPECT_THAT(methods,
              Contains("/madoguchi.ticketing.v1.DeviceService/ListDevices"));
}

TEST(AllowListTest, StaffMayWorkOnCasesAndTheHallMayNot) {
  constexpr char kStart[] = "/madoguchi.renewal.v1.RenewalService/StartRenewal";
  EXPECT_THAT(MethodsFor(Audience::kStaff), Contains(kStart));
  EXPECT_THAT(MethodsFor(Audience::kHouse), Contains(kStart));
  for (auto const& method : MethodsFor(Audience::kHall)) {
    EXPECT_THAT(method, Not(HasSubstr("renewal")));
  }
}

// The questions of visitors are the ticket machine's to ask.
TEST(AllowListTest, NoPageAsksTheQuestionsOfVisitors) {
  for (auto const& method : MethodsFor(Audience::kHouse)) {
    EXPECT_THAT(method, Not(HasSubstr("Triage")));
  }
}

TEST(AllowListTest, ThePublicMayDoNothingYet) {
  EXPECT_THAT(MethodsFor(Audience::kPublic), IsEmpty());
}

TEST(AllowListTest, NobodyMayFollowEventsIssueOrAskForHealth) {
  for (auto const& method : MethodsFor(Audience::kHouse)) {
    EXPECT_THAT(method, Not(HasSubstr("EventService")));
    EXPECT_THAT(method, Not(HasSubstr("IssueTicket")));
    EXPECT_THAT(method, Not(HasSubstr("Heartbeat")));
    EXPECT_THAT(method, ::testing::AnyOf(
                            ::testing::StartsWith("/madoguchi.ticketing.v1."),
                            ::testing::StartsWith("/madoguchi.renewal.v1.")));
    // The port upstream is renewal's alone.
    EXPECT_THAT(method, Not(HasSubstr("certification")));
  }
}

TEST(ListenTest, EachAudienceHasItsAddress) {
  auto const listeners =
      ParseListen("hall=10.0.0.5:80,staff=[::1]:8081,house=127.0.0.1:8080");
  ASSERT_THAT(listeners, IsOk());
  ASSERT_EQ(listeners->size(), 3U);
  EXPECT_EQ((*listeners)[0].address, "10.0.0.5:80");
  EXPECT_EQ((*listeners)[0].methods, MethodsFor(Audience::kHall));
  EXPECT_EQ((*listeners)[1].address, "[::1]:8081");
  EXPECT_EQ((*listeners)[2].methods, MethodsFor(Audience::kHouse));
}

TEST(ListenTest, AHouseIsNotOpenToOtherMachines) {
  for (auto const* address : {"0.0.0.0:8080", "10.0.0.5:8080", "[::]:8080"}) {
    EXPECT_EQ(ParseListen(std::string("house=") + address).status().code(),
              absl::StatusCode::kFailedPrecondition)
        << address;
  }
}

TEST(ListenTest, WhatIsNoAudienceIsRefused) {
  for (auto const* text : {"", "127.0.0.1:8080", "all=127.0.0.1:8080",
                           "hall=127.0.0.1:80,", "hall"}) {
    EXPECT_EQ(ParseListen(text).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(UpstreamTest, ReplicasAreAddressesOrOneName) {
  for (auto const* replicas :
       {"127.0.0.1:8081", "127.0.0.1:8081,127.0.0.1:8091", "ticketing:8081",
        "[::1]:8081"}) {
    EXPECT_THAT(Upstream::Connect("ticketing", replicas), IsOk()) << replicas;
  }
  for (auto const* replicas : {"", "127.0.0.1", ":8081", "127.0.0.1:0",
                               "127.0.0.1:x", "127.0.0.1:8081,", "a:1,b:2",
                               "127.0.0.1:8081,b:2", "127.0.0.1:1,[::1]:1"}) {
    auto const status = Upstream::Connect("renewal", replicas).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << replicas;
    EXPECT_THAT(std::string(status.message()), HasSubstr("--renewal"));
  }
}

TEST(UpstreamTest, IsNotReadyWithoutAReplica) {
  auto const upstream = Upstream::Connect("ticketing", "127.0.0.1:1");
  ASSERT_THAT(upstream, IsOk());
  EXPECT_THAT(std::string((*upstream)->Check().message()),
              HasSubstr("no ticketing is reachable and ready at 127.0.0.1:1"));
}

}  // namespace
}  // namespace madoguchi::gateway
