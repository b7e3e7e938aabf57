#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_EVENT_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_EVENT_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <optional>
#include <string>

namespace madoguchi::ticketing {

/// What a settled command did.
enum class EventKind {
  kDayOpened,
  kTicketIssued,
  kTicketCalled,
  kTicketRecalled,
  kServingStarted,
  kTicketCompleted,
  kTicketMarkedAbsent,
  kTicketReturned,
  kTicketCancelled,
  kCounterOpened,
  kCounterClosed,
};

/// One settled command in the log of an office. Carries the state after it, so
/// that whoever folds the log needs nothing else.
struct Event {
  /// The place in the log; the store assigns it, growing by one.
  std::int64_t sequence = 0;
  EventKind kind = EventKind::kDayOpened;
  BusinessDay day;
  /// Office time of the command.
  Timestamp time;
  /// The ticket after the command, if it concerned one.
  std::optional<Ticket> ticket;
  /// The counter after the command, if it changed one.
  std::optional<Counter> counter;
  /// Who did it; empty for visitors and clocks.
  StaffId staff;
  /// Why: the code of a call's reason, such as `OVERTAKEN_TO_LIMIT`.
  std::string reason;

  friend bool operator==(Event const&, Event const&) = default;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_EVENT_H
