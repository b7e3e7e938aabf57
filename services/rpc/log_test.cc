#include "services/rpc/log.h"
#include <gtest/gtest.h>

namespace madoguchi::rpc {
namespace {

TEST(LogTest, AnEventIsOneLineOfFields) {
  EXPECT_EQ(FormatEvent("ready", {}), "event=ready");
  EXPECT_EQ(FormatEvent("listening", {{"city", "akebono"}, {"offices", "2"}}),
            "event=listening city=\"akebono\" offices=\"2\"");
}

TEST(LogTest, AValueCannotEndItsFieldOrItsLine) {
  EXPECT_EQ(FormatEvent("x", {{"cause", "a \"b\"\nevent=y"}}),
            "event=x cause=\"a \\\"b\\\"\\nevent=y\"");
  EXPECT_EQ(FormatEvent("x", {{"office", "本庁"}}), "event=x office=\"本庁\"");
}

}  // namespace
}  // namespace madoguchi::rpc
