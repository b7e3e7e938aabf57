#include "services/renewal/domain/drain.h"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <tuple>

namespace madoguchi::renewal {
namespace {

using std::chrono::milliseconds;

}  // namespace

Drain DrainNow(std::vector<Parked> parked, Timestamp now, DrainRate const& rate,
               std::optional<Timestamp> last_release) {
  double const per_hour = rate.counters * rate.cases_per_hour;
  if (parked.empty() || rate.counters <= 0 || !(per_hour > 0)) {
    return {{}, last_release};
  }
  // Rounded up, so that the rate is never exceeded.
  auto const interval = std::chrono::ceil<milliseconds>(
      std::chrono::duration<double, std::ratio<3600>>(1 / per_hour));
  std::int64_t due = 1;
  Timestamp released_at = now;
  if (last_release) {
    due = std::max<std::int64_t>(0, (now - *last_release) / interval);
    if (due == 0) return {{}, last_release};
    if (due > rate.counters) {
      due = rate.counters;
    } else {
      released_at = *last_release + due * interval;
    }
  }
  auto const count = std::min(parked.size(), static_cast<std::size_t>(due));
  std::partial_sort(parked.begin(),
                    parked.begin() + static_cast<std::ptrdiff_t>(count),
                    parked.end(), [](Parked const& a, Parked const& b) {
                      return std::tie(a.rank, a.id) < std::tie(b.rank, b.id);
                    });
  Drain drain{{}, released_at};
  for (std::size_t i = 0; i != count; ++i) {
    drain.released.push_back(parked[i].id);
  }
  return drain;
}

}  // namespace madoguchi::renewal
