#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_RENEWAL_LIBRARY_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_RENEWAL_LIBRARY_H

#include "services/redis/command_line.h"

namespace madoguchi::renewal {

/// The files of functions/ in a row: a library of Redis Functions.
extern char const kRenewalLibrary[];

/// Its name, which carries its version.
inline constexpr char kRenewalLibraryName[] = "mdr2";

/// Loads the library unless Redis has one of its name: for the greeting of each
/// client that a `RedisCaseStore` uses.
inline redis::CommandLine LoadRenewalLibrary() {
  return {"FUNCTION", "LOAD", kRenewalLibrary};
}

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_RENEWAL_LIBRARY_H
