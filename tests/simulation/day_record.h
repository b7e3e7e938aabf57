#ifndef MADOGUCHI_TESTS_SIMULATION_DAY_RECORD_H
#define MADOGUCHI_TESTS_SIMULATION_DAY_RECORD_H

#include "services/office/office.h"
#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/ticket.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// What a ticket lived through, computed from the log alone.
struct TicketRecord {
  ticketing::TicketId id;
  ServiceId service;
  Timestamp issued;
  std::optional<Timestamp> first_called;
  std::optional<Timestamp> last_called;
  std::optional<Timestamp> serving_started;
  std::optional<Timestamp> ended;
  ticketing::TicketState state = ticketing::TicketState::kWaiting;
  int calls = 0;
  int recalls = 0;
  int returns = 0;
  /// How many visitors of other services, who rank behind, were called at
  /// counters that serve this service too while it waited: the most in one
  /// wait, that is from issue or return to the call.
  int overtakes = 0;
  /// How many of its own service, who rank behind, were called before it.
  int overtakes_in_class = 0;

  /// From the issue to the first call; nothing if never called.
  std::optional<std::chrono::milliseconds> Wait() const;
};

/// What people waited for one service, from issue to first call.
struct Waits {
  int called = 0;
  std::chrono::milliseconds mean{0};
  std::chrono::milliseconds median{0};
  std::chrono::milliseconds p90{0};
  std::chrono::milliseconds longest{0};
};

/// A day as its log tells it.
struct DayRecord {
  /// In the order of issue.
  std::vector<TicketRecord> tickets;
  /// In the order of the settings.
  std::vector<Waits> waits;
  /// The last state of each that the log tells.
  std::map<ticketing::TicketId, ticketing::Ticket> last_tickets;
  std::map<CounterId, ticketing::Counter> last_counters;
  /// What the log tells that must not happen, in words.
  std::vector<std::string> faults;
};

/// Reads a log of `office` from the beginning of a day. Knows nothing of how
/// the store counts overtakes or orders its queues.
DayRecord ReadDay(Office const& office,
                  std::vector<ticketing::Event> const& log);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_DAY_RECORD_H
