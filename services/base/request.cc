#include "services/base/request.h"
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace madoguchi {
namespace {

// FNV-1a, 64 bit: it must give the same digest in every process and every
// release, which std::hash and absl::Hash do not promise. It guards against
// mistakes of programs, not against attackers.
std::string Digest(std::initializer_list<std::string_view> arguments) {
  std::uint64_t hash = 14695981039346656037U;
  auto const mix = [&](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  };
  for (auto const argument : arguments) {
    for (char const c : argument) mix(c);
    mix('\0');
  }
  std::array<char, 16> hex{};
  auto const end =
      std::to_chars(hex.data(), hex.data() + hex.size(), hash, 16).ptr;
  return {hex.data(), end};
}

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// The text form of RFC 4122, of any version.
bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i != text.size(); ++i) {
    bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHex(text[i])) return false;
  }
  return true;
}

}  // namespace

std::optional<Request> ReadRequest(
    std::string const& id, std::string_view command,
    std::initializer_list<std::string_view> arguments) {
  auto lower = id;
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  if (!IsUuid(lower)) return std::nullopt;
  return Request{{std::move(lower)},
                 std::string(command) + ":" + Digest(arguments)};
}

}  // namespace madoguchi
