#ifndef MADOGUCHI_SERVICES_RPC_ERRORS_H
#define MADOGUCHI_SERVICES_RPC_ERRORS_H

#include "services/rpc/device.h"
#include "absl/status/status.h"
#include <string>

// Why a device is refused, the same at every service. The other errors are in
// the catalogue of each service.
namespace madoguchi::rpc::error {

/// kUnauthenticated: no token, or one that nobody has.
absl::Status DeviceUnknown();

// kPermissionDenied.
absl::Status RoleNotAllowed(Device const& device, std::string const& method);
/// `field` names an office, a counter or a device that is not its own.
absl::Status DeviceNotHere(Device const& device, std::string const& field);

}  // namespace madoguchi::rpc::error

#endif  // MADOGUCHI_SERVICES_RPC_ERRORS_H
