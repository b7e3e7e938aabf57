#ifndef MADOGUCHI_SERVICES_RPC_DEVICE_REGISTRY_H
#define MADOGUCHI_SERVICES_RPC_DEVICE_REGISTRY_H

#include "services/rpc/device.h"
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace madoguchi::rpc {

/// Knows the devices of a city by their tokens. Immutable, so thread safe.
class DeviceRegistry {
 public:
  /// `devices` as the devices file may have them: ids and hashes are unique.
  explicit DeviceRegistry(std::vector<Device> devices);

  /// The device that holds `token`; null if none does. How long it takes tells
  /// nothing about the tokens. Valid as long as the registry.
  Device const* FindByToken(std::string_view token) const;

  /// Null if there is none. Valid as long as the registry.
  Device const* FindById(std::string_view id) const;

  /// In the order of the file.
  std::vector<Device> const& devices() const { return devices_; }

 private:
  std::vector<Device> const devices_;
  /// By the first bytes of the hash. Whoever guesses tokens learns from the
  /// time it takes at most these of the hash of a guess, which is no way to a
  /// token.
  std::unordered_multimap<std::uint64_t, std::size_t> by_hash_;
};

/// The SHA-256 of `text`: 32 bytes.
std::string Sha256(std::string_view text);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_DEVICE_REGISTRY_H
