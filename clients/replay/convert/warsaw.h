#ifndef MADOGUCHI_CLIENTS_REPLAY_CONVERT_WARSAW_H
#define MADOGUCHI_CLIENTS_REPLAY_CONVERT_WARSAW_H

#include "clients/replay/convert/conversion.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <string>

namespace madoguchi::replay {

struct WarsawOptions {
  /// Paths of warsaw_tickets.csv.gz, warsaw_groups.csv and, if the counters are
  /// to be those of the log, warsaw_snapshots.csv.gz.
  std::string tickets;
  std::string groups;
  std::string snapshots;
  /// Such as `UD_Bemowo`.
  std::string office;
  /// `yyyy-mm-dd`.
  std::string date;
  /// Without snapshots: how many counters there are. Each serves everything.
  int counters = 0;
  std::uint64_t seed = 1;
};

/// Makes a day of one office of Warsaw.
///
/// Arrivals are the log's estimates. The end of a service is not in the log, so
/// service minutes are drawn and the day is marked `assumed`: their mean is the
/// group's nominal one, or less where the counters could not keep up with that.
///
/// With snapshots each group has its own counters, as many as were open half of
/// the time that any was. Returns kNotFound if the office has no ticket on that
/// day.
absl::StatusOr<Conversion> ConvertWarsaw(WarsawOptions const& options);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CONVERT_WARSAW_H
