#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_DESK_CONTEXT_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_DESK_CONTEXT_H

#include "services/base/clock.h"
#include "services/base/scheduler.h"
#include "services/office/office.h"
#include "services/ticketing/domain/issue_gate.h"
#include "services/ticketing/domain/ticket_store.h"

namespace madoguchi::ticketing {

/// What every desk works with. None of it is owned; all of it must outlive the
/// desks and every command under way.
struct DeskContext {
  City const& city;
  TicketStore& store;
  /// Office time.
  Clock const& clock;
  /// Machine time.
  Scheduler& scheduler;
  /// Whether new tickets may be made.
  IssueGate const& gate = IssueGate::AlwaysOpen();

  /// The hall that is open at `now` in `office`.
  Hall HallAt(Office const& office, Timestamp now) const {
    return {office.id, BusinessDayOf(office, now)};
  }
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_DESK_CONTEXT_H
