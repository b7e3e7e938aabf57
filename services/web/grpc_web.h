#ifndef MADOGUCHI_SERVICES_WEB_GRPC_WEB_H
#define MADOGUCHI_SERVICES_WEB_GRPC_WEB_H

#include "services/web/headers.h"
#include "absl/status/statusor.h"
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

// The words of gRPC-Web, as its protocol page has them: binary frames in a body
// of HTTP, the last of which holds the status. All functions are pure.
namespace madoguchi::web {

/// What our answers are.
inline constexpr char kGrpcWebType[] = "application/grpc-web+proto";

/// How a call ended.
struct CallStatus {
  /// A code of gRPC, 0 to 16.
  int code = 0;
  /// Any bytes.
  std::string message;
  /// A `google.rpc.Status`, serialised; empty if there is none.
  std::string details;
};

inline constexpr std::size_t kFrameHeaderSize = 5;

/// What stands before a message of `size` bytes, less than 4 GiB.
std::array<char, kFrameHeaderSize> MessageFrameHeader(std::size_t size);

/// The frame that ends a body: `status`, then `metadata`, whose names are as
/// gRPC allows them and whose `-bin` values are raw bytes.
std::string TrailersFrame(CallStatus const& status, Headers const& metadata);

/// The message that the body of a request holds, a part of `body`.
///
/// Returns kInvalidArgument if there is not exactly one frame with exactly one
/// message, and kUnimplemented if that is compressed.
absl::StatusOr<std::string_view> ReadRequestMessage(std::string_view body);

/// Whether a body of `content_type` is what we take: binary gRPC-Web.
bool IsGrpcWebType(std::string_view content_type);

/// The time that `grpc-timeout` leaves, such as `1500m` for 1.5 s; at most a
/// year. kInvalidArgument if it is not one.
absl::StatusOr<std::chrono::nanoseconds> ParseTimeout(std::string_view text);

/// Metadata as a header holds it: `-bin` values in base64 without padding.
std::string EncodeMetadataValue(std::string_view name, std::string_view value);

/// Whether gRPC takes `value` as metadata that is text.
bool IsMetadataText(std::string_view value);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_GRPC_WEB_H
