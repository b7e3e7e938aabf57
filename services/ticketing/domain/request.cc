#include "services/ticketing/domain/request.h"
#include "services/ticketing/domain/errors.h"
#include <utility>

namespace madoguchi::ticketing {

absl::StatusOr<Request> MakeRequest(
    std::string const& id, std::string_view command,
    std::initializer_list<std::string_view> arguments) {
  auto request = ReadRequest(id, command, arguments);
  if (!request) return error::RequestIdInvalid();
  return *std::move(request);
}

absl::StatusOr<std::optional<Outcome>> OutcomeOfRepeat(
    Request const& request, std::optional<SettledRequest> const& settled) {
  if (!settled) return std::optional<Outcome>();
  if (settled->command != request.command) {
    return error::RequestIdReused(request.id);
  }
  return std::optional(settled->outcome);
}

}  // namespace madoguchi::ticketing
