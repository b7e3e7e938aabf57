#include "services/gateway/listen.h"
#include "services/gateway/allow_list.h"
#include "services/rpc/server.h"
#include "absl/strings/str_split.h"

namespace madoguchi::gateway {

absl::StatusOr<std::vector<web::Listener>> ParseListen(
    std::string const& text) {
  std::vector<web::Listener> listeners;
  std::vector<std::string> const parts = absl::StrSplit(text, ',');
  for (auto const& part : parts) {
    auto const equals = part.find('=');
    auto const audience = ParseAudience(part.substr(0, equals));
    if (equals == std::string::npos || !audience) {
      return absl::InvalidArgumentError(
          "--listen is AUDIENCE=HOST:PORT, several with commas between; an "
          "audience is hall, staff, public or house.");
    }
    auto address = part.substr(equals + 1);
    if (*audience == Audience::kHouse && !rpc::IsLoopback(address)) {
      return absl::FailedPreconditionError(
          "Not listening on " + address +
          " for house: who stands in the hall could reach what is for staff. "
          "Give hall and staff a port each, on networks of their own.");
    }
    listeners.push_back({std::move(address), MethodsFor(*audience)});
  }
  return listeners;
}

}  // namespace madoguchi::gateway
