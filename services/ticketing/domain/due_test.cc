#include "services/ticketing/domain/due.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DueTest : public ::testing::Test {
 protected:
  std::vector<DueEntry> Due(Ticket const& ticket) const {
    return DueOf(office_, ticket);
  }

  Office office_ = MakeCity().offices.front();
};

TEST_F(DueTest, AKeyLeadsBackToItsEntry) {
  for (auto const kind :
       {DueKind::kHoldDeadline, DueKind::kAbsenceExpiry, DueKind::kFinishPrompt,
        DueKind::kCounterQueuePatience, DueKind::kWrapUpEnd}) {
    DueEntry const entry{kind, "20261123-a-00001", kTenOClock};
    EXPECT_EQ(DueEntryOf(KeyOf(entry), kTenOClock), entry);
  }
}

TEST_F(DueTest, WhatIsNoKeyIsNoEntry) {
  for (auto const* const text : {"", ":", "hold", "hold:", "slot:1"}) {
    EXPECT_EQ(DueEntryOf(text, kTenOClock), std::nullopt) << text;
  }
}

TEST_F(DueTest, AHoldEndsAtItsDeadline) {
  auto const held = HeldTicket(0);
  EXPECT_THAT(Due(held),
              ElementsAre(DueEntry{DueKind::kHoldDeadline, held.id.value,
                                   held.hold->deadline}));
}

TEST_F(DueTest, AnAbsenceExpiresOnlyWhereTheOfficeSaysWhen) {
  auto const absent = AbsentTicket(0);
  EXPECT_THAT(Due(absent), IsEmpty());
  office_.call_policy.absent_expires = minutes(20);
  EXPECT_THAT(Due(absent),
              ElementsAre(DueEntry{DueKind::kAbsenceExpiry, absent.id.value,
                                   *absent.ended + minutes(20)}));
}

TEST_F(DueTest, AFinishIsAskedAfterOnceAndWhereTheOfficeWantsIt) {
  auto serving = ServingTicket(0);
  EXPECT_THAT(Due(serving),
              ElementsAre(DueEntry{DueKind::kFinishPrompt, serving.id.value,
                                   *serving.serving_started + minutes(90)}));
  serving.time_uncertain = true;
  EXPECT_THAT(Due(serving), IsEmpty());
  serving.time_uncertain = false;
  office_.desk_policy.finish_prompt = minutes(0);
  EXPECT_THAT(Due(serving), IsEmpty());
}

TEST_F(DueTest, OnlyWhoWaitsForOneCounterAloneLosesPatience) {
  auto waiting = WaitingTicket(0);
  waiting.queued = kTenOClock;
  EXPECT_THAT(Due(waiting), IsEmpty());
  waiting.queue = {"@1"};
  EXPECT_THAT(Due(waiting), ElementsAre(DueEntry{DueKind::kCounterQueuePatience,
                                                 waiting.id.value,
                                                 kTenOClock + minutes(30)}));
}

TEST_F(DueTest, NothingIsDueAboutWhoeverHasGone) {
  for (auto const state :
       {TicketState::kCalled, TicketState::kCompleted, TicketState::kCancelled,
        TicketState::kExpired, TicketState::kMoved}) {
    auto ticket = HeldTicket(0);
    ticket.state = state;
    EXPECT_THAT(Due(ticket), IsEmpty());
  }
}

TEST_F(DueTest, PaperworkEndsByItselfAndAPauseDoesNot) {
  Counter counter;
  counter.id = {"1"};
  counter.activity = CounterActivity::kWrapUp;
  counter.activity_since = kTenOClock;
  EXPECT_THAT(DueOf(office_, counter),
              ElementsAre(DueEntry{DueKind::kWrapUpEnd, "1",
                                   kTenOClock + seconds(180)}));
  counter.activity = CounterActivity::kPaused;
  EXPECT_THAT(DueOf(office_, counter), IsEmpty());
}

TEST_F(DueTest, AChangeSetsWhatIsNewOrMovedAndClearsWhatIsGone) {
  DueEntry const hold{DueKind::kHoldDeadline, "t", kTenOClock};
  DueEntry const later{DueKind::kHoldDeadline, "t", kTenOClock + minutes(1)};
  DueEntry const finish{DueKind::kFinishPrompt, "t", kTenOClock};
  auto const change = [](std::vector<DueEntry> const& before,
                         std::vector<DueEntry> const& after) {
    DueChange due;
    AddDueChange(before, after, due);
    return due;
  };
  EXPECT_EQ(change({hold}, {hold}), DueChange());
  EXPECT_EQ(change({}, {hold}), (DueChange{{hold}, {}}));
  EXPECT_EQ(change({hold}, {later}), (DueChange{{later}, {}}));
  EXPECT_EQ(change({hold}, {finish}), (DueChange{{finish}, {"hold:t"}}));
}

}  // namespace
}  // namespace madoguchi::ticketing
