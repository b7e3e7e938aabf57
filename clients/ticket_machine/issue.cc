#include "clients/ticket_machine/issue.h"
#include "clients/sdk/ticketing_client.h"

namespace madoguchi::ticket_machine {

absl::StatusOr<ticketing::v1::IssueTicketResponse> IssueOnce(
    IssueDesk const& desk, ticketing::v1::IssueTicketRequest const& request) {
  auto const end = desk.now() + desk.patience;
  bool told = false;
  while (true) {
    auto issued = desk.issue(request);
    if (!sdk::IsOutcomeUnknown(issued.status()) || desk.now() >= end ||
        desk.stopped()) {
      return issued;
    }
    if (!told) desk.on_unknown();
    told = true;
  }
}

}  // namespace madoguchi::ticket_machine
