#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_HALL_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_HALL_H

#include "services/ticketing/adapters/memory_queue.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/statusor.h"
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace madoguchi::ticketing {

/// Where a ticket stands in lists.
struct TicketPlace {
  int yyyymmdd = 0;
  SeriesId series;
  std::int64_t serial = -1;

  friend auto operator<=>(TicketPlace const&, TicketPlace const&) = default;
};

/// The place of the ticket with `id`; that before all others if `id` is no
/// ticket's.
TicketPlace PlaceOf(TicketId const& id);

/// What an office has of one business day, in memory. Not thread safe.
class MemoryHall {
 public:
  explicit MemoryHall(BusinessDay day) : day_(day) {}

  BusinessDay day() const { return day_; }
  /// In order of id: so those carried over into this day come first.
  std::map<TicketPlace, Ticket> const& tickets() const { return tickets_; }

  /// Nothing if there is no such ticket.
  Ticket const* Find(TicketId const& id) const;
  std::optional<Ticket> FindNumber(Series const& series,
                                   std::string const& number) const;
  TicketPage List(TicketId const& after, int limit) const;
  Counter CounterNow(CounterId const& id) const;
  MemoryQueue const& Queue(QueueId const& queue) const;
  QueueView ViewQueue(QueueId const& queue, int depth) const;
  std::optional<UndoableStep> StepOf(CounterId const& counter) const;

  /// Whether what is to be changed is still what the decision saw.
  bool Holds(Change<Counter> const& change) const;
  bool Holds(Change<Ticket> const& change) const;

  /// Whether `called` may be called by turn. Answers the queues that it then
  /// overtakes. Returns kAborted if it may not.
  absl::StatusOr<std::vector<QueueId>> CheckCall(Ticket const& called,
                                                 CallGuard const& guard) const;

  /// The next serial of `series` whose number is not in use. Returns
  /// `SERIES_EXHAUSTED` if there is none near.
  absl::StatusOr<std::int64_t> FreeSerial(Series const& series) const;

  /// Whether somebody else was given the number of `ticket`, which is of
  /// `series`, after it.
  bool WasNumberGivenSince(Series const& series, TicketId const& ticket) const;

  /// Gives `ticket` the id and the number of `serial`, and issues no serial up
  /// to that one again.
  void Number(Series const& series, std::int64_t serial, Ticket& ticket);

  /// Puts a ticket; if it is WAITING, into its queue.
  void Put(Ticket const& ticket);
  void Apply(Change<Ticket> const& change);
  void Put(Counter const& counter) { counters_[counter.id] = counter; }
  void Put(CounterId const& counter, UndoableStep const& step) {
    steps_[counter] = step;
  }

  /// Notes that `called` went before the heads of `overtaken`, and forgets who
  /// went before it.
  void NoteCall(Ticket const& called, std::vector<QueueId> const& overtaken);

 private:
  bool IsNumberInUse(Series const& series, std::int64_t serial) const;

  BusinessDay day_;
  std::map<SeriesId, std::int64_t> next_serial_;
  std::map<TicketPlace, Ticket> tickets_;
  std::unordered_map<CounterId, Counter> counters_;
  std::unordered_map<CounterId, UndoableStep> steps_;
  std::map<QueueId, MemoryQueue> queues_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_HALL_H
