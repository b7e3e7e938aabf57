#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_DUE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_DUE_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::ticketing {

/// What happens by itself once its time has come.
enum class DueKind {
  /// ON_HOLD to WAITING, with the rank kept.
  kHoldDeadline,
  /// ABSENT to EXPIRED.
  kAbsenceExpiry,
  /// Somebody SERVING is marked: the finish may have been forgotten.
  kFinishPrompt,
  /// Somebody who waits for one counter alone waits for all that serve it.
  kCounterQueuePatience,
  /// Paperwork after a visit ends.
  kWrapUpEnd,
};

/// One thing that is due. An office has at most one of each kind and subject.
struct DueEntry {
  DueKind kind = DueKind::kHoldDeadline;
  /// A ticket's id, or a counter's for `kWrapUpEnd`.
  std::string subject;
  /// Office time.
  Timestamp time;

  friend bool operator==(DueEntry const&, DueEntry const&) = default;
};

/// What a due entry is known by in the store: its kind's name, `:`, subject.
std::string KeyOf(DueEntry const& entry);

/// The entry with `key` and `time`; nothing if `key` is none.
std::optional<DueEntry> DueEntryOf(std::string_view key, Timestamp time);

/// What is due because of a ticket or a counter as it is. A function of the
/// record and the settings alone: so whoever changes a record needs to know
/// nothing of clocks, and a log can be folded into the same entries.
std::vector<DueEntry> DueOf(Office const& office, Ticket const& ticket);
std::vector<DueEntry> DueOf(Office const& office, Counter const& counter);

/// How the due entries change with a record.
struct DueChange {
  /// New ones, and those whose time moved.
  std::vector<DueEntry> set;
  /// Keys of those that are gone.
  std::vector<std::string> cleared;

  friend bool operator==(DueChange const&, DueChange const&) = default;
};

/// Adds to `change` what makes entries `before` into `after`.
void AddDueChange(std::vector<DueEntry> const& before,
                  std::vector<DueEntry> const& after, DueChange& change);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_DUE_H
