#ifndef MADOGUCHI_SERVICES_RPC_ADMISSION_FILE_H
#define MADOGUCHI_SERVICES_RPC_ADMISSION_FILE_H

#include "services/rpc/admission.h"
#include "services/rpc/devices_file.h"
#include "absl/status/statusor.h"
#include <optional>
#include <string>

namespace madoguchi::rpc {

/// Lets in the devices of the file at `path`, each to the `methods` of its
/// role; nothing, which is everybody, if `path` is empty. Fails as
/// `ReadDevices`.
absl::StatusOr<std::optional<Admission>> ReadAdmission(std::string const& path,
                                                       Places const& places,
                                                       MethodRoles methods);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_ADMISSION_FILE_H
