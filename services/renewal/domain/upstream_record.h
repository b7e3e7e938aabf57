#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_RECORD_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_RECORD_H

#include "services/base/clock.h"
#include "services/office/office.h"
#include "services/renewal/domain/breaker.h"
#include "services/renewal/domain/retry_budget.h"
#include <cstdint>
#include <map>

namespace madoguchi::renewal {

/// What all replicas of a city share about its upstream.
struct UpstreamRecord {
  /// Grows with each change; that of the breaker grows with what is known.
  std::int64_t version = 0;
  Breaker breaker;
  RetryBudget budget;
  /// When the last case of an office was released that waited for the upstream.
  std::map<OfficeId, Timestamp> last_release;

  friend bool operator==(UpstreamRecord const&,
                         UpstreamRecord const&) = default;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_RECORD_H
