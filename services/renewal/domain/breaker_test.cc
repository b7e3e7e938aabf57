#include "services/renewal/domain/breaker.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using End = CallResult::End;

// 2026-11-16, a Monday, at 10:00 in Tokyo.
constexpr Timestamp kMorning{std::chrono::milliseconds{1'794'790'800'000}};

CallerId const kOne{"counters/1"};
CallerId const kTwo{"counters/2"};

class BreakerTest : public ::testing::Test {
 protected:
  void Pass(std::chrono::milliseconds by) { now_ += by; }

  Permission Ask(CallerId const& caller = kOne) const {
    return MayCall(breaker_, settings_, now_, caller);
  }

  void Call(End end, std::optional<double> stretch = 1.0) {
    breaker_ =
        NoteResult(breaker_, settings_, {end, now_, kOne, stretch, 0}, now_);
  }

  void Fail(int times) {
    for (int i = 0; i != times; ++i) Call(End::kFailed);
  }

  void Take(CallerId const& caller = kOne) {
    auto const taken = TakeProbe(breaker_, settings_, now_, caller);
    ASSERT_TRUE(taken.has_value());
    breaker_ = *taken;
  }

  void AnswerProbe(End end, std::optional<double> stretch = 1.0) {
    ASSERT_TRUE(breaker_.probe.has_value());
    breaker_ = NoteResult(breaker_, settings_,
                          {end, breaker_.probe->began, breaker_.probe->caller,
                           stretch, breaker_.probe->number},
                          now_);
  }

  void WaitForProbe() { now_ = std::max(now_, breaker_.probe_from); }

  void Trip() {
    Fail(5);
    ASSERT_EQ(breaker_.state, BreakerState::kOpen);
  }

  void PressAt(CallerId const& counter, StaffPress press) {
    breaker_ = NotePress(breaker_, settings_, press, counter, now_);
  }

  UpstreamHealth Health() const { return HealthOf(breaker_, settings_, now_); }

  BreakerSettings settings_;
  Breaker breaker_;
  Timestamp now_ = kMorning;
};

TEST_F(BreakerTest, LetsEverybodyCallWhileAllIsWell) {
  EXPECT_EQ(Ask(kOne), Permission::kYes);
  EXPECT_EQ(Ask(kTwo), Permission::kYes);
  EXPECT_EQ(Health(), UpstreamHealth::kOk);
}

TEST_F(BreakerTest, OpensAtTheFifthFailureOfTen) {
  for (int i = 0; i != 4; ++i) {
    Call(End::kAnswered);
    Call(i % 2 == 0 ? End::kFailed : End::kTimedOut);
  }
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  Call(End::kFailed);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
  EXPECT_EQ(Ask(), Permission::kNo);
  EXPECT_EQ(Health(), UpstreamHealth::kDown);
}

TEST_F(BreakerTest, AFailureCountsForTenCallsAndNoMore) {
  for (int const successes : {5, 6}) {
    breaker_ = {};
    Fail(4);
    for (int i = 0; i != successes; ++i) Call(End::kAnswered);
    Fail(1);
    // With six the first failure is the eleventh call back.
    EXPECT_EQ(breaker_.state,
              successes == 5 ? BreakerState::kOpen : BreakerState::kClosed);
  }
}

TEST_F(BreakerTest, OpensWhenAnswersTakeThreeTimesAsLong) {
  // 0.2 * log 4 / (1 - 0.8^n) ... above log 3 from the eighth on.
  int calls = 0;
  while (breaker_.state == BreakerState::kClosed && calls != 100) {
    Call(End::kAnswered, 4.0);
    ++calls;
  }
  EXPECT_EQ(calls, 8);
}

TEST_F(BreakerTest, NeverOpensForAnswersThatTakeTwiceAsLong) {
  for (int i = 0; i != 200; ++i) Call(End::kAnswered, 2.0);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  EXPECT_EQ(Health(), UpstreamHealth::kDegraded);
  EXPECT_NEAR(breaker_.stretch, 2, 0.01);
}

TEST_F(BreakerTest, IsDegradedAboveOneAndAHalf) {
  for (int i = 0; i != 200; ++i) Call(End::kAnswered, 1.5);
  EXPECT_EQ(Health(), UpstreamHealth::kOk);
  Call(End::kAnswered, 1.6);
  EXPECT_EQ(Health(), UpstreamHealth::kDegraded);
}

TEST_F(BreakerTest, OpensAfterTwoMinutesInWhichThreeCallsFailed) {
  Fail(1);
  Pass(60s);
  Fail(1);
  Pass(59s);
  Fail(1);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  Pass(1s);
  Fail(1);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
}

TEST_F(BreakerTest, TwoFailuresInTwoMinutesAreTooFewToKnow) {
  Fail(1);
  Pass(5min);
  Fail(1);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
}

TEST_F(BreakerTest, ASuccessEndsTheDrySpell) {
  Fail(2);
  Pass(119s);
  Call(End::kAnswered);
  Pass(1s);
  Fail(2);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
}

TEST_F(BreakerTest, WhatFailedYesterdayDoesNotOpenItToday) {
  Fail(4);
  Pass(24h);
  Fail(4);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  Fail(1);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
}

TEST_F(BreakerTest, LetsOneProbeGoWhenItsTimeHasCome) {
  Trip();
  now_ = breaker_.probe_from - 1ms;
  EXPECT_EQ(Ask(), Permission::kNo);
  Pass(1ms);
  EXPECT_EQ(Ask(kOne), Permission::kProbe);
  EXPECT_EQ(Ask(kTwo), Permission::kProbe);

  Take(kTwo);
  EXPECT_EQ(Ask(kOne), Permission::kNo);
  EXPECT_EQ(Ask(kTwo), Permission::kNo);
  EXPECT_EQ(TakeProbe(breaker_, settings_, now_, kOne), std::nullopt);
  EXPECT_EQ(Health(), UpstreamHealth::kTrying);
}

TEST_F(BreakerTest, WaitsTwiceAsLongEachTimeUpToSixteenMinutes) {
  Trip();
  for (int const seconds : {60, 120, 240, 480, 960, 960}) {
    auto const wait = breaker_.probe_from - now_;
    EXPECT_GE(wait, std::chrono::seconds(seconds) * 8 / 10);
    EXPECT_LE(wait, std::chrono::seconds(seconds) * 12 / 10);
    WaitForProbe();
    Take();
    AnswerProbe(End::kFailed);
  }
}

TEST_F(BreakerTest, TheJitterFollowsFromTheSeed) {
  auto const other = [&](std::uint64_t seed) {
    auto settings = settings_;
    settings.seed = seed;
    return NotePress(Breaker(), settings, StaffPress::kDown, kOne, now_)
        .probe_from;
  };
  EXPECT_EQ(other(1), other(1));
  EXPECT_NE(other(1), other(2));
}

TEST_F(BreakerTest, ClosesAfterThreeProbesThatSucceedInARow) {
  Trip();
  WaitForProbe();
  for (int i = 0; i != 3; ++i) {
    EXPECT_EQ(breaker_.successes, i);
    ASSERT_NO_FATAL_FAILURE(Take());
    AnswerProbe(End::kAnswered);
  }
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  EXPECT_EQ(Ask(kTwo), Permission::kYes);
  // All begins anew.
  Fail(4);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  Fail(1);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
  EXPECT_EQ(breaker_.trips, 1);
}

TEST_F(BreakerTest, AProbeThatFailsAfterTwoOpensItAnew) {
  Trip();
  WaitForProbe();
  for (int i = 0; i != 2; ++i) {
    Take();
    AnswerProbe(End::kAnswered);
  }
  Take();
  AnswerProbe(End::kTimedOut);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
  EXPECT_EQ(breaker_.successes, 0);
  EXPECT_EQ(breaker_.trips, 2);
}

TEST_F(BreakerTest, AProbeSlowerThanWhatOpensItIsNoSuccess) {
  Trip();
  WaitForProbe();
  Take();
  AnswerProbe(End::kAnswered, 3.1);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
}

TEST_F(BreakerTest, AProbeThatNeverAnswersIsReplaced) {
  Trip();
  WaitForProbe();
  Take(kOne);
  AnswerProbe(End::kAnswered);
  Take(kOne);
  auto const lost = *breaker_.probe;
  Pass(settings_.probe_limit - 1ms);
  EXPECT_EQ(Ask(kTwo), Permission::kNo);
  Pass(1ms);
  ASSERT_NO_FATAL_FAILURE(Take(kTwo));
  EXPECT_EQ(breaker_.successes, 0);

  // Its answer comes after all: nobody knows any more what it means.
  auto const before = breaker_;
  breaker_ = NoteResult(
      breaker_, settings_,
      {End::kFailed, lost.began, kOne, std::nullopt, lost.number}, now_);
  EXPECT_EQ(breaker_, before);
}

TEST_F(BreakerTest, CallsOfBeforeItOpenedChangeNothing) {
  Trip();
  auto const before = breaker_;
  Pass(10s);
  Call(End::kTimedOut);
  Call(End::kAnswered);
  EXPECT_EQ(breaker_, before);
}

TEST_F(BreakerTest, APlannedClosureIsNoFailure) {
  now_ += 10h;
  Fail(20);
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  EXPECT_EQ(breaker_.recent, 0);
  EXPECT_EQ(Ask(), Permission::kNo);
  EXPECT_EQ(Health(), UpstreamHealth::kPlannedClosed);
  Pass(14h);
  EXPECT_EQ(Ask(), Permission::kYes);
}

TEST_F(BreakerTest, ACallThatBeganBeforeClosingTimeIsNoFailure) {
  now_ += 10h;
  for (int i = 0; i != 10; ++i) {
    breaker_ =
        NoteResult(breaker_, settings_,
                   {End::kTimedOut, now_ - 20s, kOne, std::nullopt, 0}, now_);
  }
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
}

TEST_F(BreakerTest, ACallThatBeganBeforeOpeningTimeIsNoFailure) {
  settings_.closures.open_from = 10;
  Pass(10s);
  for (int i = 0; i != 10; ++i) {
    breaker_ =
        NoteResult(breaker_, settings_,
                   {End::kTimedOut, now_ - 20s, kOne, std::nullopt, 0}, now_);
  }
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
  EXPECT_EQ(breaker_.recent, 0);
}

TEST_F(BreakerTest, AProbeCutOffByAShortStopIsNotWaitedFor) {
  Trip();
  WaitForProbe();
  Take();
  settings_.closures.stops = {{now_ + 1s, now_ + 20s}};
  Pass(10s);
  AnswerProbe(End::kFailed);
  Pass(10s);
  EXPECT_EQ(Ask(), Permission::kProbe);
  EXPECT_EQ(breaker_.trips, 1);
}

TEST_F(BreakerTest, AProbeCutOffByClosingTimeIsTakenAgainInTheMorning) {
  now_ += 10h - 10s;
  Trip();
  breaker_.probe_from = now_;
  Take();
  Pass(20s);
  AnswerProbe(End::kFailed);
  EXPECT_EQ(breaker_.trips, 1);
  EXPECT_EQ(Ask(), Permission::kNo);
  Pass(12h);
  EXPECT_EQ(Ask(), Permission::kProbe);
}

TEST_F(BreakerTest, StaffMoveTheSameBreaker) {
  settings_.connector = Connector::kManual;
  settings_.probe_limit = 20min;
  PressAt(kOne, StaffPress::kSlow);
  EXPECT_EQ(Health(), UpstreamHealth::kDegraded);
  EXPECT_EQ(Ask(), Permission::kYes);
  EXPECT_EQ(breaker_.stretch, 2);
  PressAt(kOne, StaffPress::kWorksAgain);
  EXPECT_EQ(Health(), UpstreamHealth::kOk);

  PressAt(kOne, StaffPress::kDown);
  EXPECT_EQ(Health(), UpstreamHealth::kDown);
  auto const from = breaker_.probe_from;
  PressAt(kTwo, StaffPress::kDown);
  EXPECT_EQ(breaker_.probe_from, from);
  EXPECT_EQ(breaker_.trips, 1);
}

TEST_F(BreakerTest, TheProbeIsAskedOfTheCounterThatPressed) {
  settings_.connector = Connector::kManual;
  settings_.probe_limit = 20min;
  PressAt(kOne, StaffPress::kDown);
  PressAt(kTwo, StaffPress::kWorksAgain);
  EXPECT_EQ(Ask(kOne), Permission::kNo);
  EXPECT_EQ(Ask(kTwo), Permission::kProbe);
  for (int i = 0; i != 3; ++i) {
    ASSERT_NO_FATAL_FAILURE(Take(kTwo));
    Pass(15min);
    AnswerProbe(End::kAnswered, std::nullopt);
    EXPECT_EQ(Ask(kOne), i == 2 ? Permission::kYes : Permission::kNo);
  }
  EXPECT_EQ(breaker_.state, BreakerState::kClosed);
}

TEST_F(BreakerTest, AnyCounterMayProbeIfTheNamedOneDoesNot) {
  settings_.connector = Connector::kManual;
  PressAt(kOne, StaffPress::kDown);
  PressAt(kTwo, StaffPress::kWorksAgain);
  Pass(settings_.probe_limit);
  EXPECT_EQ(Ask(kOne), Permission::kProbe);
}

TEST_F(BreakerTest, IsForgottenWhenNobodyTriesForHalfAnHour) {
  EXPECT_FALSE(IsForgotten(breaker_, now_));
  Trip();
  WaitForProbe();
  Pass(30min);
  EXPECT_FALSE(IsForgotten(breaker_, now_));
  Pass(1ms);
  EXPECT_TRUE(IsForgotten(breaker_, now_));
  PressAt(kTwo, StaffPress::kDown);
  EXPECT_FALSE(IsForgotten(breaker_, now_));
  Pass(31min);
  EXPECT_TRUE(IsForgotten(breaker_, now_));
  Take(kTwo);
  EXPECT_FALSE(IsForgotten(breaker_, now_));
  Pass(31min);
  EXPECT_TRUE(IsForgotten(breaker_, now_));
  AnswerProbe(End::kAnswered);
  EXPECT_FALSE(IsForgotten(breaker_, now_));
}

TEST_F(BreakerTest, DownWhileItIsTriedOpensItAnew) {
  Trip();
  WaitForProbe();
  Take();
  PressAt(kOne, StaffPress::kDown);
  EXPECT_EQ(breaker_.state, BreakerState::kOpen);
  EXPECT_EQ(breaker_.trips, 2);
  EXPECT_EQ(breaker_.probe, std::nullopt);
}

// Whatever happens, and whoever looks at it late: at most one probe that is not
// lost, no call while it is open, only lawful moves, and never back in version.
RC_GTEST_PROP(BreakerPropertyTest, HasOneProbeAndMovesLawfully, ()) {
  BreakerSettings settings;
  settings.connector = *rc::gen::element(Connector::kRpc, Connector::kManual);
  settings.seed = *rc::gen::arbitrary<std::uint64_t>();
  settings.closures.open_until = 24;
  settings.closures.monthly_maintenance = false;
  Breaker breaker;
  auto now = kMorning;
  int in_a_row = 0;
  std::optional<Probe> lost;
  int const steps = *rc::gen::inRange(1, 150);
  for (int i = 0; i != steps; ++i) {
    now += std::chrono::seconds(
        *rc::gen::weightedElement<int>({{6, 1}, {3, 20}, {2, 90}, {1, 1000}}));
    CallerId const caller{std::to_string(*rc::gen::inRange(0, 3))};
    auto const before = breaker;
    auto const may = MayCall(before, settings, now, caller);
    int const what = *rc::gen::inRange(0, 12);
    auto const end = *rc::gen::element(End::kAnswered, End::kAnswered,
                                       End::kFailed, End::kTimedOut);
    if (what < 4 && may == Permission::kProbe) {
      lost = before.probe;
      breaker = *TakeProbe(before, settings, now, caller);
      RC_ASSERT(!before.probe ||
                now >= before.probe->began + settings.probe_limit);
      RC_ASSERT(breaker.probe->number > before.probes);
      if (lost) in_a_row = 0;
    } else if (what < 7 && before.probe) {
      bool const of_lost = lost && *rc::gen::arbitrary<bool>();
      auto const& probe = of_lost ? *lost : *before.probe;
      breaker =
          NoteResult(before, settings,
                     {end, probe.began, probe.caller, 1.0, probe.number}, now);
      if (of_lost) {
        RC_ASSERT(breaker == before);
      } else {
        in_a_row = end == End::kAnswered ? in_a_row + 1 : 0;
      }
    } else if (what < 11) {
      breaker = NoteResult(before, settings, {end, now, caller, 1.0, 0}, now);
      if (before.state != BreakerState::kClosed) RC_ASSERT(breaker == before);
    } else {
      breaker =
          NotePress(before, settings,
                    *rc::gen::element(StaffPress::kDown, StaffPress::kSlow,
                                      StaffPress::kWorksAgain),
                    caller, now);
      if (breaker.state == BreakerState::kOpen) in_a_row = 0;
    }

    RC_ASSERT(breaker.version >= before.version);
    RC_ASSERT(breaker == before || breaker.version == before.version + 1);
    bool const probing = breaker.state == BreakerState::kHalfOpen;
    RC_ASSERT(!breaker.probe || probing);
    RC_ASSERT((may == Permission::kYes) ==
              (before.state == BreakerState::kClosed));
    if (may != Permission::kProbe) {
      RC_ASSERT(!TakeProbe(before, settings, now, caller));
    }
    if (before.state != BreakerState::kClosed &&
        breaker.state == BreakerState::kClosed) {
      RC_ASSERT(before.state == BreakerState::kHalfOpen);
      RC_ASSERT(in_a_row == 3);
    }
    if (before.state == BreakerState::kClosed) {
      RC_ASSERT(!probing);
      in_a_row = 0;
    }
    if (before.state == BreakerState::kHalfOpen && end != End::kAnswered &&
        breaker.state == BreakerState::kOpen) {
      RC_ASSERT(breaker.trips == before.trips + 1);
    }
    RC_ASSERT(breaker.state != BreakerState::kOpen ||
              breaker.probe_from <= now + 1152s);
  }
}

}  // namespace
}  // namespace madoguchi::renewal
