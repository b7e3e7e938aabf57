#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_READINESS_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_READINESS_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/redis/client.h"
#include <string>

namespace madoguchi::ticketing {

/// What a Redis must be fit for.
struct ReadinessRules {
  /// Accept losses when Redis dies: durability is not asked for.
  bool relaxed_durability = false;
  /// Compared with the time of Redis; null to leave that out, as with a scaled
  /// clock. Must outlive the check.
  Clock const* clock = nullptr;
};

/// A Redis fit for work.
struct Readiness {
  /// What people should know nevertheless; empty if nothing.
  std::string caveat;
};

/// Checks whether Redis is fit to keep tickets. Otherwise fails with
/// * `STORE_TOO_OLD`: it is older than 7.0.
/// * `STORE_NOT_DURABLE`: its settings would lose tickets.
/// * `STORE_READ_ONLY`: it is a replica.
/// * `CLOCK_SKEWED`: its clock and ours are more than 2 s apart.
/// * `STORE_ERROR`: the library is missing, or another of the same name is
///   there.
/// * `STORE_UNAVAILABLE`, or kDeadlineExceeded.
void CheckReadiness(redis::Client& client, ReadinessRules const& rules,
                    MachineTime deadline, Done<Readiness> done);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_READINESS_H
