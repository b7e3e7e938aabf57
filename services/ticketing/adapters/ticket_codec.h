#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKET_CODEC_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKET_CODEC_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/request.h"
#include "services/ticketing/domain/ticket.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <string>
#include <string_view>

// How values are written in Redis: fields separated by `|`, integers and times
// (milliseconds since 1970) in decimal, what is missing empty, and in texts the
// separators as `%` and two hex digits. README.md has the fields.
//
// `Unpack...` reads exactly what `Pack...` wrote, also if a later release added
// fields at the end; for anything else it returns kInternal,
// `STORE_KEY_FOREIGN`.
namespace madoguchi::ticketing {

/// Begins with a letter for the state, which Redis Functions test: W, C, S,
/// D (completed), A or X (cancelled).
std::string PackTicket(Ticket const& ticket);
absl::StatusOr<Ticket> UnpackTicket(std::string_view record);

std::string PackCounter(Counter const& counter);
absl::StatusOr<Counter> UnpackCounter(std::string_view record);

std::string PackSettled(std::string_view command, Outcome const& outcome);
absl::StatusOr<SettledRequest> UnpackSettled(std::string_view record);

/// An event without its sequence, ticket and counter, which go beside it.
std::string PackEventHeader(Event const& event);
absl::StatusOr<Event> UnpackEventHeader(std::string_view record);

/// What a Redis Function puts together once it knows the ticket's id, number
/// and rank: `before id | number middle rank after` is the ticket, and
/// `settled` in front of that what the request is remembered by.
struct IssuePieces {
  std::string before;
  std::string middle;
  std::string after;
  std::string event;
  std::string settled;
  /// What a number begins with, as it is written in a record.
  std::string number_prefix;
};
IssuePieces PackIssue(IssueOrder const& order);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKET_CODEC_H
