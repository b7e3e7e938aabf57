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
  /// SERVING to ON_HOLD.
  kTicketHeld,
  /// ON_HOLD to WAITING.
  kHoldEnded,
  /// ON_HOLD to SERVING.
  kServingResumed,
  /// Waits for another service, counter or place.
  kTicketTransferred,
  /// Done with one service, waits for the next of its own.
  kServiceFinished,
  /// Goes on at another office; final here.
  kTicketMoved,
  /// Comes from another office, under a new number.
  kTicketArrived,
  /// Served at a counter without having waited.
  kVisitorServed,
  /// Language, note, assistance or service changed; the place did not, but for
  /// assistance.
  kTicketEdited,
  /// Absent, finish or transfer taken back.
  kStepUndone,
  /// SERVING for so long that the finish may have been forgotten.
  kFinishOverdue,
  /// WAITING, ABSENT, CALLED or ON_HOLD to EXPIRED.
  kTicketExpired,
  /// WAITING on a later business day.
  kTicketCarriedOver,
  kCounterPaused,
  /// After a pause or paperwork.
  kCounterResumed,
};

/// The reason of events by which a sweep settles what a closed day left. Where
/// their tickets waited was on that day; on the open one, where the event is,
/// nobody leaves a queue by them.
inline constexpr char kDayEndedReason[] = "DAY_ENDED";

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
  /// Why: the code of a call's reason, such as `OVERTAKEN_TO_LIMIT`, or of a
  /// hold, a pause, a transfer.
  std::string reason;
  /// The queue in which the ticket waited before the event; empty if it did not
  /// wait.
  QueueId waited_in;
  /// The counter where it was done, also when it was not changed; empty for
  /// visitors and clocks.
  CounterId at;
  /// The device that asked, as the devices file names it; empty without one.
  std::string device;

  friend bool operator==(Event const&, Event const&) = default;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_EVENT_H
