#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_DESK_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_DESK_H

#include "services/base/done.h"
#include "services/ticketing/domain/call_lane.h"
#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/desk_context.h"
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace madoguchi::ticketing {

/// Which counter of which office, as a terminal names it.
struct CounterRef {
  OfficeId office;
  CounterId counter;
  /// The session it was given; 0 for the current one.
  std::int64_t session = 0;
};

/// A command on a ticket by a counter.
struct TicketCommand {
  CounterRef at;
  TicketId ticket;
  /// The version the clerk saw; 0 for any.
  std::int64_t expected_version = 0;
  std::string request_id;
};

/// A counter that was opened.
struct OpenedCounter {
  std::int64_t session = 0;
  /// The ticket it holds, if it was taken over with one.
  std::optional<Ticket> ticket;
};

/// A call, or the answer that nobody waits.
struct CallAnswer {
  std::optional<Ticket> ticket;
  CallReason reason = CallReason::kNobodyWaits;
};

/// What counter terminals do.
///
/// Thread safe; nothing blocks. Fails with the errors of errors.h that
/// counter_service.proto lists per method.
class CounterDesk {
 public:
  explicit CounterDesk(DeskContext const& context);

  /// Opens or takes over a counter (`at.session` is ignored).
  void Open(CounterRef const& at, StaffId const& staff, bool take_over,
            std::string const& request_id, MachineTime deadline,
            Done<OpenedCounter> done);
  void Close(CounterRef const& at, std::string const& request_id,
             MachineTime deadline, Done<std::monostate> done);
  void CallNext(CounterRef const& at, std::string const& request_id,
                MachineTime deadline, Done<CallAnswer> done);

  void Recall(TicketCommand const& command, MachineTime deadline,
              Done<Ticket> done);
  void StartServing(TicketCommand const& command, MachineTime deadline,
                    Done<Ticket> done);
  /// An empty `outcome` is `done`.
  void Complete(TicketCommand const& command, std::string const& outcome,
                MachineTime deadline, Done<Ticket> done);
  void MarkAbsent(TicketCommand const& command, MachineTime deadline,
                  Done<Ticket> done);
  void Return(TicketCommand const& command, MachineTime deadline,
              Done<Ticket> done);

  /// Tickets of today with ids behind `after`, in order, at most `limit`; none
  /// before the first of the day.
  void List(OfficeId const& office, TicketId const& after, int limit,
            MachineTime deadline, Done<TicketPage> done);

 private:
  DeskContext const context_;
  /// One per office.
  std::map<OfficeId, std::shared_ptr<CallLane>> lanes_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_DESK_H
