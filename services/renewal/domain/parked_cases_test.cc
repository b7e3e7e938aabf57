#include "services/renewal/domain/parked_cases.h"
#include "services/base/name_uuid.h"
#include "services/renewal/domain/case_life.h"
#include "tests/support/answer.h"
#include "tests/support/renewal_house.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using madoguchi::testing::IsOk;
using madoguchi::testing::Refused;

constexpr MachineTime kParkedDeadline{std::chrono::hours(24)};

Office OfficeOfRenewals() {
  auto office = CityOfOneOffice().offices.front();
  for (auto const& [id, minutes] :
       {std::pair("renew_self", 10min), std::pair("renew_pin_reset", 30min),
        std::pair("renew_proxy", 20min), std::pair("tax", 1min)}) {
    Service service;
    service.id = {id};
    service.expected = minutes;
    office.services.push_back(service);
  }
  office.counters[0].serves = {{{"renew_self"}}};
  office.counters[1].serves = {{{"tax"}}, {{"renew_proxy"}}};
  office.counters.push_back({CounterId{"4"}, {}, {{{"tax"}}}});
  return office;
}

TEST(DrainRateTest, CountsOpenCountersThatServeRenewalsAtTheirUsualPace) {
  auto const office = OfficeOfRenewals();
  auto const rate = DrainRateOf(office, {{"2"}, {"3"}, {"4"}, {"99"}});
  EXPECT_EQ(rate.counters, 2);
  EXPECT_DOUBLE_EQ(rate.cases_per_hour, 3);
  EXPECT_EQ(DrainRateOf(office, {{"4"}}).counters, 0);
  EXPECT_DOUBLE_EQ(
      DrainRateOf(CityOfOneOffice().offices.front(), {{"2"}}).cases_per_hour,
      4);
}

class ParkedCasesTest : public ::testing::Test {
 protected:
  ParkedCasesTest() {
    house_.breaker.closures.open_until = 24;
    house_.ticket.SetState(OneTicket::State::kOnHold);
    hall_.open = {{"3"}, {"2"}};
  }

  RenewalCase Park(std::string const& ticket, std::chrono::minutes came,
                   ParkReason reason = ParkReason::kUpstream, int person = 1) {
    static int number = 0;
    auto renewal = life::Start(kHonchoId, {ticket}, person, CasePlan(),
                               {{"hana"}, {"2"}, kOpening});
    renewal =
        *life::Park(renewal, reason, {}, {{"hana"}, {"2"}, kOpening + 5min});
    renewal.errand.reset();
    CaseSettlement settlement;
    settlement.request = {{NameUuid("park " + std::to_string(++number))}, "t"};
    settlement.office = kHonchoId;
    settlement.after = renewal;
    house_.memory.Settle(settlement, kParkedDeadline, [](auto const& settled) {
      ASSERT_THAT(settled, IsOk());
    });
    hall_.held[{ticket}] = kOpening + came;
    return renewal;
  }

  bool IsReleased(RenewalCase const& renewal) {
    madoguchi::Answer<CaseView> view;
    house_.memory.Look(kHonchoId, {}, renewal.id, kParkedDeadline,
                       view.Catch());
    auto const now = *view.Get()->renewal;
    EXPECT_EQ(now.state, CaseState::kParked);
    EXPECT_EQ(now.counter, CounterId{"2"});
    return now.parking->released.has_value();
  }

  void Pass() {
    house_.ticket.SetHall(hall_);
    parked_.Pass(office_, kParkedDeadline);
    house_.scheduler.Advance(1s);
  }

  Office const office_ = OfficeOfRenewals();
  RenewalHouse house_;
  HallView hall_;
  ParkedCases parked_{house_.store,    house_.ticket, house_.errands,
                      house_.upstream, house_.clock,  house_.scheduler};
};

TEST_F(ParkedCasesTest, ThoseWhoCameFirstComeBackFirstAsFastAsTheyAreServed) {
  auto const late = Park("20260601-a-00001", 9min);
  auto const first = Park("20260601-b-00002", 1min);
  auto const second = Park("20260601-a-00003", 2min);
  Pass();
  EXPECT_TRUE(IsReleased(first));
  EXPECT_FALSE(IsReleased(second));
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kWaiting);
  // Two counters, three cases an hour each.
  house_.clock.Advance(9min);
  Pass();
  EXPECT_FALSE(IsReleased(second));
  house_.clock.Advance(1min);
  Pass();
  EXPECT_TRUE(IsReleased(second));
  EXPECT_FALSE(IsReleased(late));
}

TEST_F(ParkedCasesTest, AFamilyComesBackAsOneAndACardInCustodyDoesNot) {
  auto const parent = Park("20260601-a-00001", 1min);
  auto const child =
      Park("20260601-a-00001", 1min, ParkReason::kUpstream, /*person=*/2);
  auto const card = Park("20260601-a-00002", 0min, ParkReason::kCustody);
  auto const papers = Park("20260601-a-00003", 0min, ParkReason::kVisitor);
  Pass();
  EXPECT_TRUE(IsReleased(parent));
  EXPECT_TRUE(IsReleased(child));
  EXPECT_FALSE(IsReleased(card));
  EXPECT_FALSE(IsReleased(papers));
}

TEST_F(ParkedCasesTest, NobodyComesBackWhileItIsDownOrNobodyWorks) {
  auto const waiting = Park("20260601-a-00001", 1min);
  hall_.open = {{"4"}};
  Pass();
  EXPECT_FALSE(IsReleased(waiting));
  hall_.open = {{"2"}};
  house_.upstream.PressButton(
      {kHonchoId, {"2"}, {"hana"}, NameUuid("down"), {}}, StaffPress::kDown,
      kParkedDeadline, [](auto const&) {});
  Pass();
  EXPECT_FALSE(IsReleased(waiting));
}

TEST_F(ParkedCasesTest, WhomTicketingDidNotLetGoIsLetGoAnotherTime) {
  auto const waiting = Park("20260601-a-00001", 1min);
  house_.ticket.RefuseNextMove(absl::FailedPreconditionError("closed"));
  Pass();
  EXPECT_FALSE(IsReleased(waiting));
  house_.clock.Advance(10min);
  Pass();
  EXPECT_TRUE(IsReleased(waiting));
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kWaiting);
}

TEST_F(ParkedCasesTest, ATicketThatWaitsAlreadyIsLeftAlone) {
  auto const waiting = Park("20260601-a-00001", 1min);
  hall_.held.clear();
  Pass();
  EXPECT_FALSE(IsReleased(waiting));
  EXPECT_EQ(house_.ticket.moves(), 0);
}

TEST(ReleaseTest, OnlyACaseThatWaitsForTheAuthorityIsReleasedAndOnce) {
  life::Hand const hand{{"hana"}, {"2"}, kOpening};
  auto const open =
      life::Start(kHonchoId, {"20260601-a-00001"}, 1, CasePlan(), hand);
  EXPECT_THAT(life::Release(open, hand), Refused("CASE_NOT_PARKED"));
  auto const parked = life::Park(open, ParkReason::kUpstream, {}, hand);
  EXPECT_THAT(life::Release(*parked, hand), Refused("ERRAND_UNDER_WAY"));
  auto const held = life::EndErrand(*parked, 1, /*is_done=*/true);
  auto const released = life::Release(held, {{}, {"3"}, kOpening + 1min});
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->state, CaseState::kParked);
  EXPECT_EQ(released->counter, CounterId{"2"});
  EXPECT_EQ(released->errand->kind, Errand::Kind::kWait);
  auto const waits = life::EndErrand(*released, 2, /*is_done=*/true);
  EXPECT_EQ(waits.state, CaseState::kParked);
  EXPECT_THAT(life::Release(waits, hand), Refused("CASE_NOT_PARKED"));
  auto const resumed = life::AskToResume(waits, hand);
  ASSERT_THAT(resumed, IsOk());
  EXPECT_EQ(life::EndErrand(*resumed, 3, /*is_done=*/true).state,
            CaseState::kOpen);
}

}  // namespace
}  // namespace madoguchi::renewal
