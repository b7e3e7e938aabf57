#ifndef MADOGUCHI_SERVICES_REDIS_TARGET_H
#define MADOGUCHI_SERVICES_REDIS_TARGET_H

#include "services/redis/client.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi::redis {

/// How to reach the Redis at `target`: `HOST:PORT`, or `unix:PATH` of its
/// socket. Returns kInvalidArgument if it is neither.
absl::StatusOr<ClientOptions> ParseTarget(std::string const& target);

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_TARGET_H
