#include "tests/contract/ticket_store_contract.h"
#include <gmock/gmock.h>

// The part of the contract that is about what an office does by itself.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

DueEntry HoldOf(std::string const& ticket, int at_ms) {
  return {DueKind::kHoldDeadline, ticket, At(at_ms)};
}

Settlement DueSettlement(DueChange const& change) {
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  settlement.due = change;
  return settlement;
}

TEST_P(TicketStoreContract, WhatIsDueIsSeenOnceItsTimeHasCome) {
  DueEntry const later{DueKind::kWrapUpEnd, "1", At(200)};
  DueEntry const sooner = HoldOf("20261123-a-00000", 100);
  ASSERT_THAT(calls_.Settle(DueSettlement({{later, sooner}, {}})), IsOk());
  EXPECT_THAT(calls_.LookDue(99)->entries, IsEmpty());
  EXPECT_THAT(calls_.LookDue(100)->entries, ElementsAre(sooner));
  EXPECT_THAT(calls_.LookDue(200)->entries, ElementsAre(sooner, later));
  EXPECT_THAT(calls_.LookDue(200, 1)->entries, ElementsAre(sooner));
  EXPECT_THAT(calls_.LookDue(200, 0)->entries, IsEmpty());
}

TEST_P(TicketStoreContract, EveryKindOfEntryIsKept) {
  std::string const ticket = "20261123-a-00000";
  std::vector<DueEntry> const all = {
      {DueKind::kHoldDeadline, ticket, At(1)},
      {DueKind::kAbsenceExpiry, ticket, At(2)},
      {DueKind::kFinishPrompt, ticket, At(3)},
      {DueKind::kCounterQueuePatience, ticket, At(4)},
      {DueKind::kWrapUpEnd, "1", At(5)}};
  ASSERT_THAT(calls_.Settle(DueSettlement({all, {}})), IsOk());
  EXPECT_EQ(calls_.LookDue(9)->entries, all);
}

TEST_P(TicketStoreContract, AnEntrySetAgainHasItsNewTime) {
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 100)}, {}})), IsOk());
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 300)}, {}})), IsOk());
  EXPECT_THAT(calls_.LookDue(299)->entries, IsEmpty());
  EXPECT_THAT(calls_.LookDue(300)->entries, ElementsAre(HoldOf("x", 300)));
}

TEST_P(TicketStoreContract, AClearedEntryIsGone) {
  auto const keeps = HoldOf("y", 100);
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 100), keeps}, {}})),
              IsOk());
  ASSERT_THAT(calls_.Settle(DueSettlement(
                  {{}, {KeyOf(HoldOf("x", 0)), KeyOf(HoldOf("never", 0))}})),
              IsOk());
  EXPECT_THAT(calls_.LookDue(100)->entries, ElementsAre(keeps));
}

TEST_P(TicketStoreContract, AnEntryThatFiresGoes) {
  auto const entry = HoldOf("x", 100);
  ASSERT_THAT(calls_.Settle(DueSettlement({{entry}, {}})), IsOk());
  auto fires = DueSettlement({});
  fires.fires = entry;
  ASSERT_THAT(calls_.Settle(fires), IsOk());
  EXPECT_THAT(calls_.LookDue(100)->entries, IsEmpty());
  // Known by its request, it is answered again; another comes too late.
  EXPECT_THAT(calls_.Settle(fires), IsOk());
  fires.request = NewRequest();
  ExpectAborted(fires);
}

TEST_P(TicketStoreContract, AnEntryThatMovedDoesNotFire) {
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 300)}, {}})), IsOk());
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto settlement = CallOf(ticket, {}, 3);
  settlement.fires = HoldOf("x", 100);
  ExpectAborted(settlement);
  EXPECT_THAT(calls_.Queue(kResidence).first, ElementsAre(Waiting{ticket, 0}));
  settlement.fires->time = At(300);
  EXPECT_THAT(calls_.Settle(settlement), IsOk());
}

TEST_P(TicketStoreContract, AnEntryMayFireIntoItsNextTime) {
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 100)}, {}})), IsOk());
  auto again = DueSettlement({{HoldOf("x", 500)}, {}});
  again.fires = HoldOf("x", 100);
  ASSERT_THAT(calls_.Settle(again), IsOk());
  EXPECT_THAT(calls_.LookDue(500)->entries, ElementsAre(HoldOf("x", 500)));
}

TEST_P(TicketStoreContract, ARefusedSettlementChangesNothingThatIsDue) {
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 100)}, {}})), IsOk());
  auto const first = calls_.IssueTicket(kResidence, 0);
  auto const second = calls_.IssueTicket(kResidence, 1);
  auto refused = CallOf(second, {}, 3);
  refused.fires = HoldOf("x", 100);
  refused.due = {{HoldOf("y", 50)}, {KeyOf(HoldOf("x", 0))}};
  ExpectAborted(refused);
  EXPECT_THAT(calls_.LookDue(1000)->entries, ElementsAre(HoldOf("x", 100)));
}

TEST_P(TicketStoreContract, WhatIsDueIsTheOfficesOwn) {
  ASSERT_THAT(calls_.Open(kAnnexHall), IsOk());
  ASSERT_THAT(calls_.Settle(DueSettlement({{HoldOf("x", 100)}, {}})), IsOk());
  EXPECT_THAT(calls_.LookDue(100, 10, kAnnexHall.office)->entries, IsEmpty());
  auto elsewhere = DueSettlement({});
  elsewhere.hall = kAnnexHall;
  elsewhere.fires = HoldOf("x", 100);
  ExpectAborted(elsewhere);
}

TEST_P(TicketStoreContract, LookingForWhatIsDueTellsTheOpenDay) {
  auto const nowhere = calls_.LookDue(0, 10, {"nowhere"});
  ASSERT_THAT(nowhere, IsOk());
  EXPECT_EQ(nowhere->day, BusinessDay{});
  EXPECT_FALSE(nowhere->sweeping);
  EXPECT_THAT(nowhere->entries, IsEmpty());
  EXPECT_EQ(calls_.LookDue(0)->day, kHall.day);
  EXPECT_FALSE(calls_.LookDue(0)->sweeping);
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  EXPECT_EQ(calls_.LookDue(0)->day, kNextHall.day);
  EXPECT_EQ(calls_.LookDue(0)->sweeping, kHall.day);
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, false), IsOk());
  EXPECT_FALSE(calls_.LookDue(0)->sweeping);
}

TEST_P(TicketStoreContract, WhatIsDueOutlivesTheDay) {
  auto const entry = HoldOf("20261123-a-00000", 100);
  ASSERT_THAT(calls_.Settle(DueSettlement({{entry}, {}})), IsOk());
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  EXPECT_THAT(calls_.LookDue(100)->entries, ElementsAre(entry));
  ASSERT_THAT(calls_.Sweep(kHall.day, kNextHall, false), IsOk());
  EXPECT_THAT(calls_.LookDue(100)->entries, ElementsAre(entry));
}

}  // namespace
}  // namespace madoguchi::testing
