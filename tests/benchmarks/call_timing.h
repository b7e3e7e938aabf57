#ifndef MADOGUCHI_TESTS_BENCHMARKS_CALL_TIMING_H
#define MADOGUCHI_TESTS_BENCHMARKS_CALL_TIMING_H

#include "tests/benchmarks/clerk.h"
#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/told.h"
#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// Has `clerk` call and serve `calls` visitors, one a second. Returns what each
/// took, in ms, from the press to the last stream's receipt; sorted. Dies if a
/// stream is not told.
std::vector<double> TimeCalls(Clerk& clerk, Told& told, int calls,
                              unsigned seed);

/// A row of what `TimeCalls` returned, which is to be met by the p99.
Finding ReportCalls(std::string const& row, std::vector<double> const& took,
                    double goal_ms);

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_CALL_TIMING_H
