#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_DESK_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_DESK_H

#include "services/base/done.h"
#include "services/ticketing/domain/call_lane.h"
#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/counter_command.h"
#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/life.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::ticketing {

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

/// How a visit ends.
struct Completion {
  /// Empty is `done`.
  std::string outcome = {};
  /// Paperwork follows.
  bool wrap_up = false;
};

/// Why and how long a ticket is put on hold.
struct HoldTerms {
  std::string reason;
  /// The office's usual one if nothing.
  std::optional<std::chrono::milliseconds> duration = std::nullopt;
  /// Whether it waits for this counter alone afterwards.
  bool to_counter = false;
};

/// Where a ticket is sent.
struct TransferOrder {
  /// Empty leaves the service; required with `office`.
  ServiceId service = {};
  /// At most one of the two.
  CounterId counter = {};
  OfficeId office = {};
  life::Position position = life::Position::kByArrival;
  std::string note = {};
};

/// What a transfer did.
struct Transferred {
  Ticket ticket;
  /// At the other office, if it went to one.
  std::optional<Ticket> arrived;
};

/// What goes on at a counter.
struct CounterStatus {
  Counter counter;
  std::optional<Ticket> ticket;
  /// Those sent to it alone.
  std::int64_t own_waiting = 0;
};

/// What counter terminals do.
///
/// Thread safe; nothing blocks. Fails with the errors of errors.h that
/// counter_service.proto lists per method.
class CounterDesk {
 public:
  explicit CounterDesk(DeskContext const& context);

  // Counters (counter_desk.cc).

  /// Opens or takes over a counter (`at.session` is ignored).
  void Open(CounterRef const& at, StaffId const& staff, bool take_over,
            std::string const& request_id, MachineTime deadline,
            Done<OpenedCounter> done);
  /// Whoever waits for it alone waits for all that serve them.
  void Close(CounterRef const& at, std::string const& request_id,
             MachineTime deadline, Done<std::monostate> done);
  void Pause(CounterRef const& at, std::string const& reason,
             std::string const& request_id, MachineTime deadline,
             Done<std::monostate> done);
  void EndActivity(CounterRef const& at, std::string const& request_id,
                   MachineTime deadline, Done<std::monostate> done);

  // Calls and visits (counter_desk_visit.cc).

  void CallNext(CounterRef const& at, std::string const& request_id,
                MachineTime deadline, Done<CallAnswer> done);
  void CallOutOfTurn(TicketCommand const& command, MachineTime deadline,
                     Done<Ticket> done);
  void Recall(TicketCommand const& command, MachineTime deadline,
              Done<Ticket> done);
  void StartServing(TicketCommand const& command, MachineTime deadline,
                    Done<Ticket> done);
  /// Serves somebody without number.
  void ServeVisitor(CounterRef const& at, ServiceId const& service,
                    std::string const& language, std::string const& request_id,
                    MachineTime deadline, Done<Ticket> done);
  void Complete(TicketCommand const& command, Completion const& completion,
                MachineTime deadline, Done<Ticket> done);
  void MarkAbsent(TicketCommand const& command, MachineTime deadline,
                  Done<Ticket> done);
  void Return(TicketCommand const& command, MachineTime deadline,
              Done<Ticket> done);
  void Hold(TicketCommand const& command, HoldTerms const& terms,
            MachineTime deadline, Done<Ticket> done);
  /// ON_HOLD to SERVING at this counter.
  void ResumeServing(TicketCommand const& command, MachineTime deadline,
                     Done<Ticket> done);
  /// ON_HOLD to WAITING.
  void EndHold(TicketCommand const& command, MachineTime deadline,
               Done<Ticket> done);
  void UndoLastStep(CounterRef const& at, std::string const& request_id,
                    MachineTime deadline, Done<Ticket> done);

  // Where a ticket waits (counter_desk_transfer.cc).

  void Transfer(TicketCommand const& command, TransferOrder const& order,
                MachineTime deadline, Done<Transferred> done);
  /// Has a ticket called next at `command.at.counter`, whose session does not
  /// matter, because `staff` says so.
  void Designate(TicketCommand const& command, StaffId const& staff,
                 MachineTime deadline, Done<Ticket> done);
  void SetAssist(TicketCommand const& command, bool assist,
                 MachineTime deadline, Done<Ticket> done);
  void Edit(TicketCommand const& command, life::Edit const& edit,
            MachineTime deadline, Done<Ticket> done);

  // Reading (counter_desk_list.cc).

  /// Tickets of today with ids behind `after`, in order, at most `limit`; none
  /// before the first of the day.
  void List(OfficeId const& office, TicketId const& after, int limit,
            MachineTime deadline, Done<TicketPage> done);
  /// All counters, in the order of the settings.
  void ListCounters(OfficeId const& office, MachineTime deadline,
                    Done<std::vector<CounterStatus>> done);
  void FindNumber(OfficeId const& office, std::string const& number,
                  MachineTime deadline, Done<Ticket> done);

 private:
  DeskContext const context_;
  /// One per office.
  std::map<OfficeId, std::shared_ptr<CallLane>> lanes_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_DESK_H
