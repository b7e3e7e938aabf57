#ifndef MADOGUCHI_TESTS_CONTRACT_RANDOM_CHOICES_H
#define MADOGUCHI_TESTS_CONTRACT_RANDOM_CHOICES_H

#include "tests/contract/store_under_test.h"
#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::testing {

/// What a play of random operations picks: the same from the same seed.
class RandomChoices {
 public:
  explicit RandomChoices(unsigned seed) : random_(seed) {}

  /// From 0 to `size` - 1.
  int Pick(int size) {
    return std::uniform_int_distribution<int>(0, size - 1)(random_);
  }
  bool OneIn(int times) { return Pick(times) == 0; }
  /// One of `all`, which must not be empty.
  template <typename T>
  T const& PickFrom(std::vector<T> const& all) {
    return all[static_cast<std::size_t>(Pick(static_cast<int>(all.size())))];
  }

  /// Something due about `at_ms`, of few subjects: so the same comes again.
  ticketing::DueEntry PickDue(int at_ms) {
    auto const kind = static_cast<ticketing::DueKind>(Pick(5));
    auto subject = std::to_string(Pick(12));
    return {kind, std::move(subject), At(at_ms + Pick(40) - 10)};
  }
  /// Clears nothing that it sets.
  ticketing::DueChange PickDueChange(int at_ms) {
    ticketing::DueChange change;
    while (OneIn(3)) change.set.push_back(PickDue(at_ms));
    while (OneIn(3)) {
      auto const key = KeyOf(PickDue(at_ms));
      bool const is_set =
          std::any_of(change.set.begin(), change.set.end(),
                      [&](auto const& entry) { return KeyOf(entry) == key; });
      if (!is_set) change.cleared.push_back(key);
    }
    return change;
  }

 private:
  std::mt19937 random_;
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_CONTRACT_RANDOM_CHOICES_H
