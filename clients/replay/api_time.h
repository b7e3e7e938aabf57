#ifndef MADOGUCHI_CLIENTS_REPLAY_API_TIME_H
#define MADOGUCHI_CLIENTS_REPLAY_API_TIME_H

#include "services/base/clock.h"
#include <google/protobuf/timestamp.pb.h>

namespace madoguchi::replay {

/// Reads a time of the API.
Timestamp FromProto(google::protobuf::Timestamp const& time);

/// Writes one.
google::protobuf::Timestamp ToProto(Timestamp time);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_API_TIME_H
