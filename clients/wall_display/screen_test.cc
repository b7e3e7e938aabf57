#include "clients/wall_display/screen.h"
#include "clients/terminal/text_width.h"
#include "clients/wall_display/announcements.h"
#include "clients/wall_display/pages.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::wall_display {
namespace {

using terminal::DisplayWidth;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ticketing::v1::Call;
using ticketing::v1::OfficeEvent;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::Ticket;

class ScreenTest : public ::testing::Test {
 protected:
  ScreenTest() {
    OfficeUpdate update;
    update.set_sequence(12);
    // 10:21:07 in Japan.
    update.mutable_office_time()->set_seconds(1'800'000'000 - 7 * 3600 + 1267);
    auto& snapshot = *update.mutable_snapshot();
    snapshot.mutable_office_name()->set_ja("曙市役所 本庁");
    snapshot.mutable_office_name()->set_en("Akebono City Hall");
    for (int i = 0; i != 5; ++i) {
      auto& call = *snapshot.add_calls();
      call.set_number(std::to_string(105 - i));
      call.set_counter(std::to_string(2 + i));
      call.set_state(i < 2 ? Ticket::CALLED : Ticket::SERVING);
    }
    snapshot.add_missed_numbers("097");
    for (int i = 2; i != 7; ++i) {
      auto& counter = *snapshot.add_counters();
      counter.set_counter(std::to_string(i));
      counter.mutable_label()->set_ja(std::to_string(i) + "番窓口");
      counter.mutable_label()->set_en("Counter " + std::to_string(i));
    }
    auto& service = *snapshot.add_services();
    service.mutable_display_name()->set_ja("電子証明書の更新(本人)");
    service.mutable_display_name()->set_en("Renew my certificates");
    service.set_waiting_count(7);
    hall_.Apply(update);
    absl::LoadTimeZone("Asia/Tokyo", &zone_);
  }

  View Look(int columns, int lines, bool stale = false) {
    return {hall_, std::nullopt, false, stale, zone_, {columns, lines}, turn_};
  }

  Hall hall_;
  absl::TimeZone zone_;
  std::size_t turn_ = 0;
};

TEST_F(ScreenTest, FillsEverySizeAndNeverRunsOver) {
  for (int const columns : {1, 20, 40, 75, 76, 80, 100, 200}) {
    for (int const lines : {1, 5, 10, 24, 50}) {
      for (bool const stale : {false, true}) {
        auto const rendered = Render(Look(columns, lines, stale));
        EXPECT_LE(static_cast<int>(rendered.size()), lines);
        // Large figures are left out where they do not fit; a terminal of less
        // than a full-width character is not one.
        for (auto const& line : rendered) {
          int width = 0;
          for (auto const& span : line) width += DisplayWidth(span.text);
          EXPECT_LE(width, std::max(columns, 2)) << columns << "x" << lines;
        }
      }
    }
  }
}

TEST_F(ScreenTest, SaysWhereToGoHowManyWaitAndWhoWasMissed) {
  auto const text = ToText(Render(Look(100, 30)));
  EXPECT_THAT(text, HasSubstr("曙市役所 本庁  Akebono City Hall"));
  EXPECT_THAT(text, HasSubstr("10:21\n"));
  EXPECT_THAT(text, HasSubstr("-->   ###   2番窓口"));
  EXPECT_THAT(text, HasSubstr("-->  6番窓口  Counter 6  (ご案内中"));
  EXPECT_THAT(text, HasSubstr("電子証明書の更新(本人)"));
  EXPECT_THAT(text, HasSubstr("7人"));
  EXPECT_THAT(text, HasSubstr("お呼びした番号: 097。お戻りの際は窓口係員へお"
                              "声がけください"));
  EXPECT_THAT(text, HasSubstr("We called 097."));
  EXPECT_THAT(text, HasSubstr("接続中 Connected  10:21:07"));
}

TEST_F(ScreenTest, TheSeparatorStandsInOneColumn) {
  auto const rendered = Render(Look(100, 30));
  for (auto const& line : rendered) {
    int before = 0;
    for (auto const& span : line) {
      if (span.text == " | ") {
        EXPECT_EQ(before, 58);
      }
      before += DisplayWidth(span.text);
    }
  }
}

TEST_F(ScreenTest, D11ALostConnectionIsSaidAndNothingIsCleared) {
  auto const rendered = Render(Look(100, 30, /*stale=*/true));
  auto const text = ToText(rendered);
  EXPECT_THAT(text, HasSubstr("接続が切れています"));
  EXPECT_THAT(text, HasSubstr("10:21:07 現在の表示です"));
  EXPECT_THAT(text, HasSubstr("This was right at 10:21:07"));
  EXPECT_THAT(text, HasSubstr("6番窓口"));
  EXPECT_THAT(text, Not(HasSubstr("Connected")));
  for (auto const& line : rendered) {
    for (auto const& span : line) {
      EXPECT_TRUE(span.style == Style::kDim || span.style == Style::kBigDim ||
                  span.style == Style::kBanner);
    }
  }
}

TEST_F(ScreenTest, SaysThatItIsConnectingBeforeItKnowsAnything) {
  Hall const empty;
  View const view{empty, std::nullopt, false, false, zone_, {80, 24}, 0};
  EXPECT_THAT(ToText(Render(view)), HasSubstr("接続しています"));
}

TEST_F(ScreenTest, AnAbsentNumberIsNotInTheListOfCalls) {
  OfficeUpdate update;
  auto& event = *update.mutable_event();
  event.set_kind(OfficeEvent::ABSENT);
  event.mutable_call()->set_number("102");
  event.mutable_call()->set_state(Ticket::ABSENT);
  hall_.Apply(update);
  EXPECT_THAT(ToText(Render(Look(100, 30))), Not(HasSubstr("  102    -->")));
  EXPECT_THAT(ToText(Render(Look(100, 30))),
              HasSubstr("お呼びした番号: 102 097"));
}

TEST_F(ScreenTest, AnnouncesInTheWordsOfTheHouse) {
  auto call = hall_.picture().calls(0);
  EXPECT_THAT(AnnouncementOf(hall_, call),
              ElementsAre("番号札、105番のお客様、2番窓口へお越しください",
                          "Ticket 105, please come to counter 2"));
  call.set_language("ja-easy");
  call.set_recall_count(1);
  EXPECT_THAT(AnnouncementOf(hall_, call),
              ElementsAre("番号札105番のお客様、2番窓口へお越しください。"
                          "いらっしゃいませんか",
                          "105番(ばん)の人(ひと)、2番(ばん)の窓口(まどぐち)へ"
                          "来(き)てください",
                          "Second call for ticket 105: counter 2"));
}

TEST_F(ScreenTest, ACallToPickUpLooksUnlikeAFirstOne) {
  OfficeUpdate update;
  auto& event = *update.mutable_event();
  event.set_kind(OfficeEvent::CALLED);
  event.mutable_call()->set_number("099");
  event.mutable_call()->set_counter("3");
  event.mutable_call()->set_state(Ticket::CALLED);
  event.mutable_call()->set_pickup(true);
  hall_.Apply(update);
  auto const large = ToText(Render(Look(120, 40)));
  EXPECT_THAT(large, HasSubstr("==>"));
  EXPECT_THAT(large, HasSubstr("お渡し Pick-up"));
  auto const small = ToText(Render(Look(40, 15)));
  EXPECT_THAT(small, HasSubstr("099    ==>  3番窓口"));
}

TEST_F(ScreenTest, NamesThePausedCounters) {
  OfficeUpdate update;
  auto& event = *update.mutable_event();
  event.set_kind(OfficeEvent::COUNTER_CHANGED);
  event.mutable_counter()->set_counter("3");
  event.mutable_counter()->mutable_label()->set_ja("3番窓口");
  event.mutable_counter()->mutable_label()->set_en("Counter 3");
  event.mutable_counter()->set_open(true);
  event.mutable_counter()->set_paused(true);
  hall_.Apply(update);
  EXPECT_THAT(ToText(Render(Look(100, 30))),
              HasSubstr("休止中の窓口: 3番窓口  Paused counters: Counter 3"));
}

TEST_F(ScreenTest, WhatDoesNotFitTurnsItsPagesAndTheNewestIsOnEach) {
  std::string seen;
  for (turn_ = 0; turn_ != 4; ++turn_) {
    auto const text = ToText(Render(Look(40, 14)));
    EXPECT_THAT(text, HasSubstr("105"));
    seen += text;
  }
  for (int number = 101; number <= 105; ++number) {
    EXPECT_THAT(seen, HasSubstr(std::to_string(number)));
  }
  EXPECT_THAT(ToText(Render(Look(40, 17))), HasSubstr("ページ "));
}

TEST_F(ScreenTest, ManyMissedNumbersDoNotPushTheCallsOff) {
  for (int i = 0; i != 60; ++i) {
    OfficeUpdate update;
    auto& event = *update.mutable_event();
    event.set_kind(OfficeEvent::ABSENT);
    event.mutable_call()->set_number("2" + std::to_string(10 + i));
    event.mutable_call()->set_state(Ticket::ABSENT);
    hall_.Apply(update);
  }
  auto const text = ToText(Render(Look(80, 24)));
  EXPECT_THAT(text, HasSubstr("-->"));
  EXPECT_THAT(text, HasSubstr("ページ 1/8  Page 1 of 8"));
}

TEST(PageAtTest, EachThingIsOnOnePageAndThePagesComeRound) {
  for (std::size_t count = 0; count != 30; ++count) {
    for (std::size_t room = 1; room != 12; ++room) {
      auto const pages = PageAt(count, room, 0).pages;
      std::size_t next = 0;
      for (std::size_t turn = 0; turn != pages; ++turn) {
        auto const page = PageAt(count, room, turn);
        EXPECT_EQ(page.begin, next);
        EXPECT_LE(page.end - page.begin, room);
        next = page.end;
      }
      EXPECT_EQ(next, count);
      EXPECT_EQ(PageAt(count, room, pages).begin, 0u);
    }
  }
  EXPECT_EQ(PageAt(5, 0, 3).end, 0u);
}

TEST_F(ScreenTest, DrawsLargeFiguresWithBlanksInReverse) {
  auto const ansi = ToAnsi({{{"#.", Style::kBig}}});
  EXPECT_THAT(ansi, HasSubstr("\x1b[7m \x1b[27m."));
  EXPECT_THAT(ansi, Not(HasSubstr("#")));
}

TEST_F(ScreenTest, WritesALineForEachEventAndNoneForAHeartbeat) {
  OfficeUpdate update;
  update.set_sequence(13);
  update.mutable_office_time()->set_seconds(1'800'000'000);
  auto& event = *update.mutable_event();
  event.set_kind(OfficeEvent::CALLED);
  event.mutable_call()->set_number("106");
  event.mutable_call()->set_counter("2");
  auto& service = *event.add_services();
  service.set_service("renew_self");
  service.set_waiting_count(6);
  EXPECT_EQ(*PlainLine(update, /*rings=*/true, zone_),
            "17:00:00 #13 CALLED 106 -> counter 2 (renew_self: 6 waiting) "
            "RING");
  update.mutable_heartbeat();
  EXPECT_EQ(PlainLine(update, false, zone_), std::nullopt);
}

}  // namespace
}  // namespace madoguchi::wall_display
