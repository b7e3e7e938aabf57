#ifndef MADOGUCHI_TESTS_BENCHMARKS_HALL_H
#define MADOGUCHI_TESTS_BENCHMARKS_HALL_H

#include <string>

namespace madoguchi::benchmark {

/// The office that is benchmarked.
inline constexpr char kOfficeName[] = "offices/main";

/// How many services it has, each with a series of a million numbers.
inline constexpr int kServices = 8;

/// The name of a service; any number will do.
std::string ServiceName(int number);

/// Counters serve either all services or the first alone.
enum class Serves { kAll, kFirst };

/// `offices/main/counters/...`; `number` from 0.
std::string CounterName(Serves serves, int number);

/// The settings of a city with that office, and so many counters of each kind.
std::string HallSettings(int counters_all, int counters_first);

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_HALL_H
