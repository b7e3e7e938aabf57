#include "clients/audit/chain.h"
#include <openssl/evp.h>
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>

namespace madoguchi::audit {
namespace {

constexpr std::size_t kHashSize = 64;
constexpr std::string_view kBeforeHash = ",\"hash\":\"";
constexpr std::string_view kBehindHash = "\"}";

std::string Sha256(std::string const& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  // Fails only where OpenSSL was built without it.
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(),
                 nullptr) != 1) {
    std::abort();
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(kHashSize);
  for (unsigned int i = 0; i != size; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 0x0F];
  }
  return hex;
}

// A hash has one length, so what it follows cannot run into it.
std::string HashBehind(std::string const& last, std::string_view content) {
  std::string text = last;
  text += content;
  return Sha256(text);
}

}  // namespace

std::string FirstHash() { return std::string(kHashSize, '0'); }

bool IsHash(std::string_view text) {
  return text.size() == kHashSize &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string Chain::Append(std::string_view content) {
  last_ = HashBehind(last_, content);
  std::string line(content);
  line += kBeforeHash;
  line += last_;
  line += kBehindHash;
  return line;
}

std::optional<std::string_view> Chain::Check(std::string_view line) {
  constexpr auto kTail = kBeforeHash.size() + kHashSize + kBehindHash.size();
  if (line.size() <= kTail) return std::nullopt;
  auto const content = line.substr(0, line.size() - kTail);
  Chain next(last_);
  if (next.Append(content) != line) return std::nullopt;
  last_ = next.last_;
  return content;
}

}  // namespace madoguchi::audit
