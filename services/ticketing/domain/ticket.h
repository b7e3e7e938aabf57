#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_H

#include "services/base/clock.h"
#include "services/base/strong_id.h"
#include "services/office/office.h"
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::ticketing {

using TicketId = StrongId<struct TicketTag>;
using RequestId = StrongId<struct RequestTag>;
/// A pseudonym of a member of staff, never a name.
using StaffId = StrongId<struct StaffTag>;

/// Where a ticket is in its life.
enum class TicketState {
  kWaiting,
  kCalled,
  kServing,
  kCompleted,
  kAbsent,
  kCancelled,
};

/// Whether the number may still be called, so that it must not be issued again.
constexpr bool IsLive(TicketState state) {
  return state != TicketState::kCompleted && state != TicketState::kCancelled;
}

/// The place of a ticket in the order of its office. In milliseconds since
/// 1970, at first those of its arrival; unique among arrivals. Smaller comes
/// first.
struct Rank {
  std::int64_t ms = 0;

  friend auto operator<=>(Rank const&, Rank const&) = default;
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
  /// For the order. A return may change it.
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

  friend bool operator==(Ticket const&, Ticket const&) = default;
};

/// Order of being called inside a service: by rank, equals by id.
struct CallOrder {
  Rank rank;
  TicketId id;

  friend auto operator<=>(CallOrder const&, CallOrder const&) = default;
};

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

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_TICKET_H
