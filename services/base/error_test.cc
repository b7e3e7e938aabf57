#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(ErrorTest, CarriesReasonAndMetadata) {
  auto const status =
      MakeError(absl::StatusCode::kFailedPrecondition, "Counter 2 is closed.",
                {"COUNTER_CLOSED", {{"counter", "2"}, {"office", "honcho"}}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "Counter 2 is closed.");

  auto const info = GetErrorInfo(status);
  EXPECT_EQ(info.reason, "COUNTER_CLOSED");
  EXPECT_THAT(info.metadata, UnorderedElementsAre(Pair("counter", "2"),
                                                  Pair("office", "honcho")));
}

TEST(ErrorTest, KeepsValuesByteForByte) {
  std::string const value("\0 窓口 \n", 10);
  auto const status =
      MakeError(absl::StatusCode::kInternal, "", {"X", {{"cause", value}}});
  EXPECT_THAT(GetErrorInfo(status).metadata,
              UnorderedElementsAre(Pair("cause", value)));
}

TEST(ErrorTest, AnErrorOfOthersHasNoReason) {
  auto const info = GetErrorInfo(absl::UnavailableError("No."));
  EXPECT_THAT(info.reason, IsEmpty());
  EXPECT_THAT(info.metadata, IsEmpty());
}

TEST(ErrorTest, OkHasNoReason) {
  EXPECT_THAT(GetErrorInfo(absl::OkStatus()).reason, IsEmpty());
}

TEST(ErrorTest, APayloadOfOthersIsLeftAlone) {
  auto status = MakeError(absl::StatusCode::kInternal, "", {"X", {}});
  status.SetPayload("example.org/other", absl::Cord("y"));
  EXPECT_EQ(GetErrorInfo(status).reason, "X");
  EXPECT_THAT(GetErrorInfo(status).metadata, IsEmpty());
}

}  // namespace
}  // namespace madoguchi
