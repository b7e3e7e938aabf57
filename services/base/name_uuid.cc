#include "services/base/name_uuid.h"
#include <openssl/evp.h>
#include <array>
#include <cstddef>
#include <cstdlib>

namespace madoguchi {
namespace {

// Chosen once at random; with another one repeats would not be recognised.
constexpr std::array<unsigned char, 16> kNamespace = {
    0x6d, 0x1f, 0x0c, 0x52, 0x8a, 0x37, 0x4e, 0x90,
    0xb4, 0x1d, 0x53, 0xe6, 0x2a, 0x7f, 0xc8, 0x05};

}  // namespace

std::string NameUuid(std::string_view name) {
  std::string text(kNamespace.begin(), kNamespace.end());
  text += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  // SHA-1 as the version asks; nothing here has to resist an attacker.
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(),
                 nullptr) != 1) {
    std::abort();
  }
  digest[6] = (digest[6] & 0x0F) | 0x50;
  digest[8] = (digest[8] & 0x3F) | 0x80;
  constexpr char kHex[] = "0123456789abcdef";
  std::string uuid;
  uuid.reserve(36);
  for (std::size_t i = 0; i != 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += kHex[digest[i] >> 4];
    uuid += kHex[digest[i] & 0x0F];
  }
  return uuid;
}

}  // namespace madoguchi
