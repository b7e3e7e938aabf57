#include "clients/wall_display/announcements.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::wall_display {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ticketing::v1::Call;
using ticketing::v1::OfficeEvent;
using ticketing::v1::Ticket;

Call MakeCall(std::string const& number) {
  Call call;
  call.set_number(number);
  call.set_counter("2");
  call.set_state(Ticket::CALLED);
  return call;
}

OfficeEvent MakeEvent(OfficeEvent::Kind kind, std::string const& number,
                      Ticket::State state) {
  OfficeEvent event;
  event.set_kind(kind);
  *event.mutable_call() = MakeCall(number);
  event.mutable_call()->set_state(state);
  return event;
}

class AnnouncementsTest : public ::testing::Test {
 protected:
  MachineTime const start_{};
  Announcements announcements_;
};

TEST_F(AnnouncementsTest, D10NoneCutsAnotherOff) {
  EXPECT_FALSE(announcements_.Advance(start_));
  announcements_.Add(MakeCall("101"));
  announcements_.Add(MakeCall("102"));
  EXPECT_TRUE(announcements_.Advance(start_));
  EXPECT_EQ(announcements_.Current(start_)->number(), "101");
  EXPECT_FALSE(announcements_.Advance(start_ + seconds(1)));
  EXPECT_TRUE(announcements_.Advance(start_ + Announcements::kEach));
  EXPECT_EQ(announcements_.Current(start_ + seconds(3))->number(), "102");
  EXPECT_FALSE(announcements_.Advance(start_ + seconds(60)));
  EXPECT_FALSE(announcements_.Current(start_ + seconds(60)).has_value());
}

TEST_F(AnnouncementsTest, WhoeverLeftIsNotAnnouncedAnyMore) {
  announcements_.Add(MakeCall("101"));
  announcements_.Add(MakeCall("102"));
  announcements_.TakeBack(MakeEvent(OfficeEvent::LEFT, "101", Ticket::WAITING));
  announcements_.TakeBack(
      MakeEvent(OfficeEvent::CORRECTED, "102", Ticket::CALLED));
  EXPECT_TRUE(announcements_.Advance(start_));
  EXPECT_EQ(announcements_.Current(start_)->number(), "102");
  announcements_.TakeBack(
      MakeEvent(OfficeEvent::CORRECTED, "102", Ticket::WAITING));
  EXPECT_FALSE(announcements_.Current(start_).has_value());
}

TEST_F(AnnouncementsTest, ANewDayAnnouncesNothingOfTheOld) {
  announcements_.Add(MakeCall("101"));
  announcements_.Add(MakeCall("102"));
  announcements_.Advance(start_);
  OfficeEvent day;
  day.set_kind(OfficeEvent::DAY_OPENED);
  announcements_.TakeBack(day);
  EXPECT_FALSE(announcements_.Current(start_).has_value());
  EXPECT_FALSE(announcements_.Advance(start_ + seconds(60)));
}

TEST(AnnouncementOfTest, ACallToPickUpHasWordsOfItsOwn) {
  auto call = MakeCall("101");
  call.set_pickup(true);
  call.set_language("ja-easy");
  Hall const hall;
  EXPECT_THAT(
      AnnouncementOf(hall, call),
      ElementsAre(
          "お渡し・再度のお呼び出しです。番号札、101番のお客様、"
          "2番窓口へお越しください",
          "101番(ばん)の人(ひと)、できました。2番(ばん)の窓口(まどぐち)へ"
          "取(と)りに来(き)てください",
          "Ticket 101, we are ready for you again: please come to "
          "counter 2"));
  call.set_recall_count(1);
  call.clear_language();
  EXPECT_THAT(
      AnnouncementOf(hall, call),
      ElementsAre("お渡し・再度のお呼び出しです。番号札101番のお客様、2番窓口へ"
                  "お越しください。いらっしゃいませんか",
                  "Ticket 101, called again to pick up: counter 2"));
}

}  // namespace
}  // namespace madoguchi::wall_display
