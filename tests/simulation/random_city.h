#ifndef MADOGUCHI_TESTS_SIMULATION_RANDOM_CITY_H
#define MADOGUCHI_TESTS_SIMULATION_RANDOM_CITY_H

#include "services/office/office.h"
#include "tests/simulation/chance.h"

namespace madoguchi::simulation {

/// Two offices with any policies, `north` where those who wait are carried over
/// into the next day and `south` where they are not. Each has three services of
/// two series, four counters, and English routed.
City RandomCity(Chance& chance);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_RANDOM_CITY_H
