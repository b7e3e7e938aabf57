#include "services/office/staff.h"
#include <gtest/gtest.h>
#include <string>

namespace madoguchi {
namespace {

TEST(CodeTest, IsShortLowerCaseAndAscii) {
  EXPECT_TRUE(IsCode("s-17_b"));
  EXPECT_TRUE(IsCode(std::string(32, 'a')));
  EXPECT_FALSE(IsCode(""));
  EXPECT_FALSE(IsCode(std::string(33, 'a')));
  for (auto const* const text : {"Sato", "a b", "a.b", "a~b", "\xE3\x81\x82"}) {
    EXPECT_FALSE(IsCode(text)) << text;
  }
}

TEST(CodeTest, CannotBeTheNumberOfAPerson) {
  EXPECT_TRUE(IsCode("1234567890"));
  EXPECT_FALSE(IsCode("12345678901"));
  EXPECT_FALSE(IsCode("123456789018"));
  EXPECT_FALSE(IsCode("1234-5678-9018"));
  EXPECT_FALSE(IsCode("card-1234-5678-9018"));
}

}  // namespace
}  // namespace madoguchi
