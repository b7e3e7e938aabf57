#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_H

#include "services/base/clock.h"
#include "services/base/request.h"
#include "services/base/strong_id.h"
#include "services/office/office.h"
#include "services/office/staff.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::ticketing {

using TicketId = StrongId<struct TicketTag>;
/// One order of those who wait: a service, the part of a service that speaks a
/// language, or those sent to one counter. See queues.h.
using QueueId = StrongId<struct QueueTag>;

/// Where a ticket is in its life.
enum class TicketState {
  kWaiting,
  kCalled,
  kServing,
  kCompleted,
  kAbsent,
  kCancelled,
  /// Away from the counter for a while: a form, a search, a machine at work.
  kOnHold,
  /// Never served: the day ended, or an absence lasted too long.
  kExpired,
  /// Goes on at another office, under another number.
  kMoved,
};

/// Whether the number may still be called, so that it must not be issued again.
constexpr bool IsLive(TicketState state) {
  return state != TicketState::kCompleted && state != TicketState::kCancelled &&
         state != TicketState::kExpired && state != TicketState::kMoved;
}

/// The place of a ticket in the order of its office. In milliseconds since
/// 1970, at first those of its arrival; unique among arrivals. Smaller comes
/// first.
struct Rank {
  std::int64_t ms = 0;

  friend auto operator<=>(Rank const&, Rank const&) = default;
};

/// Why and until when a ticket is ON_HOLD.
struct Hold {
  /// A code such as `form`, `pin_search`, `machine`.
  std::string reason;
  /// Whose visitor it is, and at which counter.
  StaffId owner;
  CounterId counter;
  Timestamp since;
  /// Then it waits again by itself.
  Timestamp deadline;
  /// Whether it then waits for `counter` alone, or for any that serves it.
  bool to_counter = false;

  friend bool operator==(Hold const&, Hold const&) = default;
};

/// The ticket of another office that this one goes on from.
struct Origin {
  OfficeId office;
  TicketId ticket;

  friend bool operator==(Origin const&, Origin const&) = default;
};

/// A visitor's place in the queue. A value: changes make a new one.
struct Ticket {
  TicketId id;
  /// What is printed and called. Not the identity: it is used again.
  std::string number;
  ServiceId service;
  TicketState state = TicketState::kWaiting;
  /// Grows by one with every change; 1 when issued.
  std::int64_t version = 1;
  /// For statistics. Never changes.
  Timestamp arrival;
  /// For the order. A return, a transfer or `head_start` may change it.
  Rank rank;
  /// `ja`, `ja-easy` or `en`.
  std::string language;
  /// The counter that called last; empty while never called.
  CounterId counter;
  int recalls = 0;
  /// The last call or recall.
  std::optional<Timestamp> called;
  std::optional<Timestamp> serving_started;
  /// When it became COMPLETED, ABSENT or CANCELLED.
  std::optional<Timestamp> ended;
  /// Set when COMPLETED.
  std::string outcome;
  /// Where it waits, or waited last; empty for the queue of `service` itself.
  QueueId queue;
  /// When it last began to wait, if that was not on arrival.
  std::optional<Timestamp> queued;
  /// Set while ON_HOLD.
  std::optional<Hold> hold;
  /// How much earlier than its arrival it ranks because staff said that its
  /// visitor needs assistance; 0 if nobody did. The reason is kept nowhere.
  std::chrono::milliseconds head_start{0};
  /// What one clerk tells the next; empty once the visit has ended.
  std::string note;
  /// What the visitor came for besides, to be done after `service`, in order.
  std::vector<ServiceId> next_services;
  /// Service time of stretches that a hold, a transfer or a further service
  /// ended.
  std::chrono::milliseconds served{0};
  /// Was at a counter before, and is called to pick something up.
  bool pickup = false;
  /// Its service time says nothing: a finish was forgotten. To be kept out of
  /// statistics.
  bool time_uncertain = false;
  /// Served at a counter without having waited.
  bool unqueued = false;
  /// The day it was issued, if it waits on a later one.
  std::optional<BusinessDay> carried_over_from;
  std::optional<Origin> moved_from;

  friend bool operator==(Ticket const&, Ticket const&) = default;
};

/// Order of being called inside a service: by rank, equals by id.
struct CallOrder {
  Rank rank;
  TicketId id;

  friend auto operator<=>(CallOrder const&, CallOrder const&) = default;
};

/// Whether staff said that the visitor needs assistance.
inline bool IsAssisted(Ticket const& ticket) {
  return ticket.head_start > std::chrono::milliseconds(0);
}

/// The queue in which `ticket` waits, or waited last.
inline QueueId QueueOf(Ticket const& ticket) {
  return ticket.queue.value.empty() ? QueueId{ticket.service.value}
                                    : ticket.queue;
}

inline CallOrder CallOrderOf(Ticket const& ticket) {
  return {ticket.rank, ticket.id};
}

/// The id of the `serial`-th ticket (from 0) of a series: `20261123-a-00007`.
/// Never wraps.
TicketId MakeTicketId(BusinessDay day, SeriesId const& series,
                      std::int64_t serial);

/// The day in a ticket's id; nothing if `id` is not of the form that
/// `MakeTicketId` gives.
std::optional<BusinessDay> DayOf(TicketId const& id);

/// What is printed for the `serial`-th ticket of `series`: prefix, then first +
/// serial mod size.
std::string NumberOf(Series const& series, std::int64_t serial);

/// The languages a ticket may have; the first is the default.
inline constexpr std::string_view kLanguages[] = {"ja", "ja-easy", "en"};

/// `language`, or the default if it is empty. Refuses with `LANGUAGE_UNKNOWN`.
absl::StatusOr<std::string> ParseLanguage(std::string const& language);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_H
