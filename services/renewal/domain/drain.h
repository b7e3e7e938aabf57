#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DRAIN_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DRAIN_H

#include "services/base/clock.h"
#include "services/renewal/domain/renewal_case.h"
#include <optional>
#include <vector>

namespace madoguchi::renewal {

/// A case that waits for the upstream to come back.
struct Parked {
  CaseId id;
  /// That of its ticket: the order in which people came. Equals go by id.
  Timestamp rank;

  friend bool operator==(Parked const&, Parked const&) = default;
};

/// How fast cases may come back: s counters, each of which finishes mu cases an
/// hour (queueing.md 3.4).
struct DrainRate {
  int counters = 0;
  double cases_per_hour = 0;
};

/// Whom to release now, and when that counts as having been done.
struct Drain {
  std::vector<CaseId> released;
  std::optional<Timestamp> last_release;

  friend bool operator==(Drain const&, Drain const&) = default;
};

/// Releases the first of `parked` by rank at the rate s*mu, and no faster: in
/// any time t at most s + 1 + s*mu*t, however seldom this is asked. Nothing
/// released yet releases the first at once. What is left of an interval is not
/// lost, but what was missed beyond s cases is not made up for: that would be a
/// stampede.
///
/// `last_release` is what the call before answered; nothing when the upstream
/// has just come back.
Drain DrainNow(std::vector<Parked> parked, Timestamp now, DrainRate const& rate,
               std::optional<Timestamp> last_release);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DRAIN_H
