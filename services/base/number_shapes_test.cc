#include "services/base/number_shapes.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> DigitsOf(std::string_view text) {
  std::vector<std::string> digits;
  for (auto const& run : DigitRunsOf(text)) digits.push_back(run.digits);
  return digits;
}

TEST(NumberShapesTest, CharactersAreTakenOneByOne) {
  std::string_view text = "aé番𠮷";
  EXPECT_EQ(TakeCharacter(text), U'a');
  EXPECT_EQ(TakeCharacter(text), U'é');
  EXPECT_EQ(TakeCharacter(text), U'番');
  EXPECT_EQ(TakeCharacter(text), U'𠮷');
  EXPECT_TRUE(text.empty());
}

TEST(NumberShapesTest, ABrokenCharacterIsOneByte) {
  std::string_view text = "\xE3\x81z";
  EXPECT_EQ(TakeCharacter(text), 0xFFFDU);
  EXPECT_EQ(TakeCharacter(text), 0xFFFDU);
  EXPECT_EQ(TakeCharacter(text), U'z');
}

TEST(NumberShapesTest, FullWidthIsHalfWidth) {
  EXPECT_EQ(HalfWidth(U'\uFF10'), U'0');
  EXPECT_EQ(HalfWidth(U'\uFF3A'), U'Z');
  EXPECT_EQ(HalfWidth(U'\uFF5E'), U'~');
  EXPECT_EQ(HalfWidth(U'\u3000'), U' ');
  EXPECT_EQ(HalfWidth(U'番'), U'番');
  EXPECT_EQ(HalfWidth(U'a'), U'a');
}

TEST(NumberShapesTest, SpacesAndDashesDoNotPartANumber) {
  EXPECT_THAT(DigitsOf("1234-5678 9018"), ElementsAre("123456789018"));
  EXPECT_THAT(DigitsOf("12ー34‐56—78"), ElementsAre("12345678"));
  EXPECT_THAT(DigitsOf("\uFF11\uFF0D\uFF12\uFF0E\uFF13"), ElementsAre("123"));
  EXPECT_THAT(DigitsOf("(1.2・3\u00A04\u200B5)"), ElementsAre("12345"));
}

TEST(NumberShapesTest, EverythingElseDoes) {
  EXPECT_THAT(DigitsOf("カード2枚、窓口5番 10:30"),
              ElementsAre("2", "5", "10", "30"));
  EXPECT_THAT(DigitsOf("2026/7/16"), ElementsAre("2026", "7", "16"));
  EXPECT_THAT(DigitsOf("- ."), IsEmpty());
  EXPECT_THAT(DigitsOf(""), IsEmpty());
}

TEST(NumberShapesTest, ARunTellsWhatEndsIt) {
  EXPECT_THAT(DigitRunsOf("2026年 5 番 7"),
              ElementsAre(DigitRun{"2026", U'年'}, DigitRun{"5", U'番'},
                          DigitRun{"7", 0}));
}

}  // namespace
}  // namespace madoguchi
