#ifndef MADOGUCHI_TESTS_ROBUSTNESS_REPLAYED_H
#define MADOGUCHI_TESTS_ROBUSTNESS_REPLAYED_H

#include "tests/robustness/history.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// A ticket as far as the log has been played.
struct Seen {
  TicketFacts facts;
  std::int64_t rank = 0;
  std::string queue;
  OfficeMs hold_deadline = 0;
  std::vector<std::string> next_services;
  /// When it came into its state, or its queue.
  OfficeMs since = 0;
  /// Its finish was said to be forgotten.
  bool overdue = false;
  /// Who went before it though they ranked behind, with their ranks, since it
  /// last began to wait in its queue.
  std::map<std::string, std::int64_t> overtakers;
};

/// The last step of a counter that may be taken back.
struct LastStep {
  std::int64_t sequence = 0;
  Seen before;
  std::int64_t counter_version = 0;
  OfficeMs time = 0;
};

/// A counter as far as the log has been played.
struct Desk {
  bool open = false;
  std::int64_t session = 0;
  std::string ticket = {};
  ticketing::CounterActivity activity = ticketing::CounterActivity::kReady;
  OfficeMs wrap_up_since = 0;
  std::int64_t version = 0;
  std::optional<LastStep> last_step = std::nullopt;
};

inline OfficeMs Ms(std::chrono::milliseconds duration) {
  return duration.count();
}

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_REPLAYED_H
