#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_DESK_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_DESK_H

#include "services/base/done.h"
#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/request.h"
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// What a visitor takes a number for.
struct Visit {
  ServiceId service;
  /// Empty is the default.
  std::string language = {};
  /// To be done afterwards on the same number, in order.
  std::vector<ServiceId> next_services = {};
  /// The device that asks, for the event.
  std::string device = {};
};

/// What visitors and ticket machines do: take a number, look at it, give it
/// back.
///
/// Thread safe; nothing blocks. The offices are of the context's city. Fails
/// with the errors of errors.h that ticket_service.proto lists per method.
class TicketDesk {
 public:
  explicit TicketDesk(DeskContext const& context) : context_(context) {}

  /// Issues the next number of a service, in one round trip to the store. While
  /// no new tickets may be made (`IssueGate`, or a store that is full), answers
  /// a repeat with the ticket it got before, and refuses the others.
  void Issue(OfficeId const& office, Visit const& visit,
             std::string const& request_id, MachineTime deadline,
             Done<Ticket> done);

  /// Reads a ticket of today, or one that was carried over to it.
  void Get(OfficeId const& office, TicketId const& ticket, MachineTime deadline,
           Done<Ticket> done);

  /// Moves WAITING to CANCELLED.
  void Cancel(OfficeId const& office, TicketId const& ticket,
              std::string const& request_id, MachineTime deadline,
              Done<Ticket> done);

  /// How many wait for each service, in the order of the settings; without
  /// those whom staff have sent to one counter.
  void CountWaiting(OfficeId const& office, MachineTime deadline,
                    Done<std::vector<std::int64_t>> done);

 private:
  DeskContext const context_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_DESK_H
