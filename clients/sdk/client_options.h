#ifndef MADOGUCHI_CLIENTS_SDK_CLIENT_OPTIONS_H
#define MADOGUCHI_CLIENTS_SDK_CLIENT_OPTIONS_H

#include "absl/status/status.h"
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace madoguchi::sdk {

/// How a client reaches the servers of one kind in a house.
struct ClientOptions {
  /// `host:port` of each replica. The next is tried when one does not answer.
  std::vector<std::string> targets;
  /// Shown to the servers with each call; empty for those without a devices
  /// file. See `ReadToken`.
  std::string token;
  /// How long a call may take in all, its repeats included.
  std::chrono::milliseconds call_timeout{10'000};
  /// How long one attempt may take before the call is repeated.
  std::chrono::milliseconds attempt_timeout{2'000};
  /// The pause before a repeat: a random time in this range. Connections are
  /// made again after as long.
  std::chrono::milliseconds shortest_pause{100};
  std::chrono::milliseconds longest_pause{500};
  /// How many connections to make to each replica. Many calls at a time on one
  /// wait for each other: a program with 100 threads does better with a few.
  int connections = 1;
  /// Waits; null sleeps. A test may replace it.
  std::function<void(std::chrono::milliseconds)> pause;
};

/// Whether `status` leaves open what happened: the press must be repeated with
/// the same request id to know.
bool IsOutcomeUnknown(absl::Status const& status);

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_CLIENT_OPTIONS_H
