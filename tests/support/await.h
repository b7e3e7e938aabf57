#ifndef MADOGUCHI_TESTS_SUPPORT_AWAIT_H
#define MADOGUCHI_TESTS_SUPPORT_AWAIT_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <future>
#include <memory>
#include <utility>

namespace madoguchi::testing {

/// A deadline that no test reaches unless something is broken.
inline MachineTime Soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(10);
}

/// Waits for what `start` hands to its `Done<T>`. kInternal if that takes half
/// a minute.
template <typename T, typename Start>
absl::StatusOr<T> Await(Start start) {
  auto promise = std::make_shared<std::promise<absl::StatusOr<T>>>();
  auto future = promise->get_future();
  start(Done<T>([promise](absl::StatusOr<T> result) {
    promise->set_value(std::move(result));
  }));
  if (future.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
    return absl::InternalError("no answer at all");
  }
  return future.get();
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_AWAIT_H
