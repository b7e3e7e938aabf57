#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLEMENT_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLEMENT_H

#include "services/ticketing/domain/ticket_store.h"
#include <span>

namespace madoguchi::ticketing {

/// Fills in what follows from the changes of a settlement, so that no step can
/// forget it: what becomes due and what no longer is, in each event the queue
/// that its ticket waited in before, and in those behind the main one which
/// device asked.
void FillIn(Office const& office, Settlement& settlement);

/// Makes `settlement` hold only if the counter whose own queue `queue` is, if
/// it is one's, still is as it was `seen`: whoever is sent to a counter that
/// closes at the same moment must not wait there.
void GuardTarget(QueueId const& queue, std::span<Counter const> seen,
                 Settlement& settlement);

/// The queue that `ticket` waits in; empty if it does not wait.
QueueId WaitsIn(Ticket const& ticket);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLEMENT_H
