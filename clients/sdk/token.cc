#include "clients/sdk/token.h"
#include <grpcpp/client_context.h>
#include <algorithm>
#include <fstream>

namespace madoguchi::sdk {

absl::StatusOr<std::string> ReadToken(std::string const& path) {
  std::string token;
  if (path.empty()) return token;
  std::ifstream in(path);
  if (!std::getline(in, token) && !in.eof()) {
    return absl::NotFoundError("Cannot read the token in " + path + ".");
  }
  if (token.ends_with('\r')) token.pop_back();
  // gRPC ends the program over a header that it cannot send.
  bool const can_be_sent = std::all_of(
      token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (token.empty() || !can_be_sent) {
    return absl::InvalidArgumentError(
        "The first line of " + path +
        " is no token. Make one with `openssl rand -hex 32`.");
  }
  return token;
}

void ShowToken(std::string const& token, grpc::ClientContext& context) {
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
}

}  // namespace madoguchi::sdk
