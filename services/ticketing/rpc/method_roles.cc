#include "services/ticketing/rpc/method_roles.h"
#include <string>

namespace madoguchi::ticketing {
namespace {

using enum rpc::Role;
using rpc::RoleSet;

// Who sees what staff see. Tools see and do everything but pretend to be a
// device: a replay plays the whole hall.
constexpr RoleSet kStaff{kCounterTerminal, kSupervisor, kOperator};
// The services of the house that hold, resume and complete tickets for a case.
constexpr RoleSet kStaffAndServices{kCounterTerminal, kSupervisor, kOperator,
                                    kService};

constexpr char kPackage[] = "/madoguchi.ticketing.v1.";

struct Row {
  char const* method;
  RoleSet roles;
};

Row const kRows[] = {
    {"TicketService/ListServices",
     {kTicketMachine, kCounterTerminal, kSupervisor, kGateway, kService,
      kOperator}},
    {"TicketService/IssueTicket", {kTicketMachine, kOperator}},
    // These two want the link token of the visitor as well.
    {"TicketService/GetTicket", {kTicketMachine, kGateway, kOperator}},
    {"TicketService/CancelTicket", {kTicketMachine, kGateway, kOperator}},

    {"CounterService/OpenCounter", kStaff},
    {"CounterService/CloseCounter", kStaff},
    {"CounterService/PauseCounter", kStaff},
    {"CounterService/ResumeCounter", kStaff},
    {"CounterService/CallNextTicket", kStaff},
    {"CounterService/CallTicket", kStaff},
    {"CounterService/DesignateTicket", kStaff},
    {"CounterService/ServeVisitor", kStaff},
    {"CounterService/RecallTicket", kStaff},
    {"CounterService/StartServing", kStaff},
    {"CounterService/CompleteTicket", kStaffAndServices},
    {"CounterService/MarkAbsent", kStaff},
    {"CounterService/ReturnTicket", kStaff},
    {"CounterService/HoldTicket", kStaffAndServices},
    {"CounterService/ResumeTicket", kStaffAndServices},
    {"CounterService/TransferTicket", kStaff},
    {"CounterService/EditTicket", kStaff},
    {"CounterService/SetAssist", kStaff},
    {"CounterService/UndoLastStep", kStaff},
    {"CounterService/FindTicket", kStaffAndServices},
    {"CounterService/ListTickets", kStaffAndServices},
    {"CounterService/ListCounters", kStaffAndServices},

    {"DisplayService/WatchOffice",
     {kTicketMachine, kWallDisplay, kCounterTerminal, kSupervisor, kGateway,
      kOperator}},
    // Whole events name staff: never for what stands in the hall.
    {"EventService/FollowEvents", {kService, kOperator}},

    {"DeviceService/Heartbeat",
     {kTicketMachine, kWallDisplay, kCounterTerminal, kSupervisor, kGateway,
      kService}},
    {"DeviceService/ListDevices", kStaff},
};

}  // namespace

rpc::MethodRoles TicketingMethodRoles() {
  rpc::MethodRoles roles;
  for (auto const& row : kRows) {
    roles.emplace(std::string(kPackage) + row.method, row.roles);
  }
  return roles;
}

}  // namespace madoguchi::ticketing
