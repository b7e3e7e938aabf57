#ifndef MADOGUCHI_CLIENTS_REPLAY_REBUILD_H
#define MADOGUCHI_CLIENTS_REPLAY_REBUILD_H

#include "clients/sdk/ticketing_client.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What a rebuild came to.
struct Rebuild {
  std::int64_t events = 0;
  std::size_t tickets = 0;
  std::size_t counters = 0;
  /// A line each; none if the servers list what the log says.
  std::vector<std::string> differences;
};

/// Rebuilds `office` (`offices/{office}`) from its log and compares it with
/// what the servers list, while the office goes on. Blocks.
///
/// Fails as the calls do; kAborted if the business day changes again and again.
absl::StatusOr<Rebuild> RebuildOffice(sdk::ClientOptions const& options,
                                      std::string const& office);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_REBUILD_H
