#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_H

#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <optional>
#include <string>

namespace madoguchi::ticketing {

/// What goes on at an open counter that has no ticket.
enum class CounterActivity {
  /// It may call.
  kReady,
  /// The clerk is away; nobody is called.
  kPaused,
  /// Paperwork after a visit. The next call ends it.
  kWrapUp,
};

/// A counter on a business day. A value: changes make a new one. What it serves
/// is in the settings.
struct Counter {
  CounterId id;
  bool open = false;
  /// The session of the terminal that works here; grows with each opening, 0 if
  /// none ever did today. Older sessions may change nothing.
  std::int64_t session = 0;
  /// Who works here; empty when closed.
  StaffId staff;
  /// The ticket called to or served at this counter; empty when free.
  TicketId ticket;
  /// Grows by one with every change.
  std::int64_t version = 0;
  CounterActivity activity = CounterActivity::kReady;
  /// Of a pause: a code such as `lunch`.
  std::string activity_reason;
  /// When `activity` began; nothing while ready.
  std::optional<Timestamp> activity_since;

  bool Busy() const { return !ticket.value.empty(); }

  friend bool operator==(Counter const&, Counter const&) = default;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_H
