#include "services/rpc/proto_time.h"
#include <gtest/gtest.h>
#include <chrono>

namespace madoguchi::rpc {
namespace {

using std::chrono::milliseconds;

TEST(ProtoTimeTest, ATimeComesBackAsItWas) {
  for (auto const ms : {0LL, 1LL, 1'795'478'400'123LL, -1LL, -1'001LL}) {
    Timestamp const time{milliseconds(ms)};
    EXPECT_EQ(TimeFromProto(TimeToProto(time)), time) << ms;
  }
}

// As google.protobuf.Timestamp wants it.
TEST(ProtoTimeTest, NanosCountForwardsBefore1970Too) {
  auto const proto = TimeToProto(Timestamp{milliseconds(-1)});
  EXPECT_EQ(proto.seconds(), -1);
  EXPECT_EQ(proto.nanos(), 999'000'000);
}

TEST(ProtoTimeTest, ADurationIsSecondsAndNanos) {
  auto const proto = DurationToProto(milliseconds(90'250));
  EXPECT_EQ(proto.seconds(), 90);
  EXPECT_EQ(proto.nanos(), 250'000'000);
}

}  // namespace
}  // namespace madoguchi::rpc
