#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TICKET_PORT_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TICKET_PORT_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/office/office.h"
#include "services/renewal/domain/renewal_case.h"
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::renewal {

/// What a drain asks of a hall.
struct HallView {
  /// Tickets on hold, each with its place in the order in which people came.
  std::map<TicketRef, Timestamp> held;
  /// Counters at which somebody works.
  std::vector<CounterId> open;
};

/// Moves tickets, which are ticketing's.
///
/// Thread safe; does not block. Every request has an id and may be repeated
/// with it: it is then done once. kFailedPrecondition, kNotFound and
/// kInvalidArgument are ticketing's last word: it did not do it and never will
/// under this id. After any other error the outcome is unknown, or may be put
/// right.
class TicketPort {
 public:
  virtual ~TicketPort() = default;

  /// Does `errand` with the ticket of `renewal`, under `request_id`. Nothing is
  /// left to do, and it is done, if a ticket that is to be resumed is being
  /// served at the errand's counter, or one that is to wait was let go before.
  virtual void Do(RenewalCase const& renewal, Errand const& errand,
                  std::string const& request_id, MachineTime deadline,
                  Done<std::monostate> done) = 0;

  /// Looks at an office. Fails as ticketing does.
  virtual void LookHall(OfficeId const& office, MachineTime deadline,
                        Done<HallView> done) = 0;

  /// Whether `ticket` is being served at `counter` now. Changes nothing; fails
  /// with kUnavailable or kDeadlineExceeded if ticketing did not answer.
  virtual void AskServed(OfficeId const& office, TicketRef const& ticket,
                         CounterId const& counter, MachineTime deadline,
                         Done<bool> done) = 0;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TICKET_PORT_H
