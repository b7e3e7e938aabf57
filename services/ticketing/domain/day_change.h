#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_DAY_CHANGE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_DAY_CHANGE_H

#include "services/base/done.h"
#include "services/ticketing/domain/desk_context.h"
#include "services/ticketing/domain/ticket_store.h"
#include <optional>
#include <variant>

// One business day after the other: opening the new one, and sweeping what the
// one before left.
namespace madoguchi::ticketing {

/// Makes `day` of `office` fit for commands: opens it, and where that needs it
/// sweeps the day before. Any number of processes may do it at once.
///
/// Fails as the store does; with `DAY_CLOSED` if a later day is open.
void PrepareDay(DeskContext const& context, Office const& office,
                BusinessDay day, MachineTime deadline,
                Done<std::monostate> done);

/// Sweeps what the day before the open one left, in parts of `kSweepPart`, and
/// then removes the log of days that are no longer kept. Does nothing if there
/// is nothing to sweep.
void Sweep(DeskContext const& context, Office const& office,
           MachineTime deadline, Done<std::monostate> done);
inline constexpr int kSweepPart = 200;

/// What becomes of a part of what `from` left, once `to` is open: everybody
/// who waits is carried over or not, as `end` says. Pure.
SweepSettlement DecideSweep(Office const& office, BusinessDay from,
                            BusinessDay to, DayEnd end, SweepView const& view,
                            Timestamp now);

/// What stands in the way of a command, if it is that a day is not open or not
/// swept yet: the office and the day to prepare.
std::optional<Hall> DayToPrepare(absl::Status const& status);

/// Whether `status` is that the day is closed although at `now` the next one
/// begins at any moment: the clock of another process runs a little ahead, so
/// looking again helps.
bool IsDayAboutToChange(Office const& office, absl::Status const& status,
                        Timestamp now);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_DAY_CHANGE_H
