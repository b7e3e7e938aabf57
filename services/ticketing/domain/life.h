#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_LIFE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_LIFE_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/status/statusor.h"
#include <span>
#include <string>

// The life of a ticket and of a counter as a machine: one pure function per
// step. Each answers the value after the step, its version one higher, or
// refuses by name; none changes anything.
//
//   WAITING --Call--> CALLED --StartServing--> SERVING --Complete--> COMPLETED
//      |                 |--MarkAbsent--> ABSENT --Return--> WAITING
//      |--Cancel--> CANCELLED
namespace madoguchi::ticketing::life {

/// WAITING to CALLED, to `counter`. Refuses with `TICKET_NOT_WAITING`.
absl::StatusOr<Ticket> Call(Ticket const& ticket, CounterId const& counter,
                            Timestamp now);

/// CALLED, called once more. Refuses with `TICKET_NOT_CALLED`,
/// `RECALL_LIMIT_REACHED` or `RECALL_TOO_SOON`.
absl::StatusOr<Ticket> Recall(Ticket const& ticket, CallPolicy const& policy,
                              Timestamp now);

/// CALLED to SERVING. Refuses with `TICKET_NOT_CALLED`.
absl::StatusOr<Ticket> StartServing(Ticket const& ticket, Timestamp now);

/// SERVING to COMPLETED. Refuses with `TICKET_NOT_SERVING`.
absl::StatusOr<Ticket> Complete(Ticket const& ticket,
                                std::string const& outcome, Timestamp now);

/// CALLED to ABSENT. Refuses with `TICKET_NOT_CALLED` or `RECALL_REQUIRED`.
absl::StatusOr<Ticket> MarkAbsent(Ticket const& ticket,
                                  CallPolicy const& policy, Timestamp now);

/// ABSENT to WAITING, with `rank` as its new place. Refuses with
/// `TICKET_NOT_ABSENT`.
absl::StatusOr<Ticket> Return(Ticket const& ticket, Rank rank);

/// WAITING to CANCELLED. Refuses with `TICKET_NOT_WAITING`.
absl::StatusOr<Ticket> Cancel(Ticket const& ticket, Timestamp now);

/// The rank at which `ticket` waits again, by the office's policy: its own
/// (next), 1 ms behind the `policy.reentry_after`-th of `waiting`, or `now`
/// (behind all who arrived before). `waiting` are the first
/// `policy.reentry_after` waiting for its service, in order. Never better than
/// its own.
Rank ReentryRank(Ticket const& ticket, CallPolicy const& policy,
                 std::span<Ticket const> waiting, Timestamp now);

/// Opens a counter, or takes it over. A session's number holds the day, so that
/// one of yesterday is never current. Refuses with `COUNTER_ALREADY_OPEN`.
absl::StatusOr<Counter> OpenCounter(Counter const& counter, BusinessDay day,
                                    StaffId const& staff, bool take_over);

/// Closes a counter. Refuses with `COUNTER_BUSY`.
absl::StatusOr<Counter> CloseCounter(Counter const& counter);

/// Whether the terminal with `session` (0: whoever is current) may change
/// something at `counter`. Refuses with `COUNTER_CLOSED` or
/// `COUNTER_TAKEN_OVER`.
absl::Status CheckSession(Counter const& counter, std::int64_t session);

/// The counter once it has `ticket`. Refuses with `COUNTER_BUSY`.
absl::StatusOr<Counter> Occupy(Counter const& counter, TicketId const& ticket);

/// The counter once its ticket has left.
Counter Release(Counter const& counter);

}  // namespace madoguchi::ticketing::life

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_LIFE_H
