#ifndef MADOGUCHI_TESTS_SUPPORT_DEPLOYED_REDIS_H
#define MADOGUCHI_TESTS_SUPPORT_DEPLOYED_REDIS_H

#include "tests/support/redis_server.h"
#include <filesystem>

namespace madoguchi::testing {

/// A Redis whose users may what those of deploy/run.sh may, and no more: a
/// command that a function begins to use is missed here first. Tests begin in
/// the root of the repository.
inline RedisServer ServerAsDeployed() {
  return RedisServer(
      {"--aclfile", std::filesystem::absolute("deploy/redis/users.acl")});
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_DEPLOYED_REDIS_H
