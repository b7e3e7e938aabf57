#include "clients/counter_terminal/keys.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace madoguchi::counter_terminal {
namespace {

TEST(ReadPressTest, ReadsKeysAndLines) {
  EXPECT_EQ(ReadPress("n")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress(" ")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress("N")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress("c")->command, Command::kComplete);
  EXPECT_EQ(ReadPress("f")->command, Command::kComplete);
  EXPECT_EQ(ReadPress("C")->command, Command::kCompleteAs);
  EXPECT_EQ(ReadPress("c issued ")->argument, "issued");
  EXPECT_EQ(ReadPress("b 101")->argument, "101");
  EXPECT_EQ(ReadPress("/101")->argument, "101");
  EXPECT_EQ(ReadPress("t service consult last")->argument,
            "service consult last");
  EXPECT_EQ(ReadPress("j .")->command, Command::kCase);
  EXPECT_FALSE(ReadPress("y"));
  EXPECT_FALSE(ReadPress("\x1b"));
  EXPECT_FALSE(ReadPress(""));
}

TEST(ReadPressTest, ADigitIsAnOutcome) {
  EXPECT_EQ(ReadPress("3")->command, Command::kOutcome);
  EXPECT_EQ(ReadPress("3")->argument, "3");
  EXPECT_FALSE(ReadPress("0"));
}

TEST(ReadPressTest, AnInputMethodLeftOnDoesNotDisarmTheKeys) {
  EXPECT_EQ(ReadPress("ｎ")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress("　")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress("Ｓ")->command, Command::kStart);
  EXPECT_EQ(ReadPress("／")->command, Command::kFind);
  EXPECT_EQ(ReadPress("２")->argument, "2");
  EXPECT_FALSE(ReadPress("あ"));
  EXPECT_FALSE(ReadPress("\xEF"));
}

TEST(KeysTest, EachCommandHasAKeyOfItsOwn) {
  std::set<std::string> keys;
  for (auto const command : AllCommands()) {
    auto const key = KeyOf(command);
    EXPECT_FALSE(key.empty());
    EXPECT_TRUE(keys.insert(key.substr(0, 1)).second) << key;
    auto const press = ReadPress(key.substr(0, 1));
    ASSERT_TRUE(press) << key;
    EXPECT_EQ(press->command, command) << key;
  }
}

}  // namespace
}  // namespace madoguchi::counter_terminal
