#ifndef MADOGUCHI_TESTS_SIMULATION_CITY_MODEL_STEP_H
#define MADOGUCHI_TESTS_SIMULATION_CITY_MODEL_STEP_H

#include "tests/simulation/city_model.h"
#include <optional>

// For the files of the model alone.
namespace madoguchi::simulation {

/// One step under way: what it is about, and what it will have told.
struct CityModel::Step {
  Order const& order;
  ticketing::Outcome const& outcome;
  Timestamp now;
  ModelOffice& at;
  ModelOffice const& seen;
  Events events = {};

  Office const& office() const { return *at.office; }
  ticketing::Counter counter() const { return at.counters.at(order.counter); }

  ticketing::Event& Tell(ticketing::EventKind kind,
                         std::optional<ticketing::Ticket> const& before,
                         std::optional<ticketing::Ticket> const& after,
                         std::optional<ticketing::Counter> const& now_at) {
    ticketing::Event event;
    event.kind = kind;
    event.day = at.day;
    event.time = now;
    event.ticket = after;
    event.counter = now_at;
    event.device = order.device;
    if (before && before->state == ticketing::TicketState::kWaiting) {
      event.waited_in.value = QueueName(*before);
    }
    if (order.verb != Verb::kIssue && order.verb != Verb::kCancel) {
      event.at = order.counter;
      event.staff = at.counters.at(order.counter).staff;
    }
    return events.emplace_back(at.office->id, event).second;
  }
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_CITY_MODEL_STEP_H
