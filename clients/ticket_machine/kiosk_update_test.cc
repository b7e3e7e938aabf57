#include "clients/ticket_machine/kiosk_update.h"
#include "clients/ticket_machine/office_board.h"
#include "clients/ticket_machine/staff_door.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::ticket_machine {
namespace {

using absl::StatusCode;
using kiosk::v1::KioskUpdate;
using std::chrono::seconds;
using ::testing::IsEmpty;
using testing::IsError;
using testing::IsOk;
using Kind = RunOutcome::Kind;

// Everything is as it should be.
KioskMoment Fine() {
  KioskMoment moment;
  moment.office.heard = true;
  moment.has_pages = true;
  return moment;
}

TEST(HindranceTest, NamesWhatStandsInTheWay) {
  EXPECT_EQ(HindranceOf(Fine()), KioskUpdate::HINDRANCE_UNSPECIFIED);
  for (auto const& [kind, hindrance] :
       {std::pair{Kind::kNotPrinted, KioskUpdate::STAFF_NEEDED},
        {Kind::kPrintUnknown, KioskUpdate::STAFF_NEEDED},
        {Kind::kJournalFailed, KioskUpdate::JOURNAL},
        {Kind::kIssueUnknown, KioskUpdate::EARLIER_PRESS},
        {Kind::kEarlierPressOpen, KioskUpdate::EARLIER_PRESS}}) {
    auto moment = Fine();
    moment.desk.obstacle = kind;
    EXPECT_EQ(HindranceOf(moment), hindrance);
  }
  auto moment = Fine();
  moment.office.heard = false;
  EXPECT_EQ(HindranceOf(moment), KioskUpdate::SERVER);
  moment.printer = PrinterState::kJam;
  EXPECT_EQ(HindranceOf(moment), KioskUpdate::PRINTER);
  moment.desk.obstacle = Kind::kNotPrinted;
  EXPECT_EQ(HindranceOf(moment), KioskUpdate::STAFF_NEEDED);
  moment.desk.out_of_order = true;
  EXPECT_EQ(HindranceOf(moment), KioskUpdate::OUT_OF_ORDER);
}

TEST(HindranceTest, PaperNearItsEndIsNone) {
  auto moment = Fine();
  moment.printer = PrinterState::kPaperNearEnd;
  EXPECT_EQ(HindranceOf(moment), KioskUpdate::HINDRANCE_UNSPECIFIED);
}

// Features, detail 20: staff learn that the kiosk is not up.
TEST(MachineStateTest, D20TheHouseLearnsWhatVisitorsSee) {
  auto moment = Fine();
  EXPECT_EQ(ToMachineState(moment).screen, Screen::kInService);
  moment.desk.out_of_order = true;
  EXPECT_EQ(ToMachineState(moment).screen, Screen::kOutOfOrder);
  moment.staff_are_there = true;
  EXPECT_EQ(ToMachineState(moment).screen, Screen::kStaff);
  moment.has_pages = false;
  auto const dark = ToMachineState(moment);
  EXPECT_EQ(dark.screen, Screen::kDark);
  auto const told = ToProto(dark, SlipMedium::kPaper);
  EXPECT_EQ(told.screen(), ticketing::v1::DeviceState::OFF);
  EXPECT_FALSE(told.can_issue());
  moment = Fine();
  moment.office.heard = false;
  EXPECT_EQ(ToMachineState(moment).screen, Screen::kCannotIssue);
}

TEST(LinkTest, HasTheTokenWhereNoLogSeesIt) {
  Press press;
  press.ticket = "offices/honcho/tickets/20261128-renew-1";
  press.link_token = "abc";
  EXPECT_EQ(LinkOf(press, "https://q.example.jp"),
            "https://q.example.jp/offices/honcho/tickets/"
            "20261128-renew-1#abc");
  EXPECT_THAT(LinkOf(press, ""), IsEmpty());
  press.link_token.clear();
  EXPECT_THAT(LinkOf(press, "https://q.example.jp"), IsEmpty());
}

TEST(UpdateTest, WithoutAPrinterNoneIsSpokenOf) {
  auto const update = ToUpdate(Fine(), {SlipMedium::kScreen, "Asia/Tokyo", ""});
  EXPECT_EQ(update.medium(), KioskUpdate::SCREEN);
  EXPECT_EQ(update.printer(), ticketing::v1::DeviceState::PRINTER_UNSPECIFIED);
  EXPECT_FALSE(update.has_office_time());
  EXPECT_FALSE(update.has_office_name());
}

TEST(StaffCornerTest, ShowsAPressOnlyWhileItIsOpen) {
  auto moment = Fine();
  moment.desk.press = PressView{{}, PressState::kNotPrinted};
  EXPECT_FALSE(ToStaffCorner(moment, {}).has_open());
  moment.desk.press_is_open = true;
  EXPECT_TRUE(ToStaffCorner(moment, {}).has_open());
}

ticketing::v1::OfficeUpdate SnapshotOf(int waiting) {
  ticketing::v1::OfficeUpdate update;
  auto& service = *update.mutable_snapshot()->add_services();
  service.set_service("renew_self");
  service.mutable_display_name()->set_ja("更新");
  service.set_waiting_count(waiting);
  return update;
}

TEST(OfficeBoardTest, FollowsHowManyWait) {
  OfficeBoard board;
  EXPECT_FALSE(board.news().heard);
  board.Apply(SnapshotOf(7));
  ticketing::v1::OfficeUpdate changed;
  auto& service = *changed.mutable_event()->add_services();
  service.set_service("renew_self");
  service.set_waiting_count(8);
  board.Apply(changed);
  EXPECT_EQ(board.news().services[0].waiting_count(), 8);
  EXPECT_EQ(board.NameOf("renew_self")->ja(), "更新");
  EXPECT_FALSE(board.NameOf("none"));
}

TEST(OfficeBoardTest, ANewDayBeginsWithNobody) {
  OfficeBoard board;
  board.Apply(SnapshotOf(7));
  ticketing::v1::OfficeUpdate opened;
  opened.mutable_event()->set_kind(ticketing::v1::OfficeEvent::DAY_OPENED);
  board.Apply(opened);
  EXPECT_EQ(board.news().services[0].waiting_count(), 0);
}

TEST(OfficeBoardTest, WhatWasSaidStaysWhenNothingIsHeard) {
  OfficeBoard board;
  board.Apply(SnapshotOf(7));
  board.SetLiveness(absl::OkStatus());
  EXPECT_TRUE(board.news().heard);
  board.SetLiveness(absl::UnavailableError("away"));
  EXPECT_FALSE(board.news().heard);
  EXPECT_EQ(board.news().services[0].waiting_count(), 7);
}

class StaffDoorTest : public ::testing::Test {
 protected:
  MachineTime now_{};
  StaffDoor door_{"4711", [this] { return now_; }};
};

TEST_F(StaffDoorTest, StaffWhoDoNothingHaveGone) {
  EXPECT_THAT(door_.Enter("4711"), IsOk());
  now_ += seconds(59);
  EXPECT_TRUE(door_.staff_are_there());
  now_ += seconds(1);
  EXPECT_FALSE(door_.staff_are_there());
  EXPECT_THAT(door_.Enter("4711"), IsOk());
  door_.Leave();
  EXPECT_FALSE(door_.staff_are_there());
}

TEST_F(StaffDoorTest, FiveWrongKeysLockItForAWhile) {
  for (auto const* const wrong : {"", "47110", "471", "4712", "0000"}) {
    EXPECT_THAT(door_.Enter(wrong),
                IsError(StatusCode::kPermissionDenied, "STAFF_KEY_WRONG"));
  }
  EXPECT_THAT(door_.Enter("4711"),
              IsError(StatusCode::kResourceExhausted, "STAFF_KEY_LOCKED"));
  EXPECT_FALSE(door_.staff_are_there());
  now_ += StaffDoor::kLockedFor;
  EXPECT_THAT(door_.Enter("4711"), IsOk());
}

TEST_F(StaffDoorTest, ARightKeyForgetsTheWrongOnes) {
  constexpr int kWrongBetween = StaffDoor::kWrongKeys - 1;
  for (int i = 0; i != 20; ++i) {
    bool const right = i % kWrongBetween == 0;
    EXPECT_EQ(door_.Enter(right ? "4711" : "1").ok(), right);
  }
}

TEST(StaffDoorWithoutKeyTest, LetsNobodyIn) {
  StaffDoor door("", std::chrono::steady_clock::now);
  EXPECT_THAT(door.Enter(""),
              IsError(StatusCode::kPermissionDenied, "STAFF_KEY_WRONG"));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
