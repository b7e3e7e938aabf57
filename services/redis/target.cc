#include "services/redis/target.h"
#include "absl/strings/numbers.h"
#include <string_view>

namespace madoguchi::redis {

absl::StatusOr<ClientOptions> ParseTarget(std::string const& target) {
  constexpr std::string_view kSocket = "unix:";
  ClientOptions options;
  if (target.starts_with(kSocket)) {
    options.unix_socket = target.substr(kSocket.size());
    return options;
  }
  auto const colon = target.rfind(':');
  if (colon == std::string::npos ||
      !absl::SimpleAtoi(target.substr(colon + 1), &options.port)) {
    return absl::InvalidArgumentError("--redis is HOST:PORT or unix:PATH.");
  }
  options.host = target.substr(0, colon);
  return options;
}

}  // namespace madoguchi::redis
