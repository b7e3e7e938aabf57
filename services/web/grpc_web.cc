#include "services/web/grpc_web.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include <algorithm>
#include <cstdint>

namespace madoguchi::web {
namespace {

constexpr char kMessageFlag = 0;
constexpr unsigned char kCompressedBit = 0x01;
constexpr unsigned char kTrailersFlag = 0x80;

constexpr std::size_t kMostTimeoutDigits = 8;
// gRPC reckons in nanoseconds of 64 bits, which hold 292 years.
constexpr std::chrono::hours kLongestTimeout{24 * 365};

std::array<char, kFrameHeaderSize> FrameHeader(char flag, std::size_t size) {
  auto const byte = [&](int shift) {
    return static_cast<char>((size >> shift) & 0xff);
  };
  return {flag, byte(24), byte(16), byte(8), byte(0)};
}

std::string PercentEncode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (auto const each : text) {
    auto const byte = static_cast<unsigned char>(each);
    if (byte >= ' ' && byte <= '~' && byte != '%') {
      encoded += each;
      continue;
    }
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 0xf];
  }
  return encoded;
}

std::string Base64(std::string_view bytes) {
  auto encoded = absl::Base64Escape({bytes.data(), bytes.size()});
  encoded.erase(encoded.find_last_not_of('=') + 1);
  return encoded;
}

void AddLine(std::string& lines, std::string_view name,
             std::string_view value) {
  lines.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::array<char, kFrameHeaderSize> MessageFrameHeader(std::size_t size) {
  return FrameHeader(kMessageFlag, size);
}

std::string TrailersFrame(CallStatus const& status, Headers const& metadata) {
  std::string lines;
  AddLine(lines, "grpc-status", std::to_string(status.code));
  if (!status.message.empty()) {
    AddLine(lines, "grpc-message", PercentEncode(status.message));
  }
  if (!status.details.empty()) {
    AddLine(lines, "grpc-status-details-bin", Base64(status.details));
  }
  for (auto const& [name, value] : metadata) {
    AddLine(lines, name, EncodeMetadataValue(name, value));
  }
  auto const header =
      FrameHeader(static_cast<char>(kTrailersFlag), lines.size());
  return std::string(header.begin(), header.end()) + lines;
}

absl::StatusOr<std::string_view> ReadRequestMessage(std::string_view body) {
  if (body.size() < kFrameHeaderSize) {
    return absl::InvalidArgumentError(
        "The body is shorter than the header of a frame; send one message of "
        "gRPC-Web.");
  }
  auto const byte = [&](std::size_t i) {
    return static_cast<unsigned char>(body[i]);
  };
  if (byte(0) == kCompressedBit) {
    return absl::UnimplementedError(
        "The message is compressed; send it as it is.");
  }
  if (byte(0) != kMessageFlag) {
    return absl::InvalidArgumentError(
        "The body does not begin with a message; send one message of "
        "gRPC-Web.");
  }
  auto const size = std::uint32_t{byte(1)} << 24 |
                    std::uint32_t{byte(2)} << 16 | std::uint32_t{byte(3)} << 8 |
                    std::uint32_t{byte(4)};
  auto const message = body.substr(kFrameHeaderSize);
  if (message.size() != size) {
    return absl::InvalidArgumentError(
        "The body holds more or less than the message that its frame "
        "announces; send exactly one.");
  }
  return message;
}

bool IsGrpcWebType(std::string_view content_type) {
  auto const name = std::string(content_type.substr(0, content_type.find(';')));
  return absl::EqualsIgnoreCase(name, "application/grpc-web") ||
         absl::EqualsIgnoreCase(name, kGrpcWebType);
}

absl::StatusOr<std::chrono::nanoseconds> ParseTimeout(std::string_view text) {
  auto const digits = text.find_first_not_of("0123456789");
  std::int64_t count = 0;
  if (digits == 0 || digits == std::string_view::npos ||
      digits > kMostTimeoutDigits || digits + 1 != text.size() ||
      !absl::SimpleAtoi(std::string(text.substr(0, digits)), &count)) {
    return absl::InvalidArgumentError(
        "grpc-timeout is at most 8 digits and one of H, M, S, m, u, n.");
  }
  // So many hours would not fit into nanoseconds.
  auto const at_most = [&](auto unit) -> std::chrono::nanoseconds {
    using Unit = decltype(unit);
    return std::min(Unit(count),
                    std::chrono::duration_cast<Unit>(
                        std::chrono::nanoseconds(kLongestTimeout)));
  };
  switch (text.back()) {
    case 'H':
      return at_most(std::chrono::hours());
    case 'M':
      return at_most(std::chrono::minutes());
    case 'S':
      return at_most(std::chrono::seconds());
    case 'm':
      return at_most(std::chrono::milliseconds());
    case 'u':
      return at_most(std::chrono::microseconds());
    case 'n':
      return at_most(std::chrono::nanoseconds());
    default:
      return absl::InvalidArgumentError(
          "The unit of grpc-timeout is one of H, M, S, m, u, n.");
  }
}

std::string EncodeMetadataValue(std::string_view name, std::string_view value) {
  if (name.ends_with("-bin")) return Base64(value);
  return std::string(value);
}

bool IsMetadataText(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char each) { return each >= ' ' && each <= '~'; });
}

}  // namespace madoguchi::web
