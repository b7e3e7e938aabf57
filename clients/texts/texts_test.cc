#include "clients/texts/texts.h"
#include "clients/texts/localized.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::texts {
namespace {

TEST(TextOfTest, FillsThePlacesOfAText) {
  EXPECT_EQ(TextOf(Language::kJapanese, "counter.called", {{"n", "A101"}}),
            "番号 A101 をお呼びしました");
  EXPECT_EQ(TextOf(Language::kEnglish, "counter.called", {{"n", "A101"}}),
            "Ticket A101 was called.");
}

TEST(TextOfTest, SpeaksEasyJapaneseWithReadings) {
  EXPECT_EQ(TextOf(Language::kEasyJapanese, "kiosk.title"),
            "何(なに)をしますか。えらんでください");
}

TEST(TextOfTest, LeavesAPlaceWithoutAValueAsItIsWritten) {
  EXPECT_EQ(TextOf(Language::kEnglish, "counter.called"),
            "Ticket {n} was called.");
}

TEST(TextOfTest, AnUnknownIdIsItsOwnText) {
  EXPECT_EQ(TextOf(Language::kEnglish, "no.such"), "no.such");
}

TEST(HasTextTest, KnowsTheIdsOfTheCatalogue) {
  EXPECT_TRUE(HasText("reason.COUNTER_BUSY"));
  EXPECT_FALSE(HasText("reason.NO_SUCH"));
  EXPECT_FALSE(HasText(""));
}

TEST(InBothTest, SaysItInJapaneseFirst) {
  EXPECT_EQ(InBoth("display.sign", {{"c", "2"}}), "2番窓口 Counter 2");
  EXPECT_EQ(InBoth("display.now_calling", {}, "  "),
            "お呼び出し中  Now calling");
}

TEST(FillTest, PutsValuesWhereTheyAreNamed) {
  EXPECT_EQ(
      Fill("番号札、{n}番のお客様、{c}番窓口へ", {{"n", "A101"}, {"c", "2"}}),
      "番号札、A101番のお客様、2番窓口へ");
  EXPECT_EQ(Fill("{n} {n} {k}", {{"n", "1"}}), "1 1 {k}");
}

TEST(FillTest, AValueIsNoTextToFill) {
  EXPECT_EQ(Fill("{a} {b}", {{"a", "{b}"}, {"b", "2"}}), "{b} 2");
}

TEST(LanguageTest, IsReadAsRequestsCarryIt) {
  for (auto const language : kLanguages) {
    EXPECT_EQ(ParseLanguage(CodeOf(language)), language);
  }
  EXPECT_EQ(ParseLanguage("ja-easy"), Language::kEasyJapanese);
  EXPECT_EQ(ParseLanguage("fr"), std::nullopt);
}

TEST(InLanguageTest, IsJapaneseWhereALanguageIsMissing) {
  ticketing::v1::LocalizedText text;
  text.set_ja("本庁");
  text.set_en("Main hall");
  EXPECT_EQ(InLanguage(text, Language::kEnglish), "Main hall");
  EXPECT_EQ(InLanguage(text, Language::kEasyJapanese), "本庁");
  EXPECT_EQ(InLanguage(text, Language::kJapanese), "本庁");
}

}  // namespace
}  // namespace madoguchi::texts
