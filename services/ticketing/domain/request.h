#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_REQUEST_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_REQUEST_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::ticketing {

/// The same as `ReadRequest`.
///
/// Returns kInvalidArgument, `REQUEST_ID_INVALID`, if `id` is not a UUID.
absl::StatusOr<Request> MakeRequest(
    std::string const& id, std::string_view command,
    std::initializer_list<std::string_view> arguments);

/// The facts that a settled command is answered from, now and 24 hours later.
struct Outcome {
  /// The ticket right after the command; nothing if it concerned none.
  std::optional<Ticket> ticket;
  /// Of OpenCounter.
  std::int64_t session = 0;
  /// Of CallNextTicket: the code of the reason.
  std::string reason;
  /// Of a transfer to another office: the ticket issued there.
  std::optional<Ticket> arrived;

  friend bool operator==(Outcome const&, Outcome const&) = default;
};

/// A request that was settled, as the store remembers it.
struct SettledRequest {
  std::string command;
  Outcome outcome;

  friend bool operator==(SettledRequest const&,
                         SettledRequest const&) = default;
};

/// The outcome of a repeat: nothing if `settled` is nothing.
///
/// Returns kInvalidArgument, `REQUEST_ID_REUSED`, if the id was settled for
/// another command or other arguments.
absl::StatusOr<std::optional<Outcome>> OutcomeOfRepeat(
    Request const& request, std::optional<SettledRequest> const& settled);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_REQUEST_H
