#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_LOOK_DECIDE_SETTLE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_LOOK_DECIDE_SETTLE_H

#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

namespace madoguchi::ticketing {

/// Decides a command on what was seen: what to settle, or a refusal. Pure. The
/// first of `View::requests` is the command's own and is not settled.
using Decide = absl::AnyInvocable<absl::StatusOr<Settlement>(
    View const& view, Hall const& hall, Timestamp now)>;

/// Runs one command of `office`: looks, decides, settles; and looks again,
/// after a few milliseconds, when a rival was faster, until the deadline. Opens
/// the business day if nobody has, and fills in what follows from a decision
/// (settlement.h).
///
/// Answers the outcome, of an earlier press with the same request if there was
/// one. `query` needs neither hall nor request. Does not block; the context
/// must outlive the command, `office` too.
///
/// Fails as the store does, as `decide` does, with `REQUEST_ID_REUSED`, and
/// with `QUEUE_CONTENDED` if rivals were faster until `deadline`.
void LookDecideSettle(DeskContext const& context, Office const& office,
                      Request const& request, LookQuery query, Decide decide,
                      MachineTime deadline, Done<Outcome> done);

/// Answers a command that concerns a ticket with that ticket.
Done<Outcome> ToTicket(Done<Ticket> done);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_LOOK_DECIDE_SETTLE_H
