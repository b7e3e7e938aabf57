#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_DESK_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_DESK_H

#include "services/base/done.h"
#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/request.h"
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// What visitors and ticket machines do: take a number, look at it, give it
/// back.
///
/// Thread safe; nothing blocks. The offices are of the context's city. Fails
/// with the errors of errors.h that ticket_service.proto lists per method.
class TicketDesk {
 public:
  explicit TicketDesk(DeskContext const& context) : context_(context) {}

  /// Issues the next number of a service, in one round trip to the store.
  /// An empty `language` is the default.
  void Issue(OfficeId const& office, ServiceId const& service,
             std::string const& language, std::string const& request_id,
             MachineTime deadline, Done<Ticket> done);

  /// Reads a ticket of today.
  void Get(OfficeId const& office, TicketId const& ticket, MachineTime deadline,
           Done<Ticket> done);

  /// Moves WAITING to CANCELLED.
  void Cancel(OfficeId const& office, TicketId const& ticket,
              std::string const& request_id, MachineTime deadline,
              Done<Ticket> done);

  /// How many wait for each service, in the order of the settings.
  void CountWaiting(OfficeId const& office, MachineTime deadline,
                    Done<std::vector<std::int64_t>> done);

 private:
  DeskContext const context_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_DESK_H
