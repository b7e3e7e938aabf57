#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKETING_LIBRARY_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKETING_LIBRARY_H

#include "services/redis/command_line.h"

namespace madoguchi::ticketing {

/// The files of functions/ in a row: a library of Redis Functions.
extern char const kTicketingLibrary[];

/// Its name, which carries its version.
inline constexpr char kTicketingLibraryName[] = "mdg2";

/// Loads the library unless Redis has one of its name: for the greeting of each
/// client that a `RedisTicketStore` uses.
inline redis::CommandLine LoadTicketingLibrary() {
  return {"FUNCTION", "LOAD", kTicketingLibrary};
}

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_TICKETING_LIBRARY_H
