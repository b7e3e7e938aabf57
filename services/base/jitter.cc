#include "services/base/jitter.h"
#include <cstdint>
#include <random>

namespace madoguchi {

std::chrono::milliseconds Jitter(std::chrono::milliseconds shortest,
                                 std::chrono::milliseconds longest) {
  thread_local std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<std::int64_t> between(shortest.count(),
                                                      longest.count());
  return std::chrono::milliseconds(between(random));
}

}  // namespace madoguchi
