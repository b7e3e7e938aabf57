#include "services/rpc/server.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::rpc {
namespace {

TEST(ServerTest, OnlyAddressesOfThisMachineAreLoopback) {
  for (auto const* address : {"127.0.0.1:8081", "127.1.2.3:0", "[::1]:8081",
                              "localhost:8081", "unix:/run/madoguchi.sock"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (auto const* address :
       {"0.0.0.0:8081", "[::]:8081", "192.168.0.7:8081", "127.example.org:1",
        "hall.example.org:8081", ":8081", "127.0.0.1.example.org:1", ""}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

TEST(ServerTest, WithoutDevicesItListensToThisMachineAlone) {
  Readiness readiness(absl::OkStatus());
  auto const server = Server::Start("0.0.0.0:0", {}, readiness);
  EXPECT_EQ(server.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(server.status().message()),
              ::testing::HasSubstr("--devices"));
}

TEST(ServerTest, WithDevicesItMayListenElsewhere) {
  Readiness readiness(absl::OkStatus());
  Admission const admission{DeviceRegistry({}), {}};
  auto const server = Server::Start("0.0.0.0:0", {}, readiness, &admission);
  ASSERT_TRUE(server.ok()) << server.status();
  (*server)->Drain(std::chrono::milliseconds(0));
}

}  // namespace
}  // namespace madoguchi::rpc
