// Measures the rows of README.md here and prints them as a table. Run
// from the root of the sources; tests/benchmarks/run.sh does so.

#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/measure.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

ABSL_FLAG(unsigned, seed, 1, "Draws the order of the rounds.");
ABSL_FLAG(bool, shorter, false,
          "Fewer rounds: to see whether it works, not for figures.");

namespace madoguchi::benchmark {
namespace {

struct Measurement {
  std::string_view rows;
  std::vector<Finding> (*measure)(Effort const&);
};

constexpr Measurement kMeasurements[] = {{"12", MeasureIssue},
                                         {"3", MeasureLongQueue},
                                         {"4", MeasureAgainstBullMq},
                                         {"5", MeasureFanOut},
                                         {"6", MeasureGateway}};

void Print(std::vector<Finding> const& findings) {
  std::size_t row = 3;
  std::size_t measured = 8;
  std::size_t goal = 4;
  for (auto const& each : findings) {
    row = std::max(row, each.row.size());
    measured = std::max(measured, each.measured.size());
    goal = std::max(goal, each.goal.size());
  }
  auto const line = [&](std::string const& a, std::string const& b,
                        std::string const& c, std::string const& d) {
    std::printf("%-*s | %-*s | %-*s | %s\n", static_cast<int>(row), a.c_str(),
                static_cast<int>(measured), b.c_str(), static_cast<int>(goal),
                c.c_str(), d.c_str());
  };
  line("row", "measured", "goal", "met?");
  for (auto const& each : findings) {
    line(each.row, each.measured, each.goal, each.met ? "yes" : "NO");
  }
  std::printf("\nMedians; in brackets the smallest and the largest.\n");
  for (auto const& each : findings) {
    std::printf("\n%s\n", each.row.c_str());
    for (auto const& text : each.beside) std::printf("  %s\n", text.c_str());
  }
}

int Main(std::vector<char*> const& arguments) {
  std::set<char> wanted;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    std::string_view const row = arguments[i];
    if (row.size() != 1 || row[0] < '1' || row[0] > '6') {
      Die("the rows are 1 to 6");
    }
    wanted.insert(row[0]);
  }
  Effort const effort{absl::GetFlag(FLAGS_seed), absl::GetFlag(FLAGS_shorter)};
  std::vector<Finding> findings;
  for (auto const& [rows, measure] : kMeasurements) {
    bool const chosen =
        wanted.empty() || std::any_of(rows.begin(), rows.end(), [&](char row) {
          return wanted.contains(row);
        });
    if (!chosen) continue;
    std::fprintf(stderr, "measuring row %s\n",
                 rows == "12" ? "1 and 2" : std::string(rows).c_str());
    auto const found = measure(effort);
    findings.insert(findings.end(), found.begin(), found.end());
  }
  Print(findings);
  return 0;
}

}  // namespace
}  // namespace madoguchi::benchmark

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("benchmarks [row ...], with rows 1 to 6.");
  return madoguchi::benchmark::Main(absl::ParseCommandLine(argc, argv));
}
