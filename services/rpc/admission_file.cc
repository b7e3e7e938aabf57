#include "services/rpc/admission_file.h"
#include "services/base/status_macros.h"
#include <utility>

namespace madoguchi::rpc {

absl::StatusOr<std::optional<Admission>> ReadAdmission(std::string const& path,
                                                       Places const& places,
                                                       MethodRoles methods) {
  if (path.empty()) return std::optional<Admission>();
  MADOGUCHI_ASSIGN_OR_RETURN(auto devices, ReadDevices(path, places));
  return Admission{DeviceRegistry(std::move(devices)), std::move(methods)};
}

}  // namespace madoguchi::rpc
