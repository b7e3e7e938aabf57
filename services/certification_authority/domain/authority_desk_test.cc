#include "services/certification_authority/domain/authority_desk.h"
#include "tests/support/answer.h"
#include "tests/support/authority_builders.h"
#include "tests/support/fake_clock.h"
#include "tests/support/manual_scheduler.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::certification_authority {
namespace {

using ::testing::IsEmpty;
using testing::IsError;
using testing::IsOk;
using ::testing::SizeIs;

auto const kUnavailable =
    IsError(absl::StatusCode::kUnavailable, "AUTHORITY_UNAVAILABLE");
auto const kLate =
    IsError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED");

class AuthorityDeskTest : public ::testing::Test {
 protected:
  // Lets time pass for everybody.
  void Pass(std::chrono::milliseconds by) {
    clock_.Advance(by);
    scheduler_.Advance(by);
  }

  AuthorityDesk& Desk() {
    if (!desk_) {
      desk_.emplace(weather_, AuthorityDesk::Options{7, speed_}, clock_,
                    scheduler_, ledger_);
    }
    return *desk_;
  }

  Answer<Issuance> Issue(int attempt, std::chrono::milliseconds limit = 10s) {
    Answer<Issuance> answer;
    Desk().Issue(
        OrderOf(attempt, attempt), scheduler_.Now() + limit,
        [this] { return still_waits_; }, answer.Catch());
    Pass(0ms);
    return answer;
  }

  Answer<Issuance> Ask(int attempt) {
    Answer<Issuance> answer;
    Desk().Get(OrderOf(attempt, attempt).attempt, scheduler_.Now() + 10s,
               answer.Catch());
    Pass(1s);
    return answer;
  }

  bool still_waits_ = true;
  double speed_ = 1;
  Weather weather_ = CalmWeather();
  FakeClock clock_{kTen};
  ManualScheduler scheduler_;
  MemoryJournal journal_;
  IssuanceLedger ledger_{{}, journal_, IssuanceLedger::Repeats::kAnswered};
  std::optional<AuthorityDesk> desk_;
};

TEST_F(AuthorityDeskTest, AnswersWhenItsTimeHasComeAndNotBefore) {
  auto const answer = Issue(1);
  Pass(999ms);
  EXPECT_FALSE(answer.Arrived());
  EXPECT_THAT(journal_.kept, IsEmpty());

  Pass(1ms);
  ASSERT_THAT(answer.Get(), IsOk());
  EXPECT_EQ(answer.Get()->outcome, Outcome::kIssued);
  EXPECT_EQ(answer.Get()->decided, kTen + 1s);
  EXPECT_THAT(journal_.kept, SizeIs(1));
}

TEST_F(AuthorityDeskTest, DelaysAreScriptedInOfficeTime) {
  speed_ = 10;
  auto const answer = Issue(1);
  scheduler_.Advance(99ms);
  EXPECT_FALSE(answer.Arrived());
  scheduler_.Advance(1ms);
  EXPECT_THAT(answer.Get(), IsOk());
}

TEST_F(AuthorityDeskTest, WhatIsLateIsNeverActedOn) {
  auto const answer = Issue(1, 500ms);
  Pass(500ms);
  EXPECT_THAT(answer.Get(), kLate);
  Pass(10min);
  EXPECT_THAT(journal_.kept, IsEmpty());
  EXPECT_THAT(Ask(1).Get(),
              IsError(absl::StatusCode::kNotFound, "ISSUANCE_NOT_FOUND"));
}

TEST_F(AuthorityDeskTest, NothingIsDoneForACallerWhoLeft) {
  auto const answer = Issue(1);
  still_waits_ = false;
  Pass(1s);
  EXPECT_THAT(answer.Get(), kLate);
  EXPECT_THAT(journal_.kept, IsEmpty());
}

TEST_F(AuthorityDeskTest, TellsThatAnAttemptIsUnderWay) {
  weather_.hours = {{0, 10, 1s}, {10, 11, 30s}, {11, 24, 1s}};
  clock_.Set(kTen + 1h - 1s);
  auto const slow = Issue(1, 1min);
  Pass(1s);
  auto const asked = Ask(1);
  ASSERT_THAT(asked.Get(), IsOk());
  EXPECT_EQ(asked.Get()->outcome, Outcome::kPending);
  EXPECT_EQ(asked.Get()->order, OrderOf(1, 1));

  Pass(28s);
  EXPECT_THAT(slow.Get(), IsOk());
  EXPECT_EQ(Ask(1).Get()->outcome, Outcome::kIssued);
}

TEST_F(AuthorityDeskTest, AnOutageThatRefusesDoesNothing) {
  weather_.outages = {{std::nullopt, 0min, 1440min, Outage::Kind::kRefuses}};
  EXPECT_THAT(Issue(1).Get(), kUnavailable);
  EXPECT_THAT(journal_.kept, IsEmpty());
}

TEST_F(AuthorityDeskTest, AnOutageThatHangsAnswersAtTheDeadlineAlone) {
  weather_.outages = {{std::nullopt, 0min, 1440min, Outage::Kind::kHangs}};
  auto const answer = Issue(1, 30s);
  Pass(29s);
  EXPECT_FALSE(answer.Arrived());
  Pass(1s);
  EXPECT_THAT(answer.Get(), kLate);
  EXPECT_THAT(journal_.kept, IsEmpty());
}

// The caller cannot tell this from an outage in which nothing was done.
TEST_F(AuthorityDeskTest, ALostAnswerIsOfSomethingDone) {
  weather_.outages = {
      {std::nullopt, 600min, 1min, Outage::Kind::kLosesAnswers}};
  auto const answer = Issue(1);
  Pass(1s);
  EXPECT_THAT(answer.Get(), kUnavailable);
  EXPECT_THAT(journal_.kept, SizeIs(1));
  Pass(1min);
  EXPECT_EQ(Ask(1).Get()->outcome, Outcome::kIssued);
}

TEST_F(AuthorityDeskTest, RefusesWhileItIsClosedAsPlanned) {
  weather_.open_until = 10;
  EXPECT_THAT(Issue(1).Get(), IsError(absl::StatusCode::kFailedPrecondition,
                                      "AUTHORITY_CLOSED"));
  EXPECT_EQ(Desk().Status().conditions.cause, Cause::kClosed);
}

TEST_F(AuthorityDeskTest, CallsUnderWaySlowDownThoseThatCome) {
  weather_.overload = {1, 1.0};
  auto const first = Issue(1);
  auto const second = Issue(2);
  auto const third = Issue(3);
  Pass(1s);
  EXPECT_TRUE(first.Arrived());
  EXPECT_TRUE(second.Arrived());
  EXPECT_FALSE(third.Arrived());
  Pass(1s);
  EXPECT_TRUE(third.Arrived());
  // None is under way now.
  EXPECT_EQ(Ask(3).Get()->outcome, Outcome::kIssued);
}

TEST_F(AuthorityDeskTest, TwoCopiesOfAnAttemptIssueOnce) {
  auto const first = Issue(1);
  auto const second = Issue(1);
  Pass(1s);
  EXPECT_EQ(first.Get(), second.Get());
  EXPECT_THAT(journal_.kept, SizeIs(1));
}

TEST_F(AuthorityDeskTest, EndsEveryCallWhenItStops) {
  auto const stopping =
      IsError(absl::StatusCode::kUnavailable, "SERVER_STOPPING");
  auto const before = Issue(1);
  Desk().Stop();
  Pass(0ms);
  EXPECT_THAT(before.Get(), stopping);
  EXPECT_THAT(Issue(2).Get(), stopping);
  Pass(10min);
  EXPECT_THAT(journal_.kept, IsEmpty());
}

}  // namespace
}  // namespace madoguchi::certification_authority
