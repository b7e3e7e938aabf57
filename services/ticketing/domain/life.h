#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_LIFE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_LIFE_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/status/statusor.h"
#include <optional>
#include <span>
#include <string>

// The life of a ticket as a machine: one pure function per step. Each answers
// the ticket after the step, its version one higher, or refuses by name; none
// changes anything. counter_life.h has that of a counter.
//
//   WAITING --Call--> CALLED --StartServing--> SERVING --Complete--> COMPLETED
//      |                |                        |--Hold--> ON_HOLD
//      |                |--MarkAbsent--> ABSENT --Return--> WAITING
//      |--Cancel--> CANCELLED      ON_HOLD --EndHold--> WAITING
//                                  ON_HOLD --ResumeServing--> SERVING
//   WAITING, ON_HOLD, ABSENT --CallOutOfTurn--> CALLED
//   WAITING, CALLED, SERVING, ON_HOLD --Transfer--> WAITING, --Move--> MOVED
//   SERVING --FinishService--> WAITING for the next service of its own
//   live --Expire--> EXPIRED, --CarryOver--> WAITING on the next day
namespace madoguchi::ticketing::life {

/// WAITING to CALLED, to `counter`. Refuses with `TICKET_NOT_WAITING`.
absl::StatusOr<Ticket> Call(Ticket const& ticket, CounterId const& counter,
                            Timestamp now);

/// WAITING, ON_HOLD or ABSENT to CALLED. Refuses with `TICKET_NOT_CALLABLE`.
absl::StatusOr<Ticket> CallOutOfTurn(Ticket const& ticket,
                                     CounterId const& counter, Timestamp now);

/// CALLED, called once more. Refuses with `TICKET_NOT_CALLED`,
/// `RECALL_LIMIT_REACHED` or `RECALL_TOO_SOON`.
absl::StatusOr<Ticket> Recall(Ticket const& ticket, CallPolicy const& policy,
                              Timestamp now);

/// CALLED to SERVING. Refuses with `TICKET_NOT_CALLED`.
absl::StatusOr<Ticket> StartServing(Ticket const& ticket, Timestamp now);

/// SERVING to COMPLETED. Refuses with `TICKET_NOT_SERVING`.
absl::StatusOr<Ticket> Complete(Ticket const& ticket,
                                std::string const& outcome, Timestamp now);

/// SERVING to WAITING in `queue` for the first of its `next_services`, which
/// must not be empty; keeps its rank. Refuses with `TICKET_NOT_SERVING`.
absl::StatusOr<Ticket> FinishService(Ticket const& ticket, QueueId const& queue,
                                     Timestamp now);

/// CALLED to ABSENT. Refuses with `TICKET_NOT_CALLED` or `RECALL_REQUIRED`.
absl::StatusOr<Ticket> MarkAbsent(Ticket const& ticket,
                                  CallPolicy const& policy, Timestamp now);

/// ABSENT to WAITING in `queue`, with `rank` as its new place. Refuses with
/// `TICKET_NOT_ABSENT`.
absl::StatusOr<Ticket> Return(Ticket const& ticket, QueueId const& queue,
                              Rank rank, Timestamp now);

/// WAITING to CANCELLED. Refuses with `TICKET_NOT_WAITING`.
absl::StatusOr<Ticket> Cancel(Ticket const& ticket, Timestamp now);

/// SERVING to ON_HOLD. Refuses with `TICKET_NOT_SERVING`.
absl::StatusOr<Ticket> PutOnHold(Ticket const& ticket, Hold const& hold,
                                 Timestamp now);

/// ON_HOLD to WAITING in `queue`, with the rank it had. Refuses with
/// `TICKET_NOT_ON_HOLD`.
absl::StatusOr<Ticket> EndHold(Ticket const& ticket, QueueId const& queue,
                               Timestamp now);

/// The queue in which `ticket` waits once its hold has ended: its counter's own
/// if that was agreed and somebody works there (of `counters`), else that of
/// its service.
QueueId QueueAfterHold(Office const& office, Ticket const& ticket,
                       std::span<Counter const> counters);

/// ON_HOLD to SERVING at `counter`. Refuses with `TICKET_NOT_ON_HOLD`.
absl::StatusOr<Ticket> ResumeServing(Ticket const& ticket,
                                     CounterId const& counter, Timestamp now);

/// Where a transferred ticket waits.
struct Destination {
  ServiceId service;
  QueueId queue;
  Rank rank;
  /// Empty leaves the note.
  std::string note;
};

/// WAITING, CALLED, SERVING or ON_HOLD to WAITING. Refuses with
/// `TICKET_NOT_TRANSFERABLE`.
absl::StatusOr<Ticket> Transfer(Ticket const& ticket, Destination const& to,
                                Timestamp now);

/// The same states to MOVED. Refuses with `TICKET_NOT_TRANSFERABLE`.
absl::StatusOr<Ticket> Move(Ticket const& ticket, Timestamp now);

/// What a ticket that has moved from `from` goes on as: WAITING, to be given id
/// and number; with the rank of `to`.
Ticket Arrive(Ticket const& ticket, OfficeId const& from, Destination const& to,
              Timestamp now);

/// A visitor without number who is SERVING at `counter` at once; to be given
/// id, number and rank.
Ticket ServeUnqueued(ServiceId const& service, std::string const& language,
                     CounterId const& counter, Timestamp now);

/// Says that the visitor needs assistance, and so ranks `head_start` before
/// what it ranked, or takes it back (0). Refuses with `TICKET_ENDED`.
absl::StatusOr<Ticket> SetHeadStart(Ticket const& ticket,
                                    std::chrono::milliseconds head_start);

/// What staff correct; nothing leaves what is there.
struct Edit {
  std::optional<std::string> language;
  std::optional<std::string> note;
  std::optional<ServiceId> service;
};

/// Corrects a ticket, which if WAITING waits in `queue` from now on, with the
/// rank it had. Refuses with `TICKET_ENDED`.
absl::StatusOr<Ticket> EditTicket(Ticket const& ticket, Edit const& edit,
                                  QueueId const& queue);

/// `before`, one version behind `ticket`: takes a step back.
Ticket TakeBack(Ticket const& ticket, Ticket const& before);

/// SERVING, its time to be kept out of statistics. Refuses with
/// `TICKET_NOT_SERVING`.
absl::StatusOr<Ticket> MarkOverdue(Ticket const& ticket);

/// WAITING in a counter's own queue to WAITING in `queue`, with the rank it
/// had. Refuses with `TICKET_NOT_WAITING`.
absl::StatusOr<Ticket> LeaveCounterQueue(Ticket const& ticket,
                                         QueueId const& queue);

/// What becomes of `ticket` when its day has ended: SERVING to COMPLETED with
/// outcome `unfinished`; others to EXPIRED, or, with `DayEnd::kCarryOver`,
/// those who did not miss a call to WAITING in `queue` with the rank they had.
/// Nothing if it had ended.
std::optional<Ticket> EndDay(Ticket const& ticket, BusinessDay day, DayEnd end,
                             QueueId const& queue, Timestamp now);

/// ABSENT to EXPIRED. Refuses with `TICKET_NOT_ABSENT`.
absl::StatusOr<Ticket> ExpireAbsence(Ticket const& ticket, Timestamp now);

/// The rank at which `ticket` waits again, by the office's policy: its own
/// (next), 1 ms behind the `policy.reentry_after`-th of `waiting`, or `now`
/// (behind all who arrived before). `waiting` are the first
/// `policy.reentry_after` waiting in its queue, in order. Never better than
/// its own.
Rank ReentryRank(Ticket const& ticket, CallPolicy const& policy,
                 std::span<Ticket const> waiting, Timestamp now);

/// Where in a queue a transferred ticket waits.
enum class Position { kByArrival, kFirst, kLast };

/// The rank of `position` in a queue whose head is `head`: the ticket's own, 1
/// ms before the head, or `now`.
Rank TransferRank(Ticket const& ticket, Position position,
                  std::optional<Rank> head, Timestamp now);

}  // namespace madoguchi::ticketing::life

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_LIFE_H
