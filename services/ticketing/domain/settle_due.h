#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLE_DUE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLE_DUE_H

#include "services/base/done.h"
#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/ticket_store.h"

namespace madoguchi::ticketing {

/// What was done of what was due.
struct DueDone {
  /// Entries that fired here, not those that a rival was faster with.
  int fired = 0;
  /// Whether there was more than `limit`.
  bool more = false;
};

/// Does what `office` has to do by itself: opens the business day, sweeps what
/// the day before left, and lets each of the first `limit` entries that are due
/// fire. Any number of processes may run it at any time: an entry is taken out
/// in the step that acts, under a request id made of the entry.
///
/// Fails as the store does; what was done until then stays done.
void SettleDue(DeskContext const& context, Office const& office, int limit,
               MachineTime deadline, Done<DueDone> done);
inline constexpr int kDueLimit = 64;

/// What becomes of `entry`, decided on its ticket (or nothing if there is none)
/// or counter. Pure. An entry that no longer means anything is only taken out.
Settlement DecideDue(Office const& office, DueEntry const& entry,
                     View const& view, Hall const& hall, Timestamp now);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLE_DUE_H
