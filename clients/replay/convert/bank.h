#ifndef MADOGUCHI_CLIENTS_REPLAY_CONVERT_BANK_H
#define MADOGUCHI_CLIENTS_REPLAY_CONVERT_BANK_H

#include "clients/replay/convert/conversion.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi::replay {

struct BankOptions {
  /// Path of bank_calls_1999_jan_aug.csv.gz.
  std::string log;
  /// `yyyy-mm-dd`.
  std::string date;
};

/// Makes a day of the call centre of a bank: callers are visitors, agents are
/// counters.
///
/// Who was served (AGENT) comes when the call reached the queue and needs the
/// minutes logged. Who hung up in the queue (HANG) gives up after as long; what
/// their service would have taken is left to be drawn. Left out: PHANTOM, who
/// hung up before the queue, and priorities. An agent has a shift from the
/// first to the last service of the day and serves the types they served.
///
/// Returns kNotFound if nobody was served on that day.
absl::StatusOr<Conversion> ConvertBank(BankOptions const& options);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CONVERT_BANK_H
