#include "clients/replay/api_time.h"
#include <chrono>

namespace madoguchi::replay {

Timestamp FromProto(google::protobuf::Timestamp const& time) {
  return Timestamp(std::chrono::seconds(time.seconds()) +
                   std::chrono::milliseconds(time.nanos() / 1'000'000));
}

google::protobuf::Timestamp ToProto(Timestamp time) {
  auto const since = time.time_since_epoch();
  auto const seconds = std::chrono::floor<std::chrono::seconds>(since);
  google::protobuf::Timestamp proto;
  proto.set_seconds(seconds.count());
  proto.set_nanos(static_cast<int>((since - seconds).count() * 1'000'000));
  return proto;
}

}  // namespace madoguchi::replay
