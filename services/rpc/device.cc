#include "services/rpc/device.h"

namespace madoguchi::rpc {

std::string NameOf(Role role) {
  switch (role) {
    case Role::kTicketMachine:
      return "TICKET_MACHINE";
    case Role::kWallDisplay:
      return "WALL_DISPLAY";
    case Role::kCounterTerminal:
      return "COUNTER_TERMINAL";
    case Role::kSupervisor:
      return "SUPERVISOR";
    case Role::kGateway:
      return "GATEWAY";
    case Role::kService:
      return "SERVICE";
    case Role::kOperator:
      return "OPERATOR";
  }
  return "UNKNOWN";
}

}  // namespace madoguchi::rpc
