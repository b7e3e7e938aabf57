#ifndef MADOGUCHI_TESTS_BENCHMARKS_MEASURE_H
#define MADOGUCHI_TESTS_BENCHMARKS_MEASURE_H

#include <sys/types.h>
#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// Says why and ends the program: a benchmark that went wrong has no figure.
[[noreturn]] void Die(std::string const& why);

/// The value below which `share` of `sorted` lies; 0 of nothing.
double Percentile(std::vector<double> const& sorted, double share);

double Median(std::vector<double> values);

/// `1.23 (1.1-1.4)`: the median, then the smallest and the largest.
std::string MedianWithSpread(std::vector<double> values, int digits);

/// `value` with that many digits behind the point.
std::string Fixed(double value, int digits);

/// The processor time that a process has used, in microseconds, user and
/// system, in steps of 10 ms.
double CpuMicroseconds(pid_t pid);

/// What a process has in memory, in KiB.
double ResidentKib(pid_t pid);

/// How long the disk takes to keep 4 KiB for good.
struct SyncTimes {
  double p50_ms = 0;
  double p99_ms = 0;
};

/// Appends to a file in `folder` and syncs it, 500 times. Dies if `folder` is
/// in memory: nothing would be measured.
SyncTimes MeasureSync(std::string const& folder);

/// `fdatasync here: p50 0.20 ms, p99 0.40 ms`.
std::string InWords(SyncTimes const& times);

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_MEASURE_H
