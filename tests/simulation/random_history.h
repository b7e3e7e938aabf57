#ifndef MADOGUCHI_TESTS_SIMULATION_RANDOM_HISTORY_H
#define MADOGUCHI_TESTS_SIMULATION_RANDOM_HISTORY_H

#include "tests/simulation/day_settings.h"
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// What a history is made from. The same settings give the same history.
struct HistorySettings {
  std::uint64_t seed = 1;
  int steps = 100;
  /// Nothing, or what a test wants to break, between the processes and the
  /// store.
  Decorate decorate;
};

/// How a history went.
struct HistoryResult {
  /// The first rules broken, in words; then the history ends.
  std::vector<std::string> broken;
  /// Steps taken; with so few the history breaks as well.
  int steps = 0;
  /// The last steps, for people.
  std::vector<std::string> story;
  /// How often commands were settled, and refused by which name; so that a test
  /// can see that everything happens.
  std::map<std::string, int> happened;
};

/// Plays random commands, lawful and unlawful, of two processes whose clocks
/// differ by up to 2 s on one store, with lost requests and replies, rivals and
/// clocks that fire, over several days of two offices; and compares store, log,
/// answers and what the hall sees with `CityModel` after every step.
HistoryResult PlayHistory(HistorySettings const& settings);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_RANDOM_HISTORY_H
