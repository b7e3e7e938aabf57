#ifndef MADOGUCHI_TESTS_ROBUSTNESS_FAILOVER_H
#define MADOGUCHI_TESTS_ROBUSTNESS_FAILOVER_H

#include "services/office/office.h"
#include "tests/robustness/house.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// What is measured.
struct FailoverOptions {
  /// How many wait in Redis.
  int tickets = 200'000;
  /// How often each is killed.
  int kills = 5;
  /// The goal.
  std::chrono::milliseconds goal{2'000};
};

/// From each kill -9 to the acknowledgement of the first call that was pressed
/// after it; the test, as supervisor, starts the victim again at once.
struct FailoverFigures {
  FailoverOptions options;
  std::vector<std::chrono::milliseconds> redis;
  std::vector<std::chrono::milliseconds> replica;

  bool Passed() const;
  std::string InWords() const;
};

/// Fills a house with waiting tickets and kills its Redis, then one of its
/// replicas, while counters call through the client library.
absl::StatusOr<FailoverFigures> MeasureFailover(Office const& office,
                                                HouseOptions house_options,
                                                FailoverOptions options);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_FAILOVER_H
