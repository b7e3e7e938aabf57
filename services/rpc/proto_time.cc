#include "services/rpc/proto_time.h"

namespace madoguchi::rpc {
namespace {

template <typename Proto>
Proto SplitSeconds(std::chrono::milliseconds whole) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(whole);
  Proto proto;
  proto.set_seconds(seconds.count());
  proto.set_nanos(
      static_cast<int>(std::chrono::nanoseconds(whole - seconds).count()));
  return proto;
}

}  // namespace

google::protobuf::Timestamp TimeToProto(Timestamp time) {
  return SplitSeconds<google::protobuf::Timestamp>(time.time_since_epoch());
}

google::protobuf::Duration DurationToProto(std::chrono::milliseconds duration) {
  return SplitSeconds<google::protobuf::Duration>(duration);
}

Timestamp TimeFromProto(google::protobuf::Timestamp const& time) {
  return Timestamp(std::chrono::seconds(time.seconds()) +
                   std::chrono::milliseconds(time.nanos() / 1'000'000));
}

}  // namespace madoguchi::rpc
