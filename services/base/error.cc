#include "services/base/error.h"
#include <string_view>

namespace madoguchi {
namespace {

// The core knows no protobuf, so each part of the `ErrorInfo` is a payload of
// its own. services/rpc turns them into the details of a gRPC status.
constexpr std::string_view kReason = "madoguchi/reason";
constexpr std::string_view kMetadataPrefix = "madoguchi/metadata/";

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string const& message,
                       ErrorInfo const& info) {
  absl::Status status(code, message);
  status.SetPayload(std::string(kReason), absl::Cord(info.reason));
  for (auto const& [key, value] : info.metadata) {
    status.SetPayload(std::string(kMetadataPrefix) + key, absl::Cord(value));
  }
  return status;
}

ErrorInfo GetErrorInfo(absl::Status const& status) {
  ErrorInfo info;
  status.ForEachPayload([&](absl::string_view url, absl::Cord const& payload) {
    std::string const key(url);
    if (key == kReason) {
      info.reason = std::string(payload);
    } else if (key.starts_with(kMetadataPrefix)) {
      info.metadata[key.substr(kMetadataPrefix.size())] = std::string(payload);
    }
  });
  return info;
}

}  // namespace madoguchi
