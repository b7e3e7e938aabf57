#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKET_CODEC_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKET_CODEC_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/request.h"
#include "services/ticketing/domain/ticket.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/statusor.h"
#include <string>
#include <string_view>

// How values are written in Redis: fields separated by `|`, integers and times
// (milliseconds since 1970) in decimal, what is missing empty, and in texts the
// separators as `%` and two hex digits. README.md has the fields. Empty fields
// at the end that the first release did not have are left out.
//
// `Unpack...` reads exactly what `Pack...` wrote, also if a later release added
// fields at the end or an earlier one did not have all; for anything else it
// returns kInternal, `STORE_KEY_FOREIGN`.
namespace madoguchi::ticketing {

/// Begins with a letter for the state, which Redis Functions test: W, C, S,
/// D (completed), A, X (cancelled), H (on hold), E (expired) or M (moved).
std::string PackTicket(Ticket const& ticket);
absl::StatusOr<Ticket> UnpackTicket(std::string_view record);

/// What stands in records for the id of a ticket that is not issued yet. Redis
/// Functions put the id there. No other record holds it.
inline constexpr std::string_view kNewTicketId = "\1";

/// A ticket to issue, with `kNewTicketId` and marks for its number and, if
/// `ranked_now`, its rank.
std::string PackNewTicket(NewTicket const& issue);

std::string PackCounter(Counter const& counter);
/// The same with `kNewTicketId` for its ticket.
std::string PackCounterOfNewTicket(Counter const& counter);
absl::StatusOr<Counter> UnpackCounter(std::string_view record);

std::string PackStep(UndoableStep const& step);
absl::StatusOr<UndoableStep> UnpackStep(std::string_view record);

/// A settled request up to the ticket of its outcome, which is to follow.
std::string PackSettledBegin(std::string_view command, Outcome const& outcome);
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
};
IssuePieces PackIssue(IssueOrder const& order);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKET_CODEC_H
