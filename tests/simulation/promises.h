#ifndef MADOGUCHI_TESTS_SIMULATION_PROMISES_H
#define MADOGUCHI_TESTS_SIMULATION_PROMISES_H

#include "tests/simulation/day_record.h"
#include "tests/simulation/day_settings.h"
#include "tests/simulation/simulate_day.h"
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// What of ticketing's promises a day broke, in words; nothing if it kept all:
/// nobody overtaken beyond the office's limit, nor inside a service; nobody
/// lost, doubled or at two counters; each repeat answered the same; everybody
/// told what happened; the log tells all that the store holds.
///
/// `record` is `ReadDay` of the log of `result`.
std::vector<std::string> BrokenPromises(DaySettings const& settings,
                                        DayResult const& result,
                                        DayRecord const& record);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_PROMISES_H
