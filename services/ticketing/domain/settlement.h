#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLEMENT_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLEMENT_H

#include "services/ticketing/domain/ticket_store.h"

namespace madoguchi::ticketing {

/// Fills in what follows from the changes of a settlement, so that no step can
/// forget it: what becomes due and what no longer is, in each event the queue
/// that its ticket waited in before, and in those behind the main one which
/// device asked.
void FillIn(Office const& office, Settlement& settlement);

/// The queue that `ticket` waits in; empty if it does not wait.
QueueId WaitsIn(Ticket const& ticket);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_SETTLEMENT_H
