#include "services/rpc/errors.h"
#include "services/base/error.h"

namespace madoguchi::rpc::error {

using absl::StatusCode;

absl::Status DeviceUnknown() {
  return MakeError(StatusCode::kUnauthenticated,
                   "This device is not known here. Give it a token that is in "
                   "the devices file.",
                   {"DEVICE_UNKNOWN", {}});
}

absl::Status RoleNotAllowed(Device const& device, std::string const& method) {
  auto const role = NameOf(device.role);
  return MakeError(
      StatusCode::kPermissionDenied,
      "Device " + device.id + " is a " + role + ", which may not call " +
          method + ". Use another device, or change its role.",
      {"ROLE_NOT_ALLOWED",
       {{"device", device.id}, {"role", role}, {"method", method}}});
}

absl::Status DeviceNotHere(Device const& device, std::string const& field) {
  auto const place =
      (device.office.empty() ? "" : "offices/" + device.office) +
      (device.counter.empty() ? "" : "/counters/" + device.counter);
  return MakeError(
      StatusCode::kPermissionDenied,
      "Device " + device.id + " may not name another " +
          (place.empty() ? "device"
                         : "place than " + place + " or another device") +
          " in `" + field + "`. Correct its flags, or the devices file.",
      {"DEVICE_NOT_HERE",
       {{"device", device.id}, {"field", field}, {"place", place}}});
}

}  // namespace madoguchi::rpc::error
