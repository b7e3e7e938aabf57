#include "tests/support/status_matchers.h"
#include "tests/support/whole_life_desks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>
#include <variant>

// Where a ticket waits: transfers, designations, assistance, corrections.
namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::Invalid;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::Refused;
using std::chrono::minutes;
using ::testing::ElementsAre;

// The pause before a command whose settlement was aborted looks again.
constexpr std::chrono::milliseconds kLooksAgain{5};

class CounterDeskTransferTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (auto const* counter : {"1", "2", "3"}) {
      ASSERT_THAT(desks_.Open(counter), IsOk());
    }
  }
  absl::StatusOr<Transferred> Transfer(Ticket const& ticket,
                                       TransferOrder const& order,
                                       std::string const& counter = "1") {
    return desks_.Transfer(desks_.At(counter, ticket.id), order);
  }
  std::vector<Event> LogOfBranch() {
    Answer<EventPage> page;
    desks_.memory.ReadLog(kBranch, 0, 100, desks_.Deadline(), page.Catch());
    return page.Get()->events;
  }

  WholeLifeDesks desks_;
};

TEST_F(CounterDeskTransferTest, WhoeverIsServedLeavesTheCounterFree) {
  auto const serving = desks_.Serving("1");
  desks_.clock.Advance(minutes(5));
  auto const sent = Transfer(serving, {.service = {"reset"}, .note = "papers"});
  ASSERT_THAT(sent, IsOk());
  EXPECT_EQ(sent->ticket.state, TicketState::kWaiting);
  EXPECT_EQ(sent->ticket.service, ServiceId{"reset"});
  EXPECT_EQ(sent->ticket.number, serving.number);
  EXPECT_EQ(sent->ticket.rank, serving.rank);
  EXPECT_EQ(sent->ticket.note, "papers");
  EXPECT_EQ(sent->ticket.served, minutes(5));
  EXPECT_FALSE(desks_.ListCounters()->front().counter.Busy());
}

TEST_F(CounterDeskTransferTest, OnlyItsHolderSendsAwayWhoeverIsAtACounter) {
  auto const serving = desks_.Serving("1");
  EXPECT_THAT(Transfer(serving, {.service = {"reset"}}, "3"),
              Refused("TICKET_AT_OTHER_COUNTER"));
  // Who waits is nobody's.
  auto const waiting = *desks_.Issue();
  EXPECT_THAT(Transfer(waiting, {.service = {"reset"}}, "3"), IsOk());
}

TEST_F(CounterDeskTransferTest, WhoeverIsSentToACounterIsCalledThereFirst) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  desks_.clock.Advance(minutes(1));
  auto const later = *desks_.Issue();
  ASSERT_THAT(Transfer(later, {.counter = {"3"}}), IsOk());
  EXPECT_EQ(desks_.ListCounters()->at(2).own_waiting, 1);
  auto const called = desks_.CallNext("3");
  EXPECT_EQ(called->ticket->id, later.id);
  EXPECT_EQ(called->reason, CallReason::kSentToCounter);
}

TEST_F(CounterDeskTransferTest, ACounterThatCannotServeThemGetsNobody) {
  auto const waiting = *desks_.Issue("reset");
  EXPECT_THAT(Transfer(waiting, {.counter = {"2"}}),
              Refused("TARGET_SERVES_NOT"));
  ASSERT_THAT(desks_.Close("3"), IsOk());
  EXPECT_THAT(Transfer(waiting, {.counter = {"3"}}), Refused("TARGET_CLOSED"));
}

TEST_F(CounterDeskTransferTest, NobodyIsSentToACounterThatClosesMeanwhile) {
  auto const waiting = *desks_.Issue();
  desks_.store.BeforeNextSettle(
      [&] { ASSERT_THAT(desks_.Close("3"), IsOk()); });
  Answer<Transferred> sent;
  desks_.counters.Transfer(desks_.At("1", waiting.id), {.counter = {"3"}},
                           desks_.Deadline(), sent.Catch());
  desks_.scheduler.Advance(kLooksAgain);
  EXPECT_THAT(sent.Get(), Refused("TARGET_CLOSED"));
  EXPECT_EQ(desks_.Get(waiting.id)->version, waiting.version);
}

TEST_F(CounterDeskTransferTest, ACounterThatClosesLetsGoOfWhoIsSentMeanwhile) {
  auto const before = *desks_.Issue();
  ASSERT_THAT(Transfer(before, {.counter = {"3"}}), IsOk());
  auto const waiting = *desks_.Issue();
  desks_.store.BeforeNextSettle(
      [&] { ASSERT_THAT(Transfer(waiting, {.counter = {"3"}}), IsOk()); });
  Answer<std::monostate> closed;
  desks_.counters.Close({kHall, {"3"}, 0}, desks_.NewPress(), desks_.Deadline(),
                        closed.Catch());
  desks_.scheduler.Advance(kLooksAgain);
  ASSERT_THAT(closed.Get(), IsOk());
  EXPECT_EQ(QueueOf(*desks_.Get(before.id)), QueueId{"renew"});
  EXPECT_EQ(QueueOf(*desks_.Get(waiting.id)), QueueId{"renew"});
}

TEST_F(CounterDeskTransferTest, AnOrderThatNamesNothingOrTooMuchIsRefused) {
  auto const waiting = *desks_.Issue();
  EXPECT_THAT(Transfer(waiting, {}), Invalid("TRANSFER_INVALID"));
  EXPECT_THAT(Transfer(waiting, {.counter = {"3"}, .office = kBranch}),
              Invalid("TRANSFER_INVALID"));
  EXPECT_THAT(Transfer(waiting, {.office = kBranch}),
              Invalid("TRANSFER_INVALID"));
  EXPECT_THAT(Transfer(waiting, {.service = {"renew"}, .office = kHall}),
              Invalid("TRANSFER_INVALID"));
  EXPECT_THAT(Transfer(waiting, {.service = {"reset"}, .note = "a\nb"}),
              Invalid("NOTE_INVALID"));
}

TEST_F(CounterDeskTransferTest, WhoeverHasGoneIsSentNowhere) {
  ASSERT_THAT(desks_.Issue(), IsOk());
  auto const absent = desks_.CallAndMiss("1");
  EXPECT_THAT(Transfer(absent, {.service = {"reset"}}),
              Refused("TICKET_NOT_TRANSFERABLE"));
  auto const serving = desks_.Serving("1");
  ASSERT_THAT(desks_.Complete(desks_.At("1", serving.id)), IsOk());
  EXPECT_THAT(Transfer(serving, {.service = {"reset"}}),
              Refused("TICKET_NOT_TRANSFERABLE"));
}

TEST_F(CounterDeskTransferTest, AnotherOfficeGoesOnWithThePlaceAndTheNote) {
  auto const serving = desks_.Serving("1");
  auto command = desks_.At("1", serving.id);
  command.at.device = "terminal-1";
  auto const moved = desks_.Transfer(
      command,
      {.service = {"pickup"}, .office = kBranch, .note = "has the form"});
  ASSERT_THAT(moved, IsOk());
  EXPECT_EQ(moved->ticket.state, TicketState::kMoved);
  auto const& arrived = *moved->arrived;
  EXPECT_EQ(arrived.state, TicketState::kWaiting);
  EXPECT_EQ(arrived.number, "C501");
  EXPECT_EQ(arrived.rank, serving.rank);
  EXPECT_EQ(arrived.arrival, serving.arrival);
  EXPECT_EQ(arrived.note, "has the form");
  EXPECT_EQ(arrived.moved_from, (Origin{kHall, serving.id}));
  // Each log tells its part: who, why, with which device.
  auto const left = desks_.Log().back();
  EXPECT_EQ(left.kind, EventKind::kTicketMoved);
  EXPECT_EQ(left.reason, kBranch.value);
  auto const told = LogOfBranch().back();
  EXPECT_EQ(told.kind, EventKind::kTicketArrived);
  EXPECT_EQ(told.reason, kHall.value);
  EXPECT_EQ(told.staff, StaffId{"sato"});
  EXPECT_EQ(told.device, "terminal-1");
}

TEST_F(CounterDeskTransferTest, AMoveRepeatedAfterALostReplyMovesOnce) {
  auto const waiting = *desks_.Issue();
  auto const command = desks_.At("1", waiting.id);
  TransferOrder const order{.service = {"pickup"}, .office = kBranch};
  // The first opens the day there.
  EXPECT_THAT(desks_.Transfer(command, order), IsOk());
  auto const again = desks_.Transfer(command, order);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->arrived->number, "C501");
  EXPECT_EQ(LogOfBranch().size(), 2U);
}

TEST_F(CounterDeskTransferTest, ADesignatedVisitorGoesNextBecauseStaffSaySo) {
  auto const first = *desks_.Issue();
  auto const second = *desks_.Issue();
  ASSERT_THAT(desks_.Designate(desks_.At("2", first.id)), IsOk());
  ASSERT_THAT(desks_.Designate(desks_.At("2", second.id), "mori"), IsOk());
  auto const told = desks_.Log().back();
  EXPECT_EQ(told.staff, StaffId{"mori"});
  EXPECT_EQ(told.reason, "DESIGNATED");
  EXPECT_THAT(desks_.ServeAll("2"), ElementsAre(second.number, first.number));
}

TEST_F(CounterDeskTransferTest, AssistanceCountsOnceAndIsTakenBackWhole) {
  auto const waiting = *desks_.Issue();
  auto const assist = [&](bool is) {
    return desks_.SetAssist(desks_.At("1", waiting.id), is)->rank.ms;
  };
  auto const head_start =
      std::chrono::milliseconds(desks_.Hall().desk_policy.assist_head_start);
  EXPECT_EQ(assist(true), waiting.rank.ms - head_start.count());
  EXPECT_EQ(assist(true), waiting.rank.ms - head_start.count());
  EXPECT_EQ(assist(false), waiting.rank.ms);
}

TEST_F(CounterDeskTransferTest, ACorrectionOfTheServiceKeepsThePlace) {
  auto const waiting = *desks_.Issue();
  auto const edited =
      desks_.Edit(desks_.At("1", waiting.id),
                  {.language = {}, .note = {}, .service = ServiceId{"reset"}});
  ASSERT_THAT(edited, IsOk());
  EXPECT_EQ(QueueOf(*edited), QueueId{"reset"});
  EXPECT_EQ(edited->rank, waiting.rank);
  EXPECT_EQ(edited->number, waiting.number);
}

TEST_F(CounterDeskTransferTest, WhoeverACounterCannotServeDoesNotWaitForIt) {
  auto const waiting = *desks_.Issue();
  ASSERT_THAT(Transfer(waiting, {.counter = {"2"}}), IsOk());
  EXPECT_THAT(
      desks_.Edit(desks_.At("1", waiting.id),
                  {.language = {}, .note = {}, .service = ServiceId{"reset"}}),
      Refused("TARGET_SERVES_NOT"));
}

TEST_F(CounterDeskTransferTest, AClosingCounterLetsGoOfWhoWaitsForItAlone) {
  auto const waiting = *desks_.Issue();
  ASSERT_THAT(Transfer(waiting, {.counter = {"2"}}), IsOk());
  Answer<std::monostate> closed;
  desks_.counters.Close({kHall, {"2"}, 0, "terminal-2"}, Uuid(900),
                        desks_.Deadline(), closed.Catch());
  ASSERT_THAT(closed.Get(), IsOk());
  EXPECT_EQ(QueueOf(*desks_.Get(waiting.id)), QueueId{"renew"});
  auto const told = desks_.Log().back();
  EXPECT_EQ(told.reason, "COUNTER_CLOSED");
  EXPECT_EQ(told.staff, StaffId{"sato"});
  EXPECT_EQ(told.device, "terminal-2");
}

}  // namespace
}  // namespace madoguchi::ticketing
