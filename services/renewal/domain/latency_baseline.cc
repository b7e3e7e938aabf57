#include "services/renewal/domain/latency_baseline.h"
#include <algorithm>
#include <cstddef>
#include <utility>

namespace madoguchi::renewal {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kShortest{1};

// Of an even number the mean of the two in the middle. `all` is not empty.
milliseconds MedianOf(std::vector<milliseconds> all) {
  auto const half = static_cast<std::ptrdiff_t>(all.size() / 2);
  auto const middle = all.begin() + half;
  std::nth_element(all.begin(), middle, all.end());
  if (all.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(all.begin(), middle)) / 2;
}

}  // namespace

void AddLatency(LatencyBaseline& baseline, LocalHour when,
                milliseconds latency) {
  baseline.took.erase(baseline.took.begin(),
                      baseline.took.lower_bound({when.day - kBaselineDays, 0}));
  auto& hour = baseline.took[when];
  if (hour.size() < kMostOfAnHour) hour.push_back(latency);
}

std::optional<milliseconds> UsualLatency(LatencyBaseline const& baseline,
                                         LocalHour when) {
  std::vector<milliseconds> same;
  std::vector<milliseconds> all;
  auto const first = baseline.took.lower_bound({when.day - kBaselineDays, 0});
  auto const last = baseline.took.lower_bound({when.day, 0});
  for (auto at = first; at != last; ++at) {
    auto const& [hour, took] = *at;
    all.insert(all.end(), took.begin(), took.end());
    if (hour.hour == when.hour) {
      same.insert(same.end(), took.begin(), took.end());
    }
  }
  if (same.size() >= kFewestOfAnHour) return MedianOf(std::move(same));
  if (!all.empty()) return MedianOf(std::move(all));
  return std::nullopt;
}

std::optional<double> StretchOf(LatencyBaseline const& baseline, LocalHour when,
                                milliseconds latency) {
  auto const usual = UsualLatency(baseline, when);
  if (!usual) return std::nullopt;
  return static_cast<double>(std::max(latency, kShortest).count()) /
         static_cast<double>(std::max(*usual, kShortest).count());
}

}  // namespace madoguchi::renewal
