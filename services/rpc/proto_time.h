#ifndef MADOGUCHI_SERVICES_RPC_PROTO_TIME_H
#define MADOGUCHI_SERVICES_RPC_PROTO_TIME_H

#include "services/base/clock.h"
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <chrono>

// Times as messages of every API have them. Pure.
namespace madoguchi::rpc {

google::protobuf::Timestamp TimeToProto(Timestamp time);
google::protobuf::Duration DurationToProto(std::chrono::milliseconds duration);

/// What is finer than a millisecond is left out.
Timestamp TimeFromProto(google::protobuf::Timestamp const& time);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_PROTO_TIME_H
