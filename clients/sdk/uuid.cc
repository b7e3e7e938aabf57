#include "clients/sdk/uuid.h"
#include <openssl/rand.h>
#include <array>
#include <cstddef>
#include <cstdlib>

namespace madoguchi::sdk {

std::string NewRequestId() {
  std::array<unsigned char, 16> bytes{};
  // Without randomness two presses could share an id, and one visitor would be
  // given the other's number: better no program than that.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    std::abort();
  }
  // RFC 9562: the version in the high half of byte 6, the variant in byte 8.
  bytes[6] = (bytes[6] & 0x0F) | 0x40;
  bytes[8] = (bytes[8] & 0x3F) | 0x80;

  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i != bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHex[bytes[i] >> 4];
    text += kHex[bytes[i] & 0x0F];
  }
  return text;
}

}  // namespace madoguchi::sdk
