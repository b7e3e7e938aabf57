#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_ANSWERS_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_ANSWERS_H

#include "services/redis/reply.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

// Reads what Redis Functions answer. All return kInternal,
// `STORE_KEY_FOREIGN`, for records that are not ours.
namespace madoguchi::ticketing {

/// The error that the code of an answer stands for; OK for `OK`.
absl::Status StatusOfAnswer(redis::Reply answer, Hall const& hall);

/// The same of a code alone.
absl::Status StatusOfCode(std::string_view code, Hall const& hall);

/// The error that the answer to `settlement` stands for; OK for `OK`.
absl::Status StatusOfSettling(redis::Reply answer,
                              Settlement const& settlement);

absl::StatusOr<Settled> ReadSettled(redis::Reply answer);
/// Of the `order`-th of those that were issued together.
absl::StatusOr<Settled> ReadIssued(redis::Reply answer, std::size_t order,
                                   Hall const& hall, SeriesId const& series);
absl::StatusOr<View> ReadView(redis::Reply answer, LookQuery const& query);
absl::StatusOr<DueView> ReadDue(redis::Reply answer);
absl::StatusOr<SweepView> ReadSweep(redis::Reply answer);
absl::StatusOr<std::optional<Ticket>> ReadFound(redis::Reply answer);
absl::StatusOr<TicketPage> ReadTicketPage(redis::Reply answer);
absl::StatusOr<EventPage> ReadEventPage(redis::Reply answer);

/// Events of a log, as XRANGE and XREAD answer them.
absl::StatusOr<std::vector<Event>> ReadEvents(redis::Reply entries);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_ANSWERS_H
