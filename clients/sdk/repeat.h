#ifndef MADOGUCHI_CLIENTS_SDK_REPEAT_H
#define MADOGUCHI_CLIENTS_SDK_REPEAT_H

#include "clients/sdk/client_options.h"
#include "services/base/clock.h"
#include "services/base/jitter.h"
#include "absl/status/status.h"
#include <algorithm>
#include <chrono>
#include <functional>

namespace madoguchi::sdk {

/// Whether a call that is made twice does no more than one made once: it only
/// reads, or carries a request id.
enum class Idempotence { kIdempotent, kNotIdempotent };

/// How long a call may take, and what it needs of the world.
struct RepeatLimits {
  std::chrono::milliseconds call_timeout;
  std::chrono::milliseconds attempt_timeout;
  std::chrono::milliseconds shortest_pause;
  std::chrono::milliseconds longest_pause;
  /// Machine time.
  std::function<MachineTime()> now;
  /// Waits.
  std::function<void(std::chrono::milliseconds)> pause;
};

/// Makes `attempt` until its outcome is known or `call_timeout` is used up, and
/// returns the last outcome.
///
/// `attempt` takes its deadline, `attempt_timeout` away or what is left of the
/// call, and returns an absl::Status. A call that is not idempotent is
/// attempted once. The pauses are random: rivals that failed together must not
/// come back together.
template <typename Attempt>
absl::Status Repeat(RepeatLimits const& limits, Idempotence idempotence,
                    Attempt attempt) {
  auto const end = limits.now() + limits.call_timeout;
  while (true) {
    absl::Status const outcome =
        attempt(std::min(limits.now() + limits.attempt_timeout, end));
    if (idempotence == Idempotence::kNotIdempotent ||
        !IsOutcomeUnknown(outcome)) {
      return outcome;
    }
    auto const pause = Jitter(limits.shortest_pause, limits.longest_pause);
    // An attempt without time to be answered would only put load on a server
    // that is late already.
    if (limits.now() + pause >= end) return outcome;
    limits.pause(pause);
  }
}

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_REPEAT_H
