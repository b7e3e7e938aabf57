#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_METHOD_ROLES_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_METHOD_ROLES_H

#include "services/rpc/device.h"

namespace madoguchi::renewal {

/// Which role may call which method of renewal. The only place that says so: a
/// method without a row nobody may call.
rpc::MethodRoles RenewalMethodRoles();

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_METHOD_ROLES_H
