#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_SETTLE_COMMAND_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_SETTLE_COMMAND_H

#include "services/redis/command_line.h"
#include "services/ticketing/domain/ticket_store.h"
#include <string>

// Writes settlements as the functions of functions/settle.lua and
// functions/day.lua read them.
namespace madoguchi::ticketing {

redis::CommandLine SettleCommand(std::string const& city_prefix,
                                 Settlement const& settlement);

redis::CommandLine SettleSweepCommand(std::string const& city_prefix,
                                      SweepSettlement const& settlement);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_SETTLE_COMMAND_H
