#ifndef MADOGUCHI_SERVICES_BASE_JITTER_H
#define MADOGUCHI_SERVICES_BASE_JITTER_H

#include <chrono>

namespace madoguchi {

/// A random duration from `shortest` to `longest`, so that rivals that failed
/// together do not come back together. Thread safe.
std::chrono::milliseconds Jitter(std::chrono::milliseconds shortest,
                                 std::chrono::milliseconds longest);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_JITTER_H
