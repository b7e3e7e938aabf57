#ifndef MADOGUCHI_CLIENTS_SDK_TOKEN_H
#define MADOGUCHI_CLIENTS_SDK_TOKEN_H

#include "absl/status/statusor.h"
#include <string>

namespace grpc {
class ClientContext;
}

namespace madoguchi::sdk {

/// Reads a device's token, the first line of the file at `path`; no token if
/// `path` is empty. Returns kNotFound if the file cannot be read, and
/// kInvalidArgument if its first line is empty or cannot be sent.
absl::StatusOr<std::string> ReadToken(std::string const& path);

/// Shows `token` to the server with the call of `context`; nothing if it is
/// empty.
void ShowToken(std::string const& token, grpc::ClientContext& context);

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_TOKEN_H
