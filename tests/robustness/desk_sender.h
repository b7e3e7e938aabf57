#ifndef MADOGUCHI_TESTS_ROBUSTNESS_DESK_SENDER_H
#define MADOGUCHI_TESTS_ROBUSTNESS_DESK_SENDER_H

#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/robustness/sender.h"
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// Presses at the desks of one server, without the server.
class DeskSender : public Sender {
 public:
  /// The context must outlive this.
  DeskSender(ticketing::DeskContext const& context, OfficeId office);

  Answer Send(Press const& press) override;

 private:
  OfficeId const office_;
  ticketing::TicketDesk tickets_;
  ticketing::CounterDesk counters_;
};

/// A ticket of the domain as the checker knows it.
TicketFacts FactsOf(ticketing::Ticket const& ticket);

/// An office's whole log, and its tickets of `day`, read from `store`.
std::vector<LogEntry> ReadWholeLog(ticketing::TicketStore& store,
                                   OfficeId const& office);
std::vector<TicketFacts> ReadAllTickets(ticketing::TicketStore& store,
                                        ticketing::Hall const& hall);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_DESK_SENDER_H
