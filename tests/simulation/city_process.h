#ifndef MADOGUCHI_TESTS_SIMULATION_CITY_PROCESS_H
#define MADOGUCHI_TESTS_SIMULATION_CITY_PROCESS_H

#include "services/base/done.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/simulation/order.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_ticket_store.h"
#include "tests/support/manual_scheduler.h"
#include <chrono>
#include <optional>
#include <string>

namespace madoguchi::simulation {

/// A server process with clocks of its own, at a store that may go wrong.
struct CityProcess {
  CityProcess(City const& city, ticketing::TicketStore& inner, Timestamp now)
      : clock(now),
        store(inner),
        context{city, store, clock, scheduler},
        tickets(context),
        counters(context) {}

  MachineTime Deadline() const {
    return scheduler.Now() + std::chrono::seconds(5);
  }

  FakeClock clock;
  ManualScheduler scheduler;
  ticketing::FlakyTicketStore store;
  ticketing::DeskContext context;
  ticketing::TicketDesk tickets;
  ticketing::CounterDesk counters;
};

/// What an order was answered.
struct Told {
  absl::Status status;
  std::optional<ticketing::Ticket> ticket;
  std::optional<ticketing::Ticket> arrived;
  std::int64_t session = 0;
  std::string reason;
};

/// Gives `order` at `process`. Always answers with a value.
void Send(CityProcess& process, Order const& order, Done<Told> done);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_CITY_PROCESS_H
