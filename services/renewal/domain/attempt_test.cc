#include "services/renewal/domain/attempt.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kSentAt{std::chrono::milliseconds{1'794'790'800'000}};

Attempt AttemptIn(AttemptState state, int asked = 0) {
  return {{"0f3c"}, state, kSentAt, asked};
}

TEST(AttemptTest, IsSentOnce) {
  auto const sent = Send({{"0f3c"}}, kSentAt);
  ASSERT_TRUE(sent.has_value());
  EXPECT_EQ(*sent, AttemptIn(AttemptState::kSent));
  for (auto const state : {AttemptState::kSent, AttemptState::kUnknown,
                           AttemptState::kIssued, AttemptState::kRefused}) {
    EXPECT_EQ(Send(AttemptIn(state), kSentAt + 1h), std::nullopt);
  }
}

TEST(AttemptTest, IsWhatTheUpstreamSays) {
  auto const sent = AttemptIn(AttemptState::kSent);
  EXPECT_EQ(Learn(sent, AttemptAnswer::kIssued)->state, AttemptState::kIssued);
  EXPECT_EQ(Learn(sent, AttemptAnswer::kRefused)->state,
            AttemptState::kRefused);
  EXPECT_EQ(Learn(sent, AttemptAnswer::kNone)->state, AttemptState::kUnknown);
  EXPECT_EQ(Learn({{"0f3c"}}, AttemptAnswer::kIssued), std::nullopt);
}

TEST(AttemptTest, AContradictionIsNotWrittenOver) {
  auto const issued = AttemptIn(AttemptState::kIssued);
  EXPECT_EQ(Learn(issued, AttemptAnswer::kIssued), issued);
  EXPECT_EQ(Learn(issued, AttemptAnswer::kNone), issued);
  EXPECT_EQ(Learn(issued, AttemptAnswer::kRefused), std::nullopt);
  EXPECT_EQ(Learn(AttemptIn(AttemptState::kRefused), AttemptAnswer::kIssued),
            std::nullopt);
}

TEST(AttemptTest, IsAskedAfterAndThenLookedUpByAClerk) {
  AttemptLimits const limits{30s, 2};
  EXPECT_EQ(NextStep({{"0f3c"}}, limits, kSentAt), AttemptStep::kSend);
  auto attempt = AttemptIn(AttemptState::kSent);
  EXPECT_EQ(NextStep(attempt, limits, kSentAt + 30s - 1ms),
            AttemptStep::kAwait);
  // Whoever sent it is gone.
  EXPECT_EQ(NextStep(attempt, limits, kSentAt + 30s), AttemptStep::kAsk);
  attempt = *Learn(attempt, AttemptAnswer::kNone);
  for (int asked = 0; asked != 2; ++asked) {
    EXPECT_EQ(NextStep(attempt, limits, kSentAt + 1h), AttemptStep::kAsk);
    attempt = *Learn(attempt, AttemptAnswer::kNone);
  }
  EXPECT_EQ(NextStep(attempt, limits, kSentAt + 1h),
            AttemptStep::kCheckAtTerminal);
  attempt = *Learn(attempt, AttemptAnswer::kRefused);
  EXPECT_EQ(NextStep(attempt, limits, kSentAt + 1h), AttemptStep::kNone);
}

TEST(AttemptTest, ACaseTriesAgainOnlyAfterRefusals) {
  std::vector<Attempt> attempts;
  EXPECT_TRUE(MayPlanAnother(attempts));
  attempts = {AttemptIn(AttemptState::kRefused),
              AttemptIn(AttemptState::kRefused)};
  EXPECT_TRUE(MayPlanAnother(attempts));
  for (auto const state : {AttemptState::kPlanned, AttemptState::kSent,
                           AttemptState::kUnknown, AttemptState::kIssued}) {
    attempts.back() = AttemptIn(state);
    EXPECT_FALSE(MayPlanAnother(attempts));
  }
}

// A case plans whenever it may and is told the truth or nothing: whatever the
// order, each attempt leaves at most once and at most one is issued.
RC_GTEST_PROP(AttemptPropertyTest, ACaseIsIssuedAtMostOnce, ()) {
  std::vector<Attempt> attempts;
  std::map<AttemptId, int> sent;
  std::map<AttemptId, AttemptAnswer> truth;
  int const steps = *rc::gen::inRange(1, 100);
  for (int i = 0; i != steps; ++i) {
    if (MayPlanAnother(attempts)) {
      attempts.push_back({{std::to_string(attempts.size())}});
    }
    auto& attempt =
        attempts[*rc::gen::inRange<std::size_t>(0, attempts.size())];
    if (*rc::gen::arbitrary<bool>()) {
      if (auto const leaving = Send(attempt, kSentAt)) {
        attempt = *leaving;
        ++sent[attempt.id];
        truth[attempt.id] =
            *rc::gen::element(AttemptAnswer::kIssued, AttemptAnswer::kRefused);
      }
    } else {
      bool const is_told =
          truth.contains(attempt.id) && *rc::gen::arbitrary<bool>();
      auto const told = is_told ? truth[attempt.id] : AttemptAnswer::kNone;
      if (auto const learned = Learn(attempt, told)) attempt = *learned;
    }
  }
  for (auto const& [id, times] : sent) RC_ASSERT(times == 1);
  RC_ASSERT(std::count_if(truth.begin(), truth.end(), [](auto const& each) {
              return each.second == AttemptAnswer::kIssued;
            }) <= 1);
}

}  // namespace
}  // namespace madoguchi::renewal
