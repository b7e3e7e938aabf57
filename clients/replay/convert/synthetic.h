#ifndef MADOGUCHI_CLIENTS_REPLAY_CONVERT_SYNTHETIC_H
#define MADOGUCHI_CLIENTS_REPLAY_CONVERT_SYNTHETIC_H

#include "clients/replay/day.h"
#include <cstdint>

namespace madoguchi::replay {

/// Invents a busy Monday in the main hall of the example city
/// (deploy/config/example-city.textproto): 220 visitors from 8:30 to 17:00,
/// more than half of them between 10:00 and 15:00. The same for the same seed.
Day InventMonday(std::uint64_t seed);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CONVERT_SYNTHETIC_H
