#include "clients/sdk/repeat.h"
#include "clients/sdk/uuid.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::sdk {
namespace {

using std::chrono::milliseconds;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;

/// Time that only passes when someone waits.
class RepeatTest : public ::testing::Test {
 protected:
  RepeatLimits Limits() {
    return {milliseconds(10'000),
            milliseconds(2'000),
            milliseconds(100),
            milliseconds(500),
            [this] { return now_; },
            [this](milliseconds pause) {
              pauses_.push_back(pause);
              now_ += pause;
            }};
  }

  MachineTime const start_{};
  MachineTime now_ = start_;
  std::vector<milliseconds> pauses_;
};

TEST_F(RepeatTest, AnAnswerIsNotAskedForAgain) {
  int attempts = 0;
  EXPECT_TRUE(Repeat(Limits(), Idempotence::kIdempotent, [&](MachineTime) {
                ++attempts;
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(attempts, 1);
}

TEST_F(RepeatTest, EachUnknownOutcomeIsRepeatedAfterAPause) {
  std::vector<absl::Status> outcomes = {
      absl::UnavailableError(""), absl::DeadlineExceededError(""),
      absl::CancelledError(""),
      MakeError(absl::StatusCode::kAborted, "", {"LOOK_AGAIN", {}})};
  std::size_t attempts = 0;
  EXPECT_TRUE(Repeat(Limits(), Idempotence::kIdempotent, [&](MachineTime) {
                return attempts == outcomes.size() ? absl::OkStatus()
                                                   : outcomes[attempts++];
              }).ok());
  EXPECT_THAT(pauses_, SizeIs(4));
  EXPECT_THAT(pauses_, Each(Ge(milliseconds(100))));
  EXPECT_THAT(pauses_, Each(Le(milliseconds(500))));
}

TEST_F(RepeatTest, ARefusalIsFinal) {
  for (auto const& refusal :
       {absl::FailedPreconditionError(""), absl::InvalidArgumentError(""),
        absl::NotFoundError(""), absl::ResourceExhaustedError(""),
        absl::InternalError(""),
        MakeError(absl::StatusCode::kAborted, "", {"TICKET_CHANGED", {}})}) {
    int attempts = 0;
    EXPECT_EQ(Repeat(Limits(), Idempotence::kIdempotent,
                     [&](MachineTime) {
                       ++attempts;
                       return refusal;
                     }),
              refusal);
    EXPECT_EQ(attempts, 1) << refusal;
  }
}

TEST_F(RepeatTest, ACallThatIsNotIdempotentIsMadeOnce) {
  int attempts = 0;
  EXPECT_TRUE(absl::IsUnavailable(
      Repeat(Limits(), Idempotence::kNotIdempotent, [&](MachineTime) {
        ++attempts;
        return absl::UnavailableError("");
      })));
  EXPECT_EQ(attempts, 1);
}

TEST_F(RepeatTest, AttemptsShareTheTimeOfTheCall) {
  std::vector<milliseconds> given;
  auto const outcome =
      Repeat(Limits(), Idempotence::kIdempotent, [&](MachineTime deadline) {
        given.push_back(
            std::chrono::duration_cast<milliseconds>(deadline - now_));
        now_ = deadline;
        return absl::DeadlineExceededError("");
      });
  EXPECT_TRUE(absl::IsDeadlineExceeded(outcome));
  ASSERT_THAT(given, SizeIs(5));
  EXPECT_EQ(given.front(), milliseconds(2'000));
  EXPECT_THAT(given, Each(Le(milliseconds(2'000))));
  EXPECT_LT(given.back(), milliseconds(2'000));
  EXPECT_EQ(now_ - start_, milliseconds(10'000));
}

TEST_F(RepeatTest, StopsBeforeAPauseThatWouldOutlastTheCall) {
  auto limits = Limits();
  limits.call_timeout = milliseconds(50);
  int attempts = 0;
  Repeat(limits, Idempotence::kIdempotent, [&](MachineTime) {
    ++attempts;
    return absl::UnavailableError("");
  }).IgnoreError();
  EXPECT_EQ(attempts, 1);
  EXPECT_THAT(pauses_, ElementsAre());
}

TEST(NewRequestIdTest, IsAUuidOfVersionFour) {
  EXPECT_THAT(NewRequestId(),
              ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-"
                                      "[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
}

TEST(NewRequestIdTest, IsAnotherEachTime) {
  std::set<std::string> seen;
  for (int i = 0; i != 1'000; ++i) seen.insert(NewRequestId());
  EXPECT_THAT(seen, SizeIs(1'000));
}

}  // namespace
}  // namespace madoguchi::sdk
