#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_STATE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_STATE_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// Everything that is kept of an office's open day, read from a store or folded
/// from its log (office_state_fold.h). Settled requests and steps that may be
/// taken back are not part of it: they are of the last hours and seconds.
struct OfficeState {
  /// The last event; 0 if there is none.
  std::int64_t sequence = 0;
  /// The open day; 0 if none ever was.
  BusinessDay day;
  /// Issued today or carried over to today.
  std::map<TicketId, Ticket> tickets;
  /// Live ones of the day before that its sweep has not come to yet.
  std::map<TicketId, Ticket> leftovers;
  /// Those that were opened today.
  std::map<CounterId, Counter> counters;
  /// Who waits; no queue that is empty.
  std::map<QueueId, std::set<CallOrder>> waiting;
  /// Who was called from other queues before somebody here; none that is empty.
  std::map<QueueId, std::map<TicketId, Rank>> over;
  /// What is due, by `KeyOf`.
  std::map<std::string, Timestamp> due;
  /// The next serial of each series that has issued today.
  std::map<SeriesId, std::int64_t> next_serials;
};

/// In which fields `expected` and `actual` differ, a line each, in words:
/// `ticket 20261123-a-00007: state is waiting, expected called`. Empty if they
/// are the same. Says of a note only that it differs.
std::vector<std::string> Differences(OfficeState const& expected,
                                     OfficeState const& actual);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_STATE_H
