#include "services/renewal/domain/upstream_desk.h"
#include "services/base/name_uuid.h"
#include "tests/support/answer.h"
#include "tests/support/renewal_house.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <functional>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using madoguchi::testing::Invalid;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr MachineTime kLater{10s};
CallerId const kTwo{"honcho/2"};
CallerId const kThree{"honcho/3"};

// Two replicas of one city.
class UpstreamDeskTest : public ::testing::Test {
 protected:
  template <typename T>
  absl::StatusOr<T> Run(std::function<void(Done<T>)> const& command) {
    madoguchi::Answer<T> answer;
    command(answer.Catch());
    scheduler_.Advance(1s);
    return answer.Get();
  }

  absl::StatusOr<UpstreamRecord> Button(UpstreamDesk& desk, StaffPress button,
                                        std::string const& id) {
    return Run<UpstreamRecord>([&](auto done) {
      desk.PressButton({kHonchoId, {"2"}, {"hana"}, NameUuid(id), {}}, button,
                       kLater, std::move(done));
    });
  }
  Permission Ask(UpstreamDesk& desk, CallerId const& caller) {
    auto const may = Run<Permission>([&](auto done) {
      desk.Ask(caller, clock_.Now(), kLater, std::move(done));
    });
    EXPECT_THAT(may, IsOk());
    return *may;
  }
  void Note(UpstreamDesk& desk, EndedCall const& call,
            std::string const& name = {}) {
    EXPECT_THAT(Run<std::monostate>([&](auto done) {
                  desk.Note(call, name, kLater, std::move(done));
                }),
                IsOk());
  }
  void Refresh(UpstreamDesk& desk) {
    EXPECT_THAT(Run<std::monostate>(
                    [&](auto done) { desk.Refresh(kLater, std::move(done)); }),
                IsOk());
  }
  void Succeed(int times) {
    for (int i = 0; i != times; ++i) {
      EXPECT_EQ(Ask(one_, kTwo), Permission::kProbe);
      Note(other_, {EndedCall::End::kAnswered, kTwo, clock_.Now()});
      clock_.Advance(1s);
    }
    Refresh(one_);
  }

  City city_ = CityOfOneOffice();
  BreakerSettings settings_ = [] {
    auto settings = BreakerSettingsOf({});
    settings.closures.open_until = 24;
    return settings;
  }();
  MemoryUpstreamStore store_;
  FakeClock clock_{kOpening};
  ManualScheduler scheduler_;
  UpstreamDesk one_{{city_, settings_, store_, clock_, scheduler_}};
  UpstreamDesk other_{{city_, settings_, store_, clock_, scheduler_}};
};

TEST_F(UpstreamDeskTest, WhatStaffPressIsKnownAtOnceHereAndSoonElsewhere) {
  int news = 0;
  other_.Tell([&] { ++news; });
  ASSERT_THAT(Button(one_, StaffPress::kDown, "a"), IsOk());
  EXPECT_EQ(one_.Known().health, UpstreamHealth::kDown);
  EXPECT_EQ(one_.Now(kHonchoId), Upstream::kUnavailable);
  EXPECT_EQ(other_.Now(kHonchoId), Upstream::kOk);
  Refresh(other_);
  EXPECT_EQ(other_.Known().health, UpstreamHealth::kDown);
  EXPECT_EQ(news, 1);
  Refresh(other_);
  EXPECT_EQ(news, 1);
}

TEST_F(UpstreamDeskTest, SlowIsToldAsSlowAndPlannedClosedAsAway) {
  ASSERT_THAT(Button(one_, StaffPress::kSlow, "a"), IsOk());
  EXPECT_EQ(one_.Now(kHonchoId), Upstream::kSlow);
  settings_.closures.open_until = 8;
  EXPECT_EQ(one_.Now(kHonchoId), Upstream::kUnavailable);
}

TEST_F(UpstreamDeskTest, OnTheMorningAfterVisitorsAreNoLongerTurnedAway) {
  ASSERT_THAT(Button(one_, StaffPress::kDown, "a"), IsOk());
  EXPECT_EQ(one_.Now(kHonchoId), Upstream::kUnavailable);
  clock_.Advance(24h);
  EXPECT_EQ(one_.Known().health, UpstreamHealth::kDown);
  EXPECT_EQ(one_.Now(kHonchoId), Upstream::kSlow);
}

TEST_F(UpstreamDeskTest, ARepeatedPressIsAnsweredAsTheFirst) {
  auto const first = Button(one_, StaffPress::kDown, "a");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Button(one_, StaffPress::kWorksAgain, "b"), IsOk());
  EXPECT_THAT(Button(other_, StaffPress::kDown, "a"), IsOkAnd(*first));
  EXPECT_THAT(Button(one_, StaffPress::kSlow, "a"),
              Invalid("REQUEST_ID_REUSED"));
}

TEST_F(UpstreamDeskTest, ABadPressChangesNothing) {
  auto const press = [&](Press const& at) {
    return Run<UpstreamRecord>([&](auto done) {
             one_.PressButton(at, StaffPress::kDown, kLater, std::move(done));
           })
        .status();
  };
  auto const id = NameUuid("a");
  EXPECT_THAT(press({{"x"}, {"2"}, {"hana"}, id, {}}),
              IsError(absl::StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  EXPECT_THAT(press({kHonchoId, {"9"}, {"hana"}, id, {}}),
              IsError(absl::StatusCode::kNotFound, "COUNTER_NOT_FOUND"));
  EXPECT_THAT(press({kHonchoId, {"2"}, {"Hana Y"}, id, {}}),
              Invalid("STAFF_INVALID"));
  EXPECT_THAT(press({kHonchoId, {"2"}, {"hana"}, "1", {}}),
              Invalid("REQUEST_ID_INVALID"));
  EXPECT_EQ(one_.Known().record, UpstreamRecord());
}

TEST_F(UpstreamDeskTest, OfTwoReplicasOneGetsTheProbeAndThreeSuccessesClose) {
  ASSERT_THAT(Button(one_, StaffPress::kDown, "a"), IsOk());
  EXPECT_EQ(Ask(other_, kTwo), Permission::kNo);
  ASSERT_THAT(Button(other_, StaffPress::kWorksAgain, "b"), IsOk());
  // The counter that pressed is asked first.
  EXPECT_EQ(Ask(one_, kThree), Permission::kNo);
  EXPECT_EQ(Ask(one_, kTwo), Permission::kProbe);
  EXPECT_EQ(Ask(other_, kTwo), Permission::kNo);
  EXPECT_EQ(one_.Known().health, UpstreamHealth::kTrying);
  Note(other_, {EndedCall::End::kAnswered, kTwo, clock_.Now()});
  clock_.Advance(1s);
  Succeed(2);
  EXPECT_EQ(one_.Known().health, UpstreamHealth::kOk);
}

TEST_F(UpstreamDeskTest, ACallCountsOnceUnderItsName) {
  for (int i = 0; i != 6; ++i) {
    Note(i % 2 == 0 ? one_ : other_,
         {EndedCall::End::kFailed, kTwo, clock_.Now()}, "attempt");
  }
  EXPECT_EQ(one_.Known().record.breaker.recent, 1);
  for (int i = 0; i != 4; ++i) {
    Note(one_, {EndedCall::End::kFailed, kTwo, clock_.Now()},
         "attempt " + std::to_string(i));
  }
  EXPECT_EQ(one_.Known().health, UpstreamHealth::kDown);
}

TEST_F(UpstreamDeskTest, SlowAnswersAreMeasuredByThoseOfEarlierDays) {
  for (int i = 0; i != 5; ++i) {
    Note(one_, {EndedCall::End::kAnswered, kTwo, clock_.Now(), 4s});
  }
  clock_.Advance(24h);
  // What is usual is read once a day.
  Refresh(other_);
  for (int i = 0; i != 4; ++i) {
    Note(other_, {EndedCall::End::kAnswered, kTwo, clock_.Now(), 10s});
  }
  EXPECT_EQ(other_.Known().health, UpstreamHealth::kDegraded);
  EXPECT_NEAR(other_.Known().record.breaker.stretch, 1.89, 0.01);
}

TEST_F(UpstreamDeskTest, ATenthOfTheCallsMayBeRepeated) {
  auto const spend = [&] {
    return *Run<bool>(
        [&](auto done) { one_.SpendRepeat(kLater, std::move(done)); });
  };
  for (int i = 0; i != 20; ++i) {
    Note(one_, {EndedCall::End::kAnswered, kTwo, clock_.Now()});
  }
  EXPECT_TRUE(spend());
  EXPECT_TRUE(spend());
  EXPECT_FALSE(spend());
}

TEST_F(UpstreamDeskTest, ParkedCasesComeBackInOrderAndNoFasterThanTheRate) {
  std::vector<Parked> parked = {{{"c"}, kOpening + 3min},
                                {{"a"}, kOpening + 1min},
                                {{"b"}, kOpening + 2min}};
  DrainRate const rate{1, 6};
  auto const release = [&](UpstreamDesk& desk) {
    return *Run<std::vector<CaseId>>([&](auto done) {
      desk.Release(kHonchoId, parked, rate, kLater, std::move(done));
    });
  };
  ASSERT_THAT(Button(one_, StaffPress::kDown, "a"), IsOk());
  EXPECT_THAT(release(one_), IsEmpty());
  ASSERT_THAT(Button(one_, StaffPress::kWorksAgain, "b"), IsOk());
  EXPECT_THAT(release(one_), IsEmpty());
  Succeed(3);
  EXPECT_THAT(release(one_), ElementsAre(CaseId{"a"}));
  parked.erase(parked.begin() + 1);
  EXPECT_THAT(release(other_), IsEmpty());
  clock_.Advance(10min);
  EXPECT_THAT(release(other_), ElementsAre(CaseId{"b"}));
  EXPECT_THAT(release(one_), IsEmpty());
}

}  // namespace
}  // namespace madoguchi::renewal
