#include "services/ticketing/domain/settlement.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>

namespace madoguchi::ticketing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SettlementTest : public ::testing::Test {
 protected:
  // From `before` to `after`, told by one event.
  Settlement Changed(Ticket const& before, Ticket const& after) const {
    Settlement settlement;
    settlement.ticket = Change<Ticket>{before, after};
    settlement.event.emplace().device = "terminal-1";
    return settlement;
  }

  Office const office_ = MakeCity().offices.front();
};

TEST_F(SettlementTest, AnEventTellsTheQueueItsTicketWaitedIn) {
  auto sent = WaitingTicket(0);
  sent.queue = {"@1"};
  auto settlement = Changed(sent, CalledTicket(0));
  FillIn(office_, settlement);
  EXPECT_EQ(settlement.event->waited_in, QueueId{"@1"});
  settlement = Changed(CalledTicket(0), ServingTicket(0));
  FillIn(office_, settlement);
  EXPECT_EQ(settlement.event->waited_in, QueueId());
}

TEST_F(SettlementTest, WhatBecomesDueAndWhatNoLongerIsFollowsFromTheChange) {
  auto settlement = Changed(ServingTicket(0), HeldTicket(0));
  FillIn(office_, settlement);
  EXPECT_EQ(settlement.due.set, DueOf(office_, HeldTicket(0)));
  EXPECT_THAT(settlement.due.cleared, ElementsAre("finish:20261123-a-00000"));
}

TEST_F(SettlementTest, ThatOfACounterAndOfFurtherTicketsToo) {
  Counter wrapping;
  wrapping.id = {"1"};
  wrapping.activity = CounterActivity::kWrapUp;
  wrapping.activity_since = kTenOClock;
  auto closed = wrapping;
  closed.activity = CounterActivity::kReady;
  Settlement settlement;
  settlement.counter = Change<Counter>{wrapping, closed};
  settlement.further.push_back({{HeldTicket(1), WaitingTicket(1)}, Event()});
  FillIn(office_, settlement);
  EXPECT_THAT(settlement.due.cleared,
              ElementsAre("wrap-up:1", "hold:20261123-a-00001"));
}

// Otherwise a store that clears after firing would clear what was set anew.
TEST_F(SettlementTest, WhatFiresIsNotClearedBesides) {
  auto settlement = Changed(HeldTicket(0), WaitingTicket(0));
  settlement.fires = DueOf(office_, HeldTicket(0)).front();
  FillIn(office_, settlement);
  EXPECT_THAT(settlement.due.cleared, IsEmpty());
}

TEST_F(SettlementTest, EveryEventTellsTheDeviceThatAsked) {
  auto settlement = Changed(ServingTicket(0), ServingTicket(0));
  settlement.further.push_back({{WaitingTicket(1), WaitingTicket(1)}, Event()});
  settlement.issue.emplace();
  FillIn(office_, settlement);
  EXPECT_EQ(settlement.further.front().event.device, "terminal-1");
  EXPECT_EQ(settlement.issue->event.device, "terminal-1");
}

}  // namespace
}  // namespace madoguchi::ticketing
