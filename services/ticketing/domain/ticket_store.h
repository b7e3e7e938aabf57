#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_STORE_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/request.h"
#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace madoguchi::ticketing {

/// Which queue hall: an office on a business day.
struct Hall {
  OfficeId office;
  BusinessDay day;

  friend auto operator<=>(Hall const&, Hall const&) = default;
};

/// What the store needs to issue a ticket. The policy is decided: the store
/// numbers, ranks and keeps.
struct IssueOrder {
  Request request;
  Hall hall;
  /// Office time, the ticket's arrival.
  Timestamp now;
  ServiceId service;
  Series series;
  std::string language;
};

/// What a command has to see before it decides. Empty members are not looked
/// for.
struct LookQuery {
  Hall hall;
  /// Several, when a lane looks once for many presses.
  std::vector<RequestId> requests;
  std::vector<CounterId> counters;
  std::vector<TicketId> tickets;
  /// The first `depth` waiting of each of these services are wanted.
  std::vector<ServiceId> services;
  int depth = 1;
};

/// One that waits, with how many visitors of other services, called by counters
/// that serve this one too, went before it though they rank behind.
struct Waiting {
  Ticket ticket;
  std::int64_t overtakes = 0;

  friend bool operator==(Waiting const&, Waiting const&) = default;
};

/// A service's queue as far as it was looked at.
struct QueueView {
  ServiceId service;
  /// How many wait in all.
  std::int64_t length = 0;
  /// The first of them, in order.
  std::vector<Waiting> first;

  friend bool operator==(QueueView const&, QueueView const&) = default;
};

/// What `Look` saw, in the order of the query. One moment's truth.
struct View {
  /// Settled requests; nothing for those not settled.
  std::vector<std::optional<SettledRequest>> requests;
  /// A counter never opened today is closed, with version 0.
  std::vector<Counter> counters;
  /// Nothing for tickets that do not exist.
  std::vector<std::optional<Ticket>> tickets;
  std::vector<QueueView> queues;
};

/// A value as it was seen, and as it is to be. The store changes nothing unless
/// it still finds `before`.
template <typename T>
struct Change {
  T before;
  T after;

  friend bool operator==(Change const&, Change const&) = default;
};

/// What must still hold when a call is settled, besides the changes.
struct CallGuard {
  /// The other services that the counter serves: the head of each, if it ranks
  /// before the ticket called, must have been overtaken less than `limit`
  /// times. Being overtaken is then noted for them.
  std::vector<ServiceId> others;
  int limit = 0;

  friend bool operator==(CallGuard const&, CallGuard const&) = default;
};

/// Everything a command changes, at once or not at all.
struct Settlement {
  Request request;
  Outcome outcome;
  Hall hall;
  std::optional<Change<Counter>> counter;
  /// Entering or leaving WAITING, the ticket enters or leaves its queue.
  std::optional<Change<Ticket>> ticket;
  /// Set for a call by turn: the ticket must be the head of its queue.
  std::optional<CallGuard> call;
  /// These queues must be empty: nobody waits.
  std::vector<ServiceId> empty_queues;
  /// Appended to the log; `sequence` is the store's to give.
  std::optional<Event> event;
};

/// What settling did: `settled` now, or before under the same request id.
struct Settled {
  SettledRequest request;
  /// The entry in the log; 0 if there is none or it was settled before.
  std::int64_t sequence = 0;
};

/// A part of the tickets of a hall, in order of id.
struct TicketPage {
  std::vector<Ticket> tickets;
  /// Whether there may be more behind the last.
  bool more = false;
};

/// A part of an office's log, in order.
struct EventPage {
  std::vector<Event> events;
  /// The last sequence of the log when it was read; 0 if it is empty.
  std::int64_t last_sequence = 0;
  /// The first sequence that the log still holds; 0 if it is empty.
  std::int64_t first_sequence = 0;
};

/// Keeps the tickets, counters and logs of a city's offices.
///
/// Thread safe. No method blocks: `done` takes the answer, on a thread of the
/// store's or the caller's. Each mutation is atomic: it happens entirely or not
/// at all, and no reader sees half of it. Queues cost O(log n).
///
/// Any method may fail with
/// * kUnavailable, `STORE_UNAVAILABLE`, or kDeadlineExceeded: the outcome of a
///   mutation is *unknown*. Repeating it with the same `RequestId` is safe and
///   tells what happened.
/// * kUnavailable `STORE_READ_ONLY`, kResourceExhausted `STORE_FULL`,
///   kInternal `STORE_KEY_FOREIGN` or `STORE_ERROR`: nothing was changed.
///
/// Methods that take a `Hall` fail with kFailedPrecondition:
/// * `DAY_NOT_OPEN`: the office has not opened this day yet; call `OpenDay`.
/// * `DAY_CLOSED`: the office has opened a later day.
///
/// `deadline` bounds the wait for the answer.
///
/// Every implementation must pass `TicketStoreContract`.
class TicketStore {
 public:
  virtual ~TicketStore() = default;

  /// Opens `hall.day` at office time `now`: numbers start again, counters are
  /// closed, and one event is appended. Does nothing if it is open already.
  /// Returns `DAY_CLOSED` if a later day was opened.
  virtual void OpenDay(Hall const& hall, Timestamp now, MachineTime deadline,
                       Done<std::monostate> done) = 0;

  /// Issues a ticket, in one step: WAITING, with the next number of the series
  /// that is not in use, and with a rank behind everyone who arrived before
  /// (now, or 1 ms behind the last). Appends `kTicketIssued`.
  ///
  /// Answers what was settled, now or before under this id (also if that was
  /// for another command: compare). Returns kResourceExhausted,
  /// `SERIES_EXHAUSTED`, if the next 16 numbers are all in use.
  virtual void Issue(IssueOrder const& order, MachineTime deadline,
                     Done<Settled> done) = 0;

  /// Reads, at one moment, what `query` asks for.
  virtual void Look(LookQuery const& query, MachineTime deadline,
                    Done<View> done) = 0;

  /// Settles a decision. Checks, in this order: whether the request was settled
  /// before (then answers that, and changes nothing) - the day - the values
  /// before - the head of the queue - the overtakes of the other heads - the
  /// queues that must be empty.
  ///
  /// Returns kAborted if what the decision was made on no longer holds: look
  /// again. The request is then still open.
  virtual void Settle(Settlement const& settlement, MachineTime deadline,
                      Done<Settled> done) = 0;

  /// Lists tickets with ids greater than `after`, in order, at most `limit`.
  /// Each ticket is true, though not all of one moment.
  virtual void ListTickets(Hall const& hall, TicketId const& after, int limit,
                           MachineTime deadline, Done<TicketPage> done) = 0;

  /// Reads events with sequences greater than `after`, at most `limit`.
  virtual void ReadLog(OfficeId const& office, std::int64_t after, int limit,
                       MachineTime deadline, Done<EventPage> done) = 0;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_STORE_H
