#include "services/ticketing/domain/note.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::ticketing {
namespace {

using ::madoguchi::testing::IsError;
using ::madoguchi::testing::IsOk;

auto IsRefused() {
  return IsError(absl::StatusCode::kInvalidArgument, "NOTE_INVALID");
}

TEST(NoteTest, AShortNoteMayTravel) {
  EXPECT_THAT(CheckNote(""), IsOk());
  EXPECT_THAT(CheckNote("申請書は記入済み。写真の確認から"), IsOk());
  EXPECT_THAT(CheckNote("カード2枚、窓口5番 10:30"), IsOk());
}

TEST(NoteTest, CharactersAreCountedNotBytes) {
  std::string note;
  for (std::size_t i = 0; i != kLongestNote; ++i) note += "あ";
  EXPECT_THAT(CheckNote(note), IsOk());
  EXPECT_THAT(CheckNote(note + "い"), IsRefused());
}

TEST(NoteTest, ANumberOfAPersonIsRefusedHoweverItIsWritten) {
  EXPECT_THAT(CheckNote("1234567890"), IsOk());
  EXPECT_THAT(CheckNote("12345678901"), IsRefused());
  EXPECT_THAT(CheckNote("番号 123456789018 です"), IsRefused());
  EXPECT_THAT(CheckNote("1234-5678-9018"), IsRefused());
  EXPECT_THAT(CheckNote("1234 5678 9018"), IsRefused());
  EXPECT_THAT(CheckNote("1234ー5678ー9018"), IsRefused());
  EXPECT_THAT(CheckNote("\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16"
                        "\uFF17\uFF18\uFF19\uFF10\uFF11\uFF18"),
              IsRefused());
}

TEST(NoteTest, ControlCharactersAreRefused) {
  EXPECT_THAT(CheckNote("a\nb"), IsRefused());
  EXPECT_THAT(CheckNote(std::string("a\0b", 3)), IsRefused());
}

TEST(NoteTest, BrokenTextIsLookedAtAllTheSame) {
  EXPECT_THAT(CheckNote("\xE3\x81"), IsOk());
  EXPECT_THAT(CheckNote("\xFF"
                        "12345678901"),
              IsRefused());
}

}  // namespace
}  // namespace madoguchi::ticketing
