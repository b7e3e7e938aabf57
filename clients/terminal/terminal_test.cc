#include "clients/terminal/big_text.h"
#include "clients/terminal/keystroke.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::terminal {
namespace {

using ::testing::ElementsAre;

TEST(DisplayWidthTest, CountsTwoColumnsForWhatIsTwiceAsWide) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("A101"), 4);
  EXPECT_EQ(DisplayWidth("2番窓口"), 7);
  EXPECT_EQ(DisplayWidth("Ａ１"), 4);
  EXPECT_EQ(DisplayWidth("ｱｲ"), 2);
  // A letter and the accent that combines with it.
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("電子証明書(本人)"), 16);
}

TEST(DisplayWidthTest, CountsBytesWhereTextIsNotUtf8) {
  EXPECT_EQ(DisplayWidth("a\xFFz"), 3);
  // Cut in the middle of a character.
  EXPECT_EQ(DisplayWidth("\xE7\xAA"), 2);
}

TEST(CutTest, NeverCutsACharacterInTwo) {
  EXPECT_EQ(Cut("番号札", 6), "番号札");
  EXPECT_EQ(Cut("番号札", 5), "番..");
  EXPECT_EQ(Cut("番号札", 4), "番..");
  EXPECT_EQ(Cut("番号札", 3), "..");
  EXPECT_EQ(Cut("番号札", 1), ".");
  EXPECT_EQ(Cut("番号札", 0), "");
  EXPECT_EQ(Cut("番号札", -1), "");
}

TEST(PadTest, FillsToTheColumn) {
  EXPECT_EQ(PadRight("窓口", 6), "窓口  ");
  EXPECT_EQ(PadLeft("窓口", 6), "  窓口");
  EXPECT_EQ(PadRight("窓口", 3), ".. ");
  for (int columns = 0; columns != 30; ++columns) {
    EXPECT_EQ(DisplayWidth(PadRight("電子証明書の更新 renewal", columns)),
              columns);
  }
}

TEST(WrapTest, BreaksJapaneseAnywhereAndEnglishBetweenWords) {
  EXPECT_THAT(Wrap("番号札をお取りください", 10),
              ElementsAre("番号札をお", "取りくださ", "い"));
  EXPECT_THAT(Wrap("Please take your ticket", 12),
              ElementsAre("Please take", "your ticket"));
  EXPECT_THAT(Wrap("short", 12), ElementsAre("short"));
  EXPECT_THAT(Wrap("", 12), ElementsAre(""));
  EXPECT_THAT(Wrap("番", 1), ElementsAre("番"));
}

TEST(BigTextTest, DrawsEachCharacterFiveWideAndTwoApart) {
  EXPECT_THAT(BigText("A1"),
              ElementsAre(" ###     #  ", "#   #   ##  ", "#####    #  ",
                          "#   #    #  ", "#   #   ### "));
  for (auto const& line : BigText("0123456789-Z?")) {
    EXPECT_EQ(static_cast<int>(line.size()), BigTextColumns(13));
  }
  EXPECT_EQ(BigText("")[0], "");
}

TEST(ProgramTest, SplitsTargets) {
  EXPECT_THAT(*ParseTargets("a:1,b:2"), ElementsAre("a:1", "b:2"));
  EXPECT_FALSE(ParseTargets(" ").ok());
}

TEST(ProgramTest, ShowsTheTimeOfTheOffice) {
  auto const zone = LoadZone("Asia/Tokyo");
  ASSERT_TRUE(zone.ok()) << zone.status();
  google::protobuf::Timestamp time;
  EXPECT_EQ(ShowTime(time, *zone), "--:--");
  time.set_seconds(1'800'000'000);
  EXPECT_EQ(ShowTime(time, *zone), "17:00");
  EXPECT_FALSE(LoadZone("Asia/Nowhere").ok());
}

TEST(PackTest, NoItemIsTornApart) {
  EXPECT_THAT(Pack({"n=次", "s=始", "cccc", "0123456789ab"}, 11),
              ElementsAre("n=次  s=始", "cccc", "012345678.."));
  EXPECT_THAT(Pack({}, 10), ::testing::IsEmpty());
}

TEST(TakeKeyTest, TakesWholeCharactersInOrder) {
  std::string typed = "nｎ\n";
  EXPECT_EQ(TakeKey(typed), "n");
  EXPECT_EQ(TakeKey(typed), "ｎ");
  EXPECT_EQ(TakeKey(typed), "\n");
  EXPECT_EQ(TakeKey(typed), std::nullopt);
}

// The last byte of "arrow up" is an A, which a counter would take for "absent".
TEST(TakeKeyTest, AnArrowIsNoLetter) {
  std::string typed = "\x1b[A\x1b[15~\x1bOPs\x1b[1;5C";
  EXPECT_EQ(TakeKey(typed), "s");
  EXPECT_EQ(TakeKey(typed), std::nullopt);
}

TEST(TakeKeyTest, EscapeAloneIsAKey) {
  std::string typed = "\x1b";
  EXPECT_EQ(TakeKey(typed), "\x1b");
  typed = "\x1b[";
  EXPECT_EQ(TakeKey(typed), std::nullopt);
  typed = "\xE3\x81";
  EXPECT_EQ(TakeKey(typed), "\xE3\x81");
}

}  // namespace
}  // namespace madoguchi::terminal
