#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_LIFE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_LIFE_H

#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <string>

// The life of a counter on a day: one pure function per step. Each answers the
// counter after the step, its version one higher, or refuses by name.
//
//   closed --Open--> READY --Pause--> PAUSED --EndActivity--> READY
//                    READY --Occupy--> with a ticket --Release--> READY
//                                                    --WrapUp--> WRAP_UP
namespace madoguchi::ticketing::life {

/// Opens a counter, or takes it over. A session's number holds the day, so that
/// one of yesterday is never current. Refuses with `COUNTER_ALREADY_OPEN`.
absl::StatusOr<Counter> OpenCounter(Counter const& counter, BusinessDay day,
                                    StaffId const& staff, bool take_over);

/// Closes a counter. Refuses with `COUNTER_BUSY`.
absl::StatusOr<Counter> CloseCounter(Counter const& counter);

/// Whether the terminal with `session` (0: whoever is current) may change
/// something at `counter`. Refuses with `COUNTER_CLOSED` or
/// `COUNTER_TAKEN_OVER`.
absl::Status CheckSession(Counter const& counter, std::int64_t session);

/// Whether `counter` may take a ticket. Refuses with `COUNTER_BUSY` or
/// `COUNTER_PAUSED`.
absl::Status CheckFree(Counter const& counter);

/// The counter once it has `ticket`; paperwork ends. Refuses as `CheckFree`.
absl::StatusOr<Counter> Occupy(Counter const& counter, TicketId const& ticket);

/// The counter once its ticket has left.
Counter Release(Counter const& counter);

/// The same, with paperwork to do.
Counter WrapUp(Counter const& counter, Timestamp now);

/// Refuses with `COUNTER_BUSY` or `COUNTER_PAUSED`.
absl::StatusOr<Counter> Pause(Counter const& counter, std::string const& reason,
                              Timestamp now);

/// Ends a pause or paperwork. Refuses with `COUNTER_READY`.
absl::StatusOr<Counter> EndActivity(Counter const& counter);

}  // namespace madoguchi::ticketing::life

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_COUNTER_LIFE_H
