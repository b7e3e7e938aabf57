#ifndef MADOGUCHI_TESTS_SIMULATION_MODEL_CHANGES_H
#define MADOGUCHI_TESTS_SIMULATION_MODEL_CHANGES_H

#include "services/office/office.h"
#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include <cstdint>
#include <map>
#include <string>

// What the steps of the model do to one ticket or counter.
namespace madoguchi::simulation {

std::int64_t Ms(Timestamp time);

void SetQueue(ticketing::Ticket& ticket, std::string const& queue);
void Wait(ticketing::Ticket& ticket, std::string const& queue, Timestamp now);
void End(ticketing::Ticket& ticket, ticketing::TicketState state,
         Timestamp now);
void StopServing(ticketing::Ticket& ticket, Timestamp now);
void CallTo(ticketing::Ticket& ticket, CounterId const& counter, Timestamp now);

void SetReady(ticketing::Counter& counter);
ticketing::Counter With(ticketing::Counter counter,
                        ticketing::TicketId const& ticket);
ticketing::Counter Without(ticketing::Counter counter);

/// What must be due about a ticket as it is.
std::map<std::string, Timestamp> DueAbout(Office const& office,
                                          ticketing::Ticket const& ticket);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_MODEL_CHANGES_H
