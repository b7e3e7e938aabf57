#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_LATENCY_BASELINE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_LATENCY_BASELINE_H

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace madoguchi::renewal {

/// An hour of a day on the wall clock.
struct LocalHour {
  /// Days since 1970-01-01.
  std::int64_t day = 0;
  /// 0 to 23.
  int hour = 0;

  friend auto operator<=>(LocalHour const&, LocalHour const&) = default;
};

/// How long answers took, by day and hour: the plain record of what is usual
/// (queueing.md 3.4). Any adapter may keep it.
struct LatencyBaseline {
  std::map<LocalHour, std::vector<std::chrono::milliseconds>> took;

  friend bool operator==(LatencyBaseline const&,
                         LatencyBaseline const&) = default;
};

/// Over how many days before today the median is taken. Not over today: what is
/// slow today must not look usual.
inline constexpr int kBaselineDays = 14;

/// More answers of one hour change its median little.
inline constexpr std::size_t kMostOfAnHour = 256;

/// With fewer of the same hour, all hours count.
inline constexpr std::size_t kFewestOfAnHour = 5;

/// Adds an answer that took `latency`, and forgets days that no longer count. A
/// day must not come before one that was added.
void AddLatency(LatencyBaseline& baseline, LocalHour when,
                std::chrono::milliseconds latency);

/// The median of the same hour over the 14 days before `when`, else of all
/// hours; nothing if nothing is known.
std::optional<std::chrono::milliseconds> UsualLatency(
    LatencyBaseline const& baseline, LocalHour when);

/// z: how many times as long as usual `latency` is; nothing if nothing is
/// known. Neither counts as less than a millisecond.
std::optional<double> StretchOf(LatencyBaseline const& baseline, LocalHour when,
                                std::chrono::milliseconds latency);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_LATENCY_BASELINE_H
