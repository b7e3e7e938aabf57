#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CIRCUMSTANCES_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CIRCUMSTANCES_H

#include <chrono>
#include <optional>

namespace madoguchi::renewal {

/// Whether the office issues tickets now, and if not, why.
enum class Reception { kOpen, kOutsideHours, kAfterLastTicket, kCapReached };

/// How the nationwide system does, as staff or a calendar say (S-32).
enum class Upstream { kOk, kSlow, kUnavailable };

/// What holds for every visitor alike at one moment: no answer of theirs.
struct Circumstances {
  Reception reception = Reception::kOpen;
  /// The monthly counter of a weekend, for those with a reservation (S-35).
  bool weekend_counter = false;
  /// Whether this visitor has one.
  bool reserved = false;
  Upstream upstream = Upstream::kOk;
  /// 10:00 to 15:00.
  bool busy_hours = false;
  /// A Monday, a Friday, or the first open day after a holiday (S-33).
  bool busy_day = false;
  std::optional<std::chrono::year_month_day> next_open_day = std::nullopt;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CIRCUMSTANCES_H
