#ifndef MADOGUCHI_TESTS_CONTRACT_RANDOM_HALL_H
#define MADOGUCHI_TESTS_CONTRACT_RANDOM_HALL_H

#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/office_state.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/fake_clock.h"
#include <future>
#include <random>
#include <string>
#include <variant>

namespace madoguchi::testing {

/// The desks of one process on a Redis that others use too. The city's id must
/// be `kCity`.
class DeskProcess {
 public:
  DeskProcess(RedisServer const& server, City const& city, Clock const& clock)
      : process_(OptionsFor(server)),
        context_{city, process_.store(), clock, process_.loop()} {}

  ticketing::DeskContext const& context() const { return context_; }
  redis::Client& client() { return process_.client(); }
  ticketing::TicketDesk& tickets() { return tickets_; }
  ticketing::CounterDesk& counters() { return counters_; }

 private:
  RedisProcess process_;
  ticketing::DeskContext const context_;
  ticketing::TicketDesk tickets_{context_};
  ticketing::CounterDesk counters_{context_};
};

/// What becomes of a press.
using Pressed = std::future<absl::Status>;

/// Visitors and clerks of a city who press anything at any time, lawful or not,
/// though more often what makes sense. Not thread safe.
class RandomHall {
 public:
  RandomHall(City const& city, unsigned seed) : city_(city), random_(seed) {}

  /// Presses something in `office`, whose state was `seen`, at a desk of
  /// `process`, and does not wait for the answer.
  Pressed Press(DeskProcess& process, Office const& office,
                ticketing::OfficeState const& seen);

  /// 0 to `size` - 1.
  int Pick(int size) {
    return std::uniform_int_distribution<int>(0, size - 1)(random_);
  }

 private:
  using TicketState = ticketing::TicketState;

  template <typename T, typename Start>
  static Pressed Send(Start start);

  Pressed PressAsVisitor(DeskProcess& process, Office const& office,
                         ticketing::OfficeState const& seen);
  Pressed PressAtCounter(DeskProcess& process, Office const& office);
  Pressed PressOnVisit(DeskProcess& process, Office const& office,
                       ticketing::OfficeState const& seen);
  Pressed PressOnTicket(DeskProcess& process, Office const& office,
                        ticketing::OfficeState const& seen);
  Pressed Transfer(DeskProcess& process, Office const& office,
                   ticketing::OfficeState const& seen);

  std::string NewId();
  template <typename T>
  T const& PickOf(std::vector<T> const& of);
  ServiceId PickService(Office const& office);
  std::string PickLanguage();
  ticketing::CounterRef PickCounter(Office const& office);
  // One in `state`, if there is any and mostly; any otherwise.
  ticketing::TicketId PickTicket(ticketing::OfficeState const& seen,
                                 TicketState state);
  ticketing::TicketCommand CommandOn(Office const& office,
                                     ticketing::OfficeState const& seen,
                                     TicketState state);
  // By the counter that has the ticket, if it finds one in `state`.
  ticketing::TicketCommand CommandOfHolder(Office const& office,
                                           ticketing::OfficeState const& seen,
                                           TicketState state);

  City const& city_;
  std::mt19937 random_;
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_CONTRACT_RANDOM_HALL_H
