#ifndef MADOGUCHI_TESTS_SIMULATION_SIMULATE_DAY_H
#define MADOGUCHI_TESTS_SIMULATION_SIMULATE_DAY_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/ticket.h"
#include "services/ticketing/domain/ticket_store.h"
#include "tests/simulation/day_settings.h"
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// What happened on a day, and what the store holds at its end.
struct DayResult {
  std::vector<ticketing::Event> log;
  std::vector<ticketing::Ticket> tickets;
  /// In the order of the settings.
  std::vector<ticketing::Counter> counters;
  std::vector<ticketing::QueueView> queues;
  /// The tickets that clerks were told to have called, once for each press.
  std::vector<ticketing::Ticket> told;
  std::int64_t presses = 0;
  std::int64_t repeats = 0;
  /// Answers that should not have been given, in words.
  std::vector<std::string> complaints;
};

/// Lives through a day: visitors come, wait, leave and come back; clerks open
/// their counters and pull one after the other, through the same desks, and so
/// by the same policies, as the server's, over a `MemoryTicketStore`. Whoever
/// gets no answer presses again, with the same id.
///
/// Thread safe, as it shares nothing. The same settings give the same result.
DayResult SimulateDay(DaySettings const& settings);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_SIMULATE_DAY_H
