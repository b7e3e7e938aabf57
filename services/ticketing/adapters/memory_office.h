#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_OFFICE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_OFFICE_H

#include "services/ticketing/adapters/memory_hall.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {

/// What an office has, in memory: the open day, what is left of the day before,
/// the log and what is due. Not thread safe.
class MemoryOffice {
 public:
  explicit MemoryOffice(OfficeId id) : id_(std::move(id)) {}

  /// True if the day was opened now.
  absl::StatusOr<bool> OpenDay(BusinessDay day, bool carry_over, Timestamp now);

  /// The hall, if `day` is open and whoever was carried over waits in it.
  absl::StatusOr<MemoryHall*> OpenHall(BusinessDay day);

  /// A rank behind everyone who arrived before.
  Rank NextRank(Timestamp now);

  /// Whether `entry` is still due, at that time.
  bool IsDue(DueEntry const& entry) const;
  void Remove(DueEntry const& entry) { due_.erase(KeyOf(entry)); }
  void Put(DueEntry const& entry) { due_[KeyOf(entry)] = entry; }
  void Apply(DueChange const& change);
  DueView LookDue(Timestamp now, int limit) const;

  absl::StatusOr<SweepView> LookSweep(BusinessDay from, int limit) const;
  absl::Status SettleSweep(SweepSettlement const& settlement);

  /// Answers the sequence that `event` got.
  std::int64_t Append(Event event);
  EventPage ReadLog(std::int64_t after, int limit) const;
  /// Keeps the last `days` business days, one at least.
  void TrimLog(int days);

 private:
  /// The day before, while its leftovers are being swept.
  struct Leftovers {
    BusinessDay day;
    std::vector<Ticket> tickets;
    // How many of them are swept.
    std::size_t swept = 0;

    std::string Cursor() const { return std::to_string(swept); }
    Ticket* Find(TicketId const& id);
  };

  OfficeId id_;
  MemoryHall hall_{BusinessDay{}};
  bool carry_over_ = false;
  std::optional<Leftovers> leftovers_;
  Rank last_rank_{-1};
  // What is left of the log; the last has the sequence `last_sequence_`.
  std::deque<Event> log_;
  std::int64_t last_sequence_ = 0;
  std::map<std::string, DueEntry> due_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_OFFICE_H
