#include "services/base/name_uuid.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi {
namespace {

using ::testing::MatchesRegex;

TEST(NameUuidTest, HasTheFormOfVersion5) {
  EXPECT_THAT(NameUuid("honcho|hold:1"),
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-"
                           "[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
}

TEST(NameUuidTest, TheSameNameHasTheSameId) {
  EXPECT_EQ(NameUuid("honcho|hold:1"), NameUuid("honcho|hold:1"));
  EXPECT_NE(NameUuid("honcho|hold:1"), NameUuid("honcho|hold:2"));
}

// Another release must know the requests of this one.
TEST(NameUuidTest, TheIdOfANameNeverChanges) {
  EXPECT_EQ(NameUuid(""), "88a4b48b-0af8-5282-83b5-333391e24580");
}

}  // namespace
}  // namespace madoguchi
