#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_TICKETING_PORT_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_TICKETING_PORT_H

#include "services/renewal/domain/ticket_port.h"
#include "absl/status/statusor.h"
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::renewal {

/// Moves tickets at the ticketing servers. Thread safe; does not block.
class TicketingPort : public TicketPort {
 public:
  /// `targets` are `HOST:PORT` of the replicas, by address; calls go to those
  /// that are there. `token` is shown to servers with a devices file; empty for
  /// those without. Returns kInvalidArgument if a target is not such.
  static absl::StatusOr<std::unique_ptr<TicketingPort>> Connect(
      std::vector<std::string> const& targets, std::string token);

  /// Waits for what is under way: its callbacks end first.
  ~TicketingPort() override;

  /// Waits for what is under way; what is asked later fails with kUnavailable.
  /// So nothing that it calls back has to outlive this.
  void Close();

  void Do(RenewalCase const& renewal, Errand const& errand,
          std::string const& request_id, MachineTime deadline,
          Done<std::monostate> done) override;
  void LookHall(OfficeId const& office, MachineTime deadline,
                Done<HallView> done) override;

  void AskServed(OfficeId const& office, TicketRef const& ticket,
                 CounterId const& counter, MachineTime deadline,
                 Done<bool> done) override;

 private:
  struct Link;
  class HallLook;

  explicit TicketingPort(std::shared_ptr<Link> link) : link_(std::move(link)) {}

  std::shared_ptr<Link> const link_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_TICKETING_PORT_H
