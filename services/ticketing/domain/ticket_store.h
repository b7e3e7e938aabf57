#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_STORE_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/request.h"
#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <optional>
#include <string>
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
  /// Where it waits; see queues.h.
  QueueId queue;
  std::vector<ServiceId> next_services;
  /// The device that asks, for the event.
  std::string device;
};

/// What a command has to see before it decides. Empty members are not looked
/// for.
struct LookQuery {
  Hall hall;
  /// Several, when a lane looks once for many presses.
  std::vector<RequestId> requests;
  std::vector<CounterId> counters;
  std::vector<TicketId> tickets;
  /// The first `depth` waiting of each of these queues are wanted.
  std::vector<QueueId> queues;
  int depth = 1;
  /// Whose last step may be taken back.
  std::optional<CounterId> undo_at;
};

/// The last step of a counter that may be taken back.
struct UndoableStep {
  EventKind kind = EventKind::kTicketCompleted;
  Timestamp time;
  Ticket before;
  /// The versions of ticket and counter right after it: with any other it can
  /// no longer be taken back.
  std::int64_t ticket_version = 0;
  std::int64_t counter_version = 0;

  friend bool operator==(UndoableStep const&, UndoableStep const&) = default;
};

/// One that waits, with how many visitors of other queues, called by counters
/// that call from this one too, went before it though they rank behind.
struct Waiting {
  Ticket ticket;
  std::int64_t overtakes = 0;

  friend bool operator==(Waiting const&, Waiting const&) = default;
};

/// How many wait in a queue.
struct QueueLength {
  QueueId queue;
  std::int64_t length = 0;
};

/// A queue as far as it was looked at.
struct QueueView {
  QueueId queue;
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
  std::optional<UndoableStep> undo;
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
  /// The other queues that the counter calls from: the head of each, if it
  /// ranks before the ticket called, must have been overtaken less than `limit`
  /// times. Being overtaken is then noted for them.
  std::vector<QueueId> others;
  int limit = 0;

  friend bool operator==(CallGuard const&, CallGuard const&) = default;
};

/// A further ticket that a command changes, with the event that says so.
struct FurtherChange {
  Change<Ticket> ticket;
  Event event;

  friend bool operator==(FurtherChange const&, FurtherChange const&) = default;
};

/// A ticket that a command issues, besides or instead of changing one.
struct NewTicket {
  /// Where; it may be another office of the city.
  Hall hall;
  Series series;
  /// As it is to be; the store gives id, number and, if `ranked_now`, the rank
  /// (now, or 1 ms behind the last).
  Ticket ticket;
  bool ranked_now = true;
  /// Of that office, appended with the new ticket in it. Its counter, if it has
  /// one, gets the new ticket's id if the settlement's counter does.
  Event event;
  /// Whether the settlement's counter, which must be of the same hall, has the
  /// new ticket.
  bool at_counter = false;
  /// Their subjects are empty: the store gives the id.
  std::vector<DueEntry> due;
};

/// Everything a command changes, at once or not at all.
struct Settlement {
  Request request;
  Outcome outcome;
  Hall hall;
  std::optional<Change<Counter>> counter;
  /// Another counter, which does not change: it must be as it was seen.
  std::optional<Counter> target;
  /// Entering or leaving WAITING, the ticket enters or leaves its queue.
  std::optional<Change<Ticket>> ticket;
  /// Others that change with it, each with its event behind the main one.
  std::vector<FurtherChange> further;
  /// Set for a call by turn: the ticket must be the head of its queue.
  std::optional<CallGuard> call;
  /// So many, and no others, must wait: whoever came since is not overlooked.
  std::vector<QueueLength> lengths;
  /// Set if `ticket` had ended and has its number again, which is of this
  /// series: nobody must have been given it since.
  std::optional<Series> number_back;
  /// Appended to the log; `sequence` is the store's to give.
  std::optional<Event> event;
  /// Issued at the same time. `outcome.arrived` is then the new ticket, or, if
  /// `ticket` has no value, `outcome.ticket` is.
  std::optional<NewTicket> issue;
  /// Of `hall`.
  DueChange due;
  /// This entry must still be there, with that time. It goes.
  std::optional<DueEntry> fires;
  /// Kept as the last step of `counter`, in the place of the one before.
  std::optional<UndoableStep> undoable;
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

/// What an office has to do by itself.
struct DueView {
  /// The open day; 0 if none ever was.
  BusinessDay day;
  /// The day before it, while its leftovers are being swept.
  std::optional<BusinessDay> sweeping;
  /// Whether the open day was opened with `carry_over`, so that commands wait.
  bool carry_over = false;
  /// What is due, the earliest first.
  std::vector<DueEntry> entries;
};

/// A part of what a closed day left behind. One moment's truth.
struct SweepView {
  /// Where the sweep is; what to settle with.
  std::string cursor;
  /// Tickets, ended ones too, from the cursor on.
  std::vector<Ticket> tickets;
  /// The cursor behind them; empty if they are the last.
  std::string next;
};

/// What becomes of a part of what a closed day left behind.
struct SweepSettlement {
  OfficeId office;
  BusinessDay from;
  BusinessDay to;
  std::string cursor;
  std::string next;
  /// Tickets that end (they stay of the day `from`) or are WAITING after the
  /// change: those wait on the day `to`, and their numbers stay in use. These
  /// only on a day that was opened with `carry_over`: on any other their
  /// numbers may have been given out again.
  std::vector<FurtherChange> changes;
  DueChange due;
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
/// * `DAY_SWEEPING`: those who are carried over from the day before do not wait
///   in this one yet; `SettleSweep` all of it first. Only on days opened with
///   `carry_over`.
///
/// `deadline` bounds the wait for the answer.
///
/// Every implementation must pass `TicketStoreContract`.
class TicketStore {
 public:
  virtual ~TicketStore() = default;

  /// Opens `hall.day` at office time `now`: numbers start again, counters are
  /// closed, and one event is appended. The tickets of the day before are to be
  /// swept; with `carry_over` nothing else is done on the new day before they
  /// are. Does nothing if the day is open already.
  ///
  /// Returns `DAY_CLOSED` if a later day was opened, and `DAY_SWEEPING` if the
  /// day before the open one is not swept yet.
  virtual void OpenDay(Hall const& hall, bool carry_over, Timestamp now,
                       MachineTime deadline, Done<std::monostate> done) = 0;

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
  /// before (then answers that, and changes nothing) - the day - the due entry
  /// that fires - the values before - the head of the queue - the overtakes of
  /// the other heads - the lengths of queues - the number that is had
  /// again - the day and the numbers of a ticket to issue.
  ///
  /// Returns `NOTHING_TO_UNDO` if the number of `number_back` was given again.
  ///
  /// Returns, for a ticket to issue, `DAY_NOT_OPEN` or `DAY_SWEEPING` of its
  /// office's day (the metadata `office` tells which) and `SERIES_EXHAUSTED`.
  ///
  /// Returns kAborted if what the decision was made on no longer holds: look
  /// again. The request is then still open.
  virtual void Settle(Settlement const& settlement, MachineTime deadline,
                      Done<Settled> done) = 0;

  /// What is due at `now`, at most `limit` entries, and which day is open.
  virtual void LookDue(OfficeId const& office, Timestamp now, int limit,
                       MachineTime deadline, Done<DueView> done) = 0;

  /// Reads at most `limit` tickets of the closed day `from` that are still to
  /// be swept. Returns kAborted if that day is not being swept (any more).
  virtual void LookSweep(OfficeId const& office, BusinessDay from, int limit,
                         MachineTime deadline, Done<SweepView> done) = 0;

  /// Settles a part of the sweep: changes the tickets, appends their events and
  /// moves the cursor. With `next` empty the sweep is over, and what nobody
  /// needs of the day `from` is removed; its tickets stay for two days more.
  ///
  /// Returns kAborted if the cursor is no longer there: somebody else was
  /// faster. Safe to repeat.
  virtual void SettleSweep(SweepSettlement const& settlement,
                           MachineTime deadline, Done<std::monostate> done) = 0;

  /// Removes the log of all but the last `days` business days.
  virtual void TrimLog(OfficeId const& office, int days, MachineTime deadline,
                       Done<std::monostate> done) = 0;

  /// Finds the ticket that has `number` in `series` today: the live one, or
  /// else the last; of those carried over too. Nothing if there is none.
  virtual void FindNumber(Hall const& hall, Series const& series,
                          std::string const& number, MachineTime deadline,
                          Done<std::optional<Ticket>> done) = 0;

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
