#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_HOUSE_HEARTBEAT_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_HOUSE_HEARTBEAT_H

#include "clients/sdk/ticketing_client.h"
#include "clients/ticket_machine/heartbeat.h"
#include "madoguchi/ticketing/v1/device_service.pb.h"
#include <string>

namespace madoguchi::ticket_machine {

/// Whether slips go to a printer or are shown on the screen.
enum class SlipMedium { kPaper, kScreen };

ticketing::v1::DeviceState::Printer ToProto(PrinterState state);

/// `state` as the servers are told it.
ticketing::v1::DeviceState ToProto(MachineState const& state,
                                   SlipMedium medium);

/// Tells the ticketing servers, for their staff. A heartbeat that is lost is
/// lost: the next one is as good.
class HouseHeartbeat : public Heartbeat {
 public:
  /// `name`: `offices/{office}/devices/{device}`. `options` are taken with a
  /// shorter time for each call.
  HouseHeartbeat(sdk::ClientOptions options, std::string name,
                 SlipMedium medium);

  void Tell(MachineState const& state) override;

 private:
  // Its own, so that no heartbeat waits for a visitor's call or the reverse.
  sdk::TicketingClient client_;
  std::string const name_;
  SlipMedium const medium_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_HOUSE_HEARTBEAT_H
