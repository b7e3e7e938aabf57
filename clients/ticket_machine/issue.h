#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_ISSUE_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_ISSUE_H

#include "services/base/clock.h"
#include "madoguchi/ticketing/v1/ticket_service.pb.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <functional>

namespace madoguchi::ticket_machine {

/// What issuing needs of the world; a test replaces it.
struct IssueDesk {
  std::function<absl::StatusOr<ticketing::v1::IssueTicketResponse>(
      ticketing::v1::IssueTicketRequest const&)>
      issue;
  std::function<MachineTime()> now;
  /// Told, once, that the visitor has to wait longer than usual.
  std::function<void()> on_unknown;
  /// Whether the machine is being stopped.
  std::function<bool()> stopped;
  /// How long a visitor is kept waiting.
  std::chrono::milliseconds patience;
};

/// Issues one ticket for one press: while the outcome is unknown, asks again
/// with the same request id, which the caller chose and wrote down before. So
/// the visitor gets one number however often the answer was lost.
///
/// Returns the refusal, or the last unknown outcome when `patience` is used up:
/// there may then be a ticket that nobody holds.
absl::StatusOr<ticketing::v1::IssueTicketResponse> IssueOnce(
    IssueDesk const& desk, ticketing::v1::IssueTicketRequest const& request);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_ISSUE_H
