#include "services/renewal/rpc/method_roles.h"
#include <string>

namespace madoguchi::renewal {
namespace {

using enum rpc::Role;
using rpc::RoleSet;

// Cases are the clerks'. Tools play clerks.
constexpr RoleSet kStaff{kCounterTerminal, kSupervisor, kOperator};
// What visitors ask and see, by whatever shows it to them.
constexpr RoleSet kHall{kTicketMachine, kWallDisplay, kCounterTerminal,
                        kSupervisor,    kGateway,     kOperator};

constexpr char kServicePath[] = "/madoguchi.renewal.v1.RenewalService/";

struct Row {
  char const* method;
  RoleSet roles;
};

Row const kRows[] = {
    {"Triage",
     {kTicketMachine, kCounterTerminal, kSupervisor, kGateway, kOperator}},
    {"StartRenewal", kStaff},
    {"RecordStep", kStaff},
    {"RequestIssuance", kStaff},
    {"ParkRenewal", kStaff},
    {"ResumeRenewal", kStaff},
    {"FinishRenewal", kStaff},
    {"AbandonRenewal", kStaff},
    {"GetRenewal", kStaff},
    {"ListRenewals", kStaff},
    {"ReportUpstream", kStaff},
    {"WatchUpstream", kHall},
};

}  // namespace

rpc::MethodRoles RenewalMethodRoles() {
  rpc::MethodRoles roles;
  for (auto const& row : kRows) {
    roles.emplace(std::string(kServicePath) + row.method, row.roles);
  }
  return roles;
}

}  // namespace madoguchi::renewal
