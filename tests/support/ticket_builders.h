#ifndef MADOGUCHI_TESTS_SUPPORT_TICKET_BUILDERS_H
#define MADOGUCHI_TESTS_SUPPORT_TICKET_BUILDERS_H

#include "services/office/office.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/ticket.h"
#include "services/ticketing/domain/ticket_store.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// A Monday, 10:00 in Tokyo.
inline constexpr Timestamp kTenOClock{
    std::chrono::milliseconds(1'795'395'600'000)};
/// The business day of `kTenOClock`.
inline constexpr BusinessDay kToday{20261123};
/// The business day before it.
inline constexpr BusinessDay kFriday{20261120};
inline OfficeId const kHall{"honcho"};
inline OfficeId const kBranch{"minato"};

/// `city` has two offices of the same shape, `kHall` and `kBranch`:
///
/// | Service | Series | Expected | Target |
/// |---|---|---|---|
/// | `renew`  | `a`, A101... | 15 min | 30 min |
/// | `reset`  | `b`, B301... | 25 min | 30 min |
/// | `pickup` | `c`, C501... | 10 min | 60 min |
///
/// Counter 1 serves all, 2 serves `renew` alone, 3 prefers `pickup` to `renew`
/// and both to `reset`. Two recalls, 30 s apart; one before an absence. An
/// absent visitor is next; the overtaking limit is 3. Business days begin at 4.
City MakeCity();

/// A service of the shape above.
Service MakeService(std::string const& id, std::string const& series,
                    int expected_minutes, int target_minutes);

/// A counter that serves `services` alike.
CounterSettings MakeCounter(std::string const& id,
                            std::vector<std::string> const& services);

/// The `n`-th of a row of UUIDs.
std::string Uuid(std::int64_t n);

/// The `serial`-th ticket of `service` in `MakeCity`, WAITING since `minute`
/// minutes after ten.
Ticket WaitingTicket(std::int64_t serial, std::string const& service = "renew",
                     int minute = 0);

/// The same, called to `counter` two minutes later.
Ticket CalledTicket(std::int64_t serial, std::string const& counter = "1",
                    std::string const& service = "renew", int minute = 0);

/// The same, SERVING since three minutes after its arrival.
Ticket ServingTicket(std::int64_t serial, std::string const& counter = "1",
                     std::string const& service = "renew", int minute = 0);

/// The same, ON_HOLD at `counter` for `aoi` with a form, from ten minutes after
/// its arrival for a quarter of an hour.
Ticket HeldTicket(std::int64_t serial, std::string const& counter = "1",
                  std::string const& service = "renew", int minute = 0);

/// The same, ABSENT five minutes after its arrival.
Ticket AbsentTicket(std::int64_t serial, std::string const& counter = "1",
                    std::string const& service = "renew", int minute = 0);

/// `ticket`, carried over from the Friday before `kToday`, with the id that it
/// got then.
Ticket CarriedOver(Ticket ticket);

/// A queue, such as `renew` or `@1`, whose first are `waiting`.
QueueView QueueOf(std::string const& queue,
                  std::vector<Waiting> const& waiting);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_TESTS_SUPPORT_TICKET_BUILDERS_H
