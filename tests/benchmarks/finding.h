#ifndef MADOGUCHI_TESTS_BENCHMARKS_FINDING_H
#define MADOGUCHI_TESTS_BENCHMARKS_FINDING_H

#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// A line of the table, and what belongs beside it.
struct Finding {
  std::string row;
  std::string measured;
  std::string goal;
  bool met = false;
  std::vector<std::string> beside;
};

/// Each measures rows of README.md in one run. `shorter` takes
/// fewer rounds: for trying, not for figures.
struct Effort {
  unsigned seed = 1;
  bool shorter = false;
};

/// Rows 1 and 2: issuing against an echo.
std::vector<Finding> MeasureIssue(Effort const& effort);
/// Row 3: calling when many wait.
std::vector<Finding> MeasureLongQueue(Effort const& effort);
/// Row 4: issuing and calling against BullMQ.
std::vector<Finding> MeasureAgainstBullMq(Effort const& effort);
/// Row 5: until the last of a thousand streams is told.
std::vector<Finding> MeasureFanOut(Effort const& effort);
/// Row 6: the same through a gateway, and what stalled readers hold there.
std::vector<Finding> MeasureGateway(Effort const& effort);

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_FINDING_H
