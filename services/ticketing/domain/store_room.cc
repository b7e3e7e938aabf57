#include "services/ticketing/domain/store_room.h"
#include <algorithm>

namespace madoguchi::ticketing {

bool IsLow(Room const& room, Reserve const& reserve, bool was_low) {
  auto const kept = std::min(room.total / 100 * reserve.percent, reserve.bytes);
  // Memory may be over its limit, and still nothing was to be kept.
  return std::max(room.free, std::int64_t{0}) <
         (was_low ? kept + kept / 4 : kept);
}

}  // namespace madoguchi::ticketing
