#include "services/ticketing/domain/counter_life.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using ::testing::Field;

Counter CounterNeverOpened() {
  Counter counter;
  counter.id = {"1"};
  return counter;
}

Counter OpenCounterOf(std::int64_t session) {
  Counter counter;
  counter.id = {"1"};
  counter.open = true;
  counter.session = session;
  counter.staff = {"sato"};
  counter.version = 4;
  return counter;
}

TEST(CounterLifeTest, OpensWithASessionThatHoldsTheDay) {
  auto const opened = life::OpenCounter(CounterNeverOpened(), kToday, {"sato"},
                                        /*take_over=*/false);
  ASSERT_THAT(opened, IsOk());
  EXPECT_TRUE(opened->open);
  EXPECT_EQ(opened->staff, StaffId{"sato"});
  EXPECT_EQ(opened->session, 202611230001);
  EXPECT_EQ(opened->version, 1);
}

TEST(CounterLifeTest, SessionsGrowThroughTheDayAndFromDayToDay) {
  auto closed = OpenCounterOf(202611230005);
  closed.open = false;
  EXPECT_THAT(life::OpenCounter(closed, kToday, {"ito"}, /*take_over=*/false),
              IsOkAnd(Field(&Counter::session, 202611230006)));
  EXPECT_THAT(life::OpenCounter(CounterNeverOpened(), {20261124}, {"ito"},
                                /*take_over=*/false),
              IsOkAnd(Field(&Counter::session, 202611240001)));
}

TEST(CounterLifeTest, AnOpenOneIsTakenOverOnlyOnPurpose) {
  auto counter = OpenCounterOf(202611230001);
  counter.ticket = WaitingTicket(7).id;
  EXPECT_THAT(life::OpenCounter(counter, kToday, {"ito"}, /*take_over=*/false),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_ALREADY_OPEN"));
  auto const taken =
      life::OpenCounter(counter, kToday, {"ito"}, /*take_over=*/true);
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(taken->session, 202611230002);
  EXPECT_EQ(taken->staff, StaffId{"ito"});
  EXPECT_EQ(taken->ticket, counter.ticket);
  EXPECT_EQ(taken->version, 5);
}

TEST(CounterLifeTest, ClosesWhenFree) {
  auto const closed = life::CloseCounter(OpenCounterOf(3));
  ASSERT_THAT(closed, IsOk());
  EXPECT_FALSE(closed->open);
  EXPECT_EQ(closed->staff, StaffId{});
  EXPECT_EQ(closed->session, 3);
  EXPECT_EQ(closed->version, 5);
  auto busy = OpenCounterOf(3);
  busy.ticket = WaitingTicket(7).id;
  EXPECT_THAT(life::CloseCounter(busy),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_BUSY"));
}

TEST(CounterLifeTest, OnlyTheCurrentSessionWorksThere) {
  EXPECT_THAT(life::CheckSession(OpenCounterOf(3), 3), IsOk());
  EXPECT_THAT(life::CheckSession(OpenCounterOf(3), 0), IsOk());
  for (int const other : {2, 4, -1}) {
    EXPECT_THAT(life::CheckSession(OpenCounterOf(3), other),
                IsError(StatusCode::kFailedPrecondition, "COUNTER_TAKEN_OVER"));
  }
  auto closed = OpenCounterOf(3);
  closed.open = false;
  for (int const session : {0, 3}) {
    EXPECT_THAT(life::CheckSession(closed, session),
                IsError(StatusCode::kFailedPrecondition, "COUNTER_CLOSED"));
  }
}

TEST(CounterLifeTest, HoldsOneTicketAtATime) {
  auto const busy = life::Occupy(OpenCounterOf(3), WaitingTicket(7).id);
  ASSERT_THAT(busy, IsOk());
  EXPECT_TRUE(busy->Busy());
  EXPECT_EQ(busy->version, 5);
  EXPECT_THAT(life::Occupy(*busy, WaitingTicket(8).id),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_BUSY"));
  auto const free = life::Release(*busy);
  EXPECT_FALSE(free.Busy());
  EXPECT_EQ(free.version, 6);
}

}  // namespace
}  // namespace madoguchi::ticketing
