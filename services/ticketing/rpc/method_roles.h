#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_METHOD_ROLES_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_METHOD_ROLES_H

#include "services/rpc/device.h"

namespace madoguchi::ticketing {

/// Which role may call which method of ticketing. The only place that says so:
/// a method without a row nobody may call.
rpc::MethodRoles TicketingMethodRoles();

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_METHOD_ROLES_H
