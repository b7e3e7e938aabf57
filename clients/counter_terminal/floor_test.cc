#include "clients/counter_terminal/floor.h"
#include "clients/counter_terminal/fake_calls.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::counter_terminal {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ticketing::v1::Counter;
using ticketing::v1::OfficeEvent;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::Ticket;

Ticket Away(std::string const& number, Ticket::State state,
            std::int64_t seconds) {
  Ticket ticket;
  ticket.set_number(number);
  ticket.set_state(state);
  ticket.mutable_hold()->mutable_deadline_time()->set_seconds(seconds);
  ticket.mutable_end_time()->set_seconds(seconds);
  return ticket;
}

std::vector<std::string> Numbers(std::vector<Ticket> const& tickets) {
  std::vector<std::string> numbers;
  for (auto const& ticket : tickets) numbers.push_back(ticket.number());
  return numbers;
}

TEST(LookAtFloorTest, TheSoonestDeadlineAndTheLastMissedComeFirst) {
  FakeCalls calls;
  calls.listed = {
      Away("101", Ticket::ON_HOLD, 300), Away("102", Ticket::ABSENT, 10),
      Away("103", Ticket::ON_HOLD, 200), Away("104", Ticket::ABSENT, 20),
      Away("105", Ticket::WAITING, 0)};
  calls.counters.resize(2);
  auto const lists = LookAtFloor(calls, "offices/honcho", {});
  ASSERT_TRUE(lists.ok());
  EXPECT_THAT(Numbers(lists->parked), ElementsAre("103", "101"));
  EXPECT_THAT(Numbers(lists->missed), ElementsAre("104", "102"));
  EXPECT_EQ(lists->counters.size(), 2u);
}

TEST(OthersAbleToCallTest, CountsTheOpenOnesThatAreNotPaused) {
  Floor floor;
  EXPECT_EQ(OthersAbleToCall(floor, "2"), std::nullopt);
  floor.lists.emplace();
  auto& counters = floor.lists->counters;
  counters.resize(4);
  for (int i = 0; i != 4; ++i) {
    auto& counter = counters[static_cast<std::size_t>(i)];
    counter.set_name("offices/honcho/counters/" + std::to_string(i + 1));
    counter.set_open(i != 3);
  }
  EXPECT_EQ(OthersAbleToCall(floor, "2"), 2);
  counters[0].set_activity(Counter::PAUSED);
  EXPECT_EQ(OthersAbleToCall(floor, "2"), 1);
}

class FloorBoardTest : public ::testing::Test {
 protected:
  FloorBoardTest() {
    OfficeUpdate update;
    update.mutable_office_time()->set_seconds(1'000);
    auto& service = *update.mutable_snapshot()->add_services();
    service.set_service("renew_self");
    service.set_waiting_count(3);
    board_.Take(update, at_);
  }

  MachineTime const at_{std::chrono::hours(1)};
  FloorBoard board_;
};

TEST_F(FloorBoardTest, FollowsHowManyWait) {
  OfficeUpdate update;
  auto& changed = *update.mutable_event()->add_services();
  changed.set_service("renew_self");
  changed.set_waiting_count(4);
  board_.Take(update, at_);
  EXPECT_EQ(board_.Get(at_).services[0].waiting_count(), 4);
}

TEST_F(FloorBoardTest, ANewDayForgetsTheOld) {
  board_.Put({});
  OfficeUpdate update;
  update.mutable_event()->set_kind(OfficeEvent::DAY_OPENED);
  board_.Take(update, at_);
  EXPECT_EQ(board_.Get(at_).services[0].waiting_count(), 0);
  EXPECT_FALSE(board_.Get(at_).lists);
}

// A clock that runs while nothing is heard would hide that nothing is.
TEST_F(FloorBoardTest, TheClockRunsOnlyToTheNextHeartbeat) {
  EXPECT_EQ(board_.Get(at_).office_time.seconds(), 1'000);
  EXPECT_EQ(board_.Get(at_ + seconds(2)).office_time.seconds(), 1'002);
  EXPECT_EQ(board_.Get(at_ + seconds(60)).office_time.seconds(), 1'003);
  EXPECT_EQ(board_.Get(at_ - seconds(5)).office_time.seconds(), 1'000);
}

TEST_F(FloorBoardTest, SaysWhetherItHears) {
  EXPECT_FALSE(board_.Get(at_).connected);
  board_.SetConnected(true);
  EXPECT_TRUE(board_.Get(at_).connected);
}

}  // namespace
}  // namespace madoguchi::counter_terminal
