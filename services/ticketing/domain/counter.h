#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_H

#include "services/ticketing/domain/ticket.h"
#include <cstdint>

namespace madoguchi::ticketing {

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

  bool Busy() const { return !ticket.value.empty(); }

  friend bool operator==(Counter const&, Counter const&) = default;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_H
