#include "services/ticketing/domain/issue_gate.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;

constexpr Room kPlenty{.free = 50, .total = 100};
constexpr Room kLittle{.free = 5, .total = 100};

auto Refused(std::string const& reason) {
  return IsError(StatusCode::kResourceExhausted, reason);
}

class IssueGateTest : public ::testing::Test {
 protected:
  IssueGate gate_{{.disk = {.percent = 10}, .memory = {.percent = 10}}};
};

TEST_F(IssueGateTest, IsOpenUntilToldOtherwise) {
  EXPECT_THAT(gate_.Check(), IsOk());
  EXPECT_FALSE(gate_.Note({.disk = kPlenty, .memory = kPlenty}));
  EXPECT_THAT(gate_.Check(), IsOk());
}

TEST_F(IssueGateTest, NamesWhatIsLowAndTheDiskFirst) {
  EXPECT_TRUE(gate_.Note({.disk = kPlenty, .memory = kLittle}));
  EXPECT_THAT(gate_.Check(), Refused("STORE_MEMORY_LOW"));
  EXPECT_TRUE(gate_.Note({.disk = kLittle, .memory = kLittle}));
  EXPECT_THAT(gate_.Check(), Refused("STORE_DISK_LOW"));
  EXPECT_FALSE(gate_.Note({.disk = kLittle, .memory = kPlenty}));
  EXPECT_THAT(gate_.Check(), Refused("STORE_DISK_LOW"));
}

TEST_F(IssueGateTest, OpensAgainOnlyWithSomeMoreThanTheReserve) {
  gate_.Note({.disk = kLittle, .memory = kPlenty});
  EXPECT_FALSE(gate_.Note({.disk = Room{11, 100}, .memory = kPlenty}));
  EXPECT_TRUE(gate_.Note({.disk = Room{12, 100}, .memory = kPlenty}));
  EXPECT_THAT(gate_.Check(), IsOk());
  EXPECT_FALSE(gate_.Note({.disk = Room{11, 100}, .memory = kPlenty}));
}

TEST_F(IssueGateTest, RefusesNobodyForWhatIsUnknown) {
  gate_.Note({.disk = kLittle, .memory = kLittle});
  EXPECT_TRUE(gate_.Note({}));
  EXPECT_THAT(gate_.Check(), IsOk());
}

TEST_F(IssueGateTest, WithoutReservesNobodyIsRefused) {
  IssueGate gate{{.disk = {.percent = 0}, .memory = {.percent = 0}}};
  EXPECT_FALSE(gate.Note({.disk = Room{0, 100}, .memory = Room{-5, 100}}));
  EXPECT_THAT(gate.Check(), IsOk());
  EXPECT_THAT(IssueGate::AlwaysOpen().Check(), IsOk());
}

}  // namespace
}  // namespace madoguchi::ticketing
