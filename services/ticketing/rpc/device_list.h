#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_DEVICE_LIST_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_DEVICE_LIST_H

#include "services/rpc/device_registry.h"
#include "services/ticketing/domain/device_store.h"
#include "madoguchi/ticketing/v1/device_service.pb.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <vector>

namespace madoguchi::ticketing {

/// A device that was not heard for this long is stale: it missed three
/// heartbeats.
inline constexpr std::chrono::seconds kStaleAfter{15};

/// What a heartbeat says of `device`, heard `now`. Returns kInvalidArgument,
/// `INVALID_NAME`, if the version of the program has no such form, or a state
/// is none that is known.
absl::StatusOr<DeviceState> ToDeviceState(DeviceId const& device,
                                          v1::DeviceState const& state,
                                          Timestamp now);

/// The devices of `office` as staff see them, ordered by name: those heard
/// there, and those that `known` binds to it. If there is a `known`, those not
/// in it are left out.
v1::ListDevicesResponse ListOf(OfficeId const& office,
                               std::vector<DeviceState> const& heard,
                               rpc::DeviceRegistry const* known, Timestamp now);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_DEVICE_LIST_H
