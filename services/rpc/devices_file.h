#ifndef MADOGUCHI_SERVICES_RPC_DEVICES_FILE_H
#define MADOGUCHI_SERVICES_RPC_DEVICES_FILE_H

#include "services/rpc/device.h"
#include "absl/status/statusor.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::rpc {

/// Where devices can stand: the ids of the offices, each with its counters'.
using Places = std::map<std::string, std::set<std::string>>;

/// Reads the devices of a city, a `madoguchi.device.v1.Devices` in text format,
/// and checks every rule that its proto states, and that offices and counters
/// are in `places`.
///
/// Returns kInvalidArgument if a rule is broken: one line for each problem, all
/// of them at once, with file, line, field and what to do.
absl::StatusOr<std::vector<Device>> ParseDevices(std::string const& text,
                                                 std::string const& file_name,
                                                 Places const& places);

/// Reads the file at `path` as `ParseDevices` does. Returns kNotFound if it
/// cannot be read.
absl::StatusOr<std::vector<Device>> ReadDevices(std::string const& path,
                                                Places const& places);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_DEVICES_FILE_H
