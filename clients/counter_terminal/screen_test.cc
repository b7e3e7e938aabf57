#include "clients/counter_terminal/screen.h"
#include "clients/counter_terminal/lists.h"
#include "clients/terminal/text_width.h"
#include "absl/strings/str_join.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::counter_terminal {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

// 17:00:00 in Japan.
constexpr std::int64_t kNow = 1'800'000'000;

Counter MakeCounter(std::string const& id, Counter::Activity activity) {
  Counter counter;
  counter.set_name("offices/honcho/counters/" + id);
  counter.set_open(true);
  counter.set_staff("yuki");
  counter.set_activity(activity);
  counter.mutable_activity_start_time()->set_seconds(kNow - 125);
  return counter;
}

Ticket OnHold(std::string const& number, std::int64_t deadline) {
  Ticket ticket;
  ticket.set_number(number);
  ticket.set_state(Ticket::ON_HOLD);
  auto& hold = *ticket.mutable_hold();
  hold.set_reason("form");
  hold.set_owner("hana");
  hold.set_counter("offices/honcho/counters/2");
  hold.mutable_deadline_time()->set_seconds(deadline);
  return ticket;
}

class ScreenTest : public ::testing::Test {
 protected:
  ScreenTest() {
    absl::LoadTimeZone("Asia/Tokyo", &settings_.zone);
    desk_.counter = "2";
    desk_.staff = "hana";
    desk_.open = true;

    floor_.connected = true;
    floor_.office_time.set_seconds(kNow);
    floor_.services.resize(2);
    floor_.services[0].set_service("renew_self");
    floor_.services[0].mutable_display_name()->set_ja("電子証明書の更新(本人)");
    floor_.services[0].mutable_display_name()->set_en("Renew my certificates");
    floor_.services[0].set_waiting_count(3);
    floor_.services[1].set_service("consult");
    floor_.services[1].set_waiting_count(1);
    auto& lists = floor_.lists.emplace();
    lists.office_time.set_seconds(kNow - 2);
    lists.parked = {OnHold("095", kNow - 70), OnHold("098", kNow + 252)};
    lists.missed.resize(1);
    lists.missed[0].set_number("090");
    lists.counters = {MakeCounter("1", Counter::READY),
                      MakeCounter("3", Counter::PAUSED),
                      MakeCounter("4", Counter::WRAP_UP)};
    lists.counters[1].set_activity_reason("lunch");
    lists.counters[0].set_own_waiting_count(2);
    lists.counters.emplace_back().set_name("offices/honcho/counters/5");
  }

  Ticket& Have(Ticket::State state) {
    auto& ticket = desk_.ticket.emplace();
    ticket.set_number("A101");
    ticket.set_service("renew_self");
    ticket.set_language("en");
    ticket.set_state(state);
    ticket.mutable_arrival_time()->set_seconds(kNow - 1'600);
    ticket.mutable_call_time()->set_seconds(kNow - 130);
    ticket.mutable_serving_start_time()->set_seconds(kNow - 100);
    desk_.activity = Counter::ACTIVITY_UNSPECIFIED;
    return ticket;
  }

  std::string Show(int columns, int lines) {
    return absl::StrJoin(
        Screen(desk_, {}, floor_, messages_, settings_, now_, {columns, lines}),
        "\n");
  }

  Desk desk_;
  Floor floor_;
  Settings settings_;
  std::vector<std::string> messages_;
  MachineTime const now_{std::chrono::hours(1)};
};

TEST_F(ScreenTest, ShowsTheVisitorAndWhatToKnowOfIt) {
  auto& ticket = Have(Ticket::SERVING);
  ticket.set_assist(true);
  ticket.set_pickup(true);
  ticket.set_recall_count(1);
  ticket.set_note("青い封筒を確認");
  ticket.add_next_services("consult");
  ticket.mutable_served_duration()->set_seconds(240);
  for (int const columns : {80, 120}) {
    auto const text = Show(columns, 40);
    EXPECT_THAT(text,
                HasSubstr("応対中 Serving  01:40  (これまで before 04:00)"));
    EXPECT_THAT(text, HasSubstr("電子証明書の更新(本人) Renew my"));
    EXPECT_THAT(text, HasSubstr("待ち時間 24分  Waited 24 min"));
    EXPECT_THAT(text, HasSubstr("言語 Language: 英語 English"));
    EXPECT_THAT(text, HasSubstr("[配慮 Assist] [お渡し Pick-up] [再呼出"));
    EXPECT_THAT(text, HasSubstr("続き Then > consult"));
    EXPECT_THAT(text, HasSubstr("メモ Note: 青い封筒を確認"));
  }
}

TEST_F(ScreenTest, ShowsTheOfficeAtBothWidths) {
  for (int const columns : {80, 120}) {
    auto const text = Show(columns, 40);
    EXPECT_THAT(text, HasSubstr("空き Free"));
    EXPECT_THAT(text, HasSubstr("待ち Waiting 4人"));
    EXPECT_THAT(text, HasSubstr("保留 On hold 2人"));
    EXPECT_THAT(text, HasSubstr("! 095    期限超過 OVERDUE 01:10"));
    EXPECT_THAT(text, HasSubstr("098    残り Left 04:12"));
    EXPECT_THAT(text, HasSubstr("hana (2番窓口)  "));
    EXPECT_THAT(text, HasSubstr("不在 Missed 1人  090"));
    EXPECT_THAT(text, HasSubstr("接続中 Connected 17:00:00"));
    EXPECT_THAT(text, HasSubstr("n=次の方 Next"));
    EXPECT_THAT(text, Not(HasSubstr("s=応対開始")));
  }
}

TEST_F(ScreenTest, ShowsTheCountersShortlyWhereThereIsLittleRoom) {
  auto text = Show(80, 40);
  EXPECT_THAT(text, HasSubstr("窓口 Counters:  1 空き Free  3 休止中 Paused  "
                              "4 事務処理中 Paperwork"));
  EXPECT_THAT(text, HasSubstr("閉 Closed: 5"));
  text = Show(120, 40);
  EXPECT_THAT(text, HasSubstr("1番窓口  空き Free  yuki  指定 Own 2"));
  EXPECT_THAT(text, HasSubstr("3番窓口  休止中 Paused (昼休み Lunch) 02:05"));
  EXPECT_THAT(text, HasSubstr("4番窓口  事務処理中 Paperwork 02:05"));
  EXPECT_THAT(text, HasSubstr("5番窓口  閉 Closed"));
}

TEST_F(ScreenTest, FillsEverySizeAndNeverRunsOver) {
  for (auto const state : {Ticket::CALLED, Ticket::SERVING}) {
    Have(state).set_note(std::string(80, 'x'));
    messages_.assign(12,
                     "お呼びしました。とても長い一文がここに入ります。 said");
    for (int const columns : {20, 40, 80, 110, 120, 200}) {
      for (int const lines : {1, 5, 24, 40}) {
        auto const screen = Screen(desk_, {}, floor_, messages_, settings_,
                                   now_, {columns, lines});
        EXPECT_LE(static_cast<int>(screen.size()), lines);
        for (auto const& line : screen) {
          EXPECT_LE(terminal::DisplayWidth(line), columns) << line;
        }
      }
    }
  }
}

TEST_F(ScreenTest, OnASmallScreenTheListsGiveWayToWhatWasSaid) {
  Have(Ticket::CALLED);
  messages_.assign(8, "said");
  auto const text = Show(80, 23);
  EXPECT_THAT(text, HasSubstr("said"));
  EXPECT_THAT(text, HasSubstr("s=応対開始 Start"));
  EXPECT_THAT(text, HasSubstr("呼出中 Called  02:10"));
}

TEST_F(ScreenTest, AForgottenFinishIsAskedFor) {
  auto& ticket = Have(Ticket::SERVING);
  EXPECT_THAT(Show(80, 40), Not(HasSubstr("Was the finish forgotten?")));
  ticket.mutable_serving_start_time()->set_seconds(kNow - 46 * 60);
  EXPECT_THAT(Show(80, 40), HasSubstr("In service for 46 min. Was the finish"));
  ticket.mutable_serving_start_time()->set_seconds(kNow - 60);
  ticket.set_time_uncertain(true);
  EXPECT_THAT(Show(120, 40), HasSubstr("完了をお忘れではありませんか"));
}

TEST_F(ScreenTest, OffersToUndoForAsLongAsItCan) {
  desk_.undo = {Command::kAbsent, "A101",
                now_ + std::chrono::milliseconds(6'200)};
  EXPECT_THAT(Show(80, 40), HasSubstr("u=元に戻す Undo: 番号 A101 不在 absent "
                                      "(あと 7秒)"));
  desk_.undo->until = now_;
  EXPECT_THAT(Show(80, 40), Not(HasSubstr("Undo: 番号")));
}

TEST_F(ScreenTest, APauseShowsItsReasonAndClock) {
  desk_.activity = Counter::PAUSED;
  desk_.activity_reason = "lunch";
  desk_.activity_start_time.set_seconds(kNow - 61);
  EXPECT_THAT(Show(80, 40), HasSubstr("休止中 Paused: 昼休み Lunch  01:01"));
  desk_.activity = Counter::WRAP_UP;
  EXPECT_THAT(Show(80, 40), HasSubstr("事務処理中 Paperwork  01:01"));
}

TEST_F(ScreenTest, TellsTheTruthOfTheConnection) {
  EXPECT_EQ(ConnectionLine(floor_, settings_.zone),
            "接続中 Connected 17:00:00");
  floor_.lists->office_time.set_seconds(kNow - 60);
  EXPECT_THAT(ConnectionLine(floor_, settings_.zone),
              HasSubstr("Lists as of 16:59:00"));
  floor_.connected = false;
  EXPECT_THAT(ConnectionLine(floor_, settings_.zone),
              HasSubstr("接続が切れています 最終更新 17:00:00"));
}

TEST_F(ScreenTest, APipeIsToldTheStateInOneLine) {
  EXPECT_EQ(DeskLine(desk_, settings_.zone),
            "2番窓口 Counter 2 (hana)  空き Free");
  Have(Ticket::SERVING);
  EXPECT_EQ(DeskLine(desk_, settings_.zone),
            "2番窓口 Counter 2 (hana)  番号 Ticket A101  応対中 Serving  "
            "16:58から since 16:58  renew_self");
  desk_.ticket->set_recall_count(2);
  EXPECT_THAT(DeskLine(desk_, settings_.zone), HasSubstr("再呼出 Recalls 2"));
  desk_.ticket.reset();
  desk_.open = false;
  EXPECT_THAT(DeskLine(desk_, settings_.zone), HasSubstr("閉 Closed"));
  desk_.taken_over = true;
  EXPECT_THAT(DeskLine(desk_, settings_.zone), HasSubstr("Taken over"));
}

TEST(WhatCanBeDoneTest, DependsOnTheState) {
  auto const codes = [](Ticket::State state) {
    Ticket ticket;
    ticket.set_state(state);
    std::vector<std::string> codes;
    for (auto const& choice : WhatCanBeDone(ticket)) {
      codes.push_back(choice.code);
    }
    return absl::StrJoin(codes, " ");
  };
  EXPECT_EQ(codes(Ticket::WAITING), "call transfer designate assist edit");
  EXPECT_EQ(codes(Ticket::ON_HOLD), "resume call wait transfer assist edit");
  EXPECT_EQ(codes(Ticket::ABSENT), "back call assist edit");
  EXPECT_EQ(codes(Ticket::CALLED), "assist edit");
  EXPECT_EQ(codes(Ticket::SERVING), "assist edit");
  for (auto const state :
       {Ticket::COMPLETED, Ticket::CANCELLED, Ticket::EXPIRED, Ticket::MOVED}) {
    EXPECT_EQ(codes(state), "");
  }
}

TEST(ShowClockTest, CountsHoursFromOneOn) {
  EXPECT_EQ(ShowClock(absl::ZeroDuration()), "00:00");
  EXPECT_EQ(ShowClock(absl::Seconds(3'599)), "59:59");
  EXPECT_EQ(ShowClock(absl::Seconds(3'661)), "1:01:01");
}

}  // namespace
}  // namespace madoguchi::counter_terminal
