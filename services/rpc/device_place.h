#ifndef MADOGUCHI_SERVICES_RPC_DEVICE_PLACE_H
#define MADOGUCHI_SERVICES_RPC_DEVICE_PLACE_H

#include "services/rpc/device.h"
#include "absl/status/status.h"
#include <google/protobuf/message.h>
#include <array>

namespace madoguchi::rpc {

/// The fields in which a request says whom it is about. Where it sends a
/// ticket, such as `to_office`, is not among them: that may be elsewhere.
inline constexpr std::array<char const*, 5> kPlaceFields = {
    "office", "parent", "counter", "ticket", "name"};

/// Returns kPermissionDenied, `DEVICE_NOT_HERE`, if `request` is about another
/// office or counter than `device` is bound to, or speaks for another device.
///
/// Looks at `kPlaceFields`. Text in them that is no resource name passes: the
/// method refuses that itself.
absl::Status CheckPlace(Device const& device,
                        google::protobuf::Message const& request);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_DEVICE_PLACE_H
