#include "services/rpc/device_registry.h"
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <cstring>
#include <utility>

namespace madoguchi::rpc {
namespace {

std::uint64_t BeginOf(std::string const& hash) {
  std::uint64_t begin = 0;
  std::memcpy(&begin, hash.data(), sizeof begin);
  return begin;
}

}  // namespace

DeviceRegistry::DeviceRegistry(std::vector<Device> devices)
    : devices_(std::move(devices)) {
  for (std::size_t i = 0; i != devices_.size(); ++i) {
    by_hash_.emplace(BeginOf(devices_[i].token_sha256), i);
  }
}

Device const* DeviceRegistry::FindByToken(std::string_view token) const {
  auto const hash = Sha256(token);
  auto const [begin, end] = by_hash_.equal_range(BeginOf(hash));
  for (auto at = begin; at != end; ++at) {
    auto const& device = devices_[at->second];
    if (CRYPTO_memcmp(device.token_sha256.data(), hash.data(), hash.size()) ==
        0) {
      return &device;
    }
  }
  return nullptr;
}

Device const* DeviceRegistry::FindById(std::string_view id) const {
  for (auto const& device : devices_) {
    if (device.id == id) return &device;
  }
  return nullptr;
}

std::string Sha256(std::string_view text) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<unsigned char const*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

}  // namespace madoguchi::rpc
