#ifndef MADOGUCHI_CLIENTS_REPLAY_CSV_H
#define MADOGUCHI_CLIENTS_REPLAY_CSV_H

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::replay {

/// Splits a line of comma separated values. A value in double quotes may hold
/// commas, and a quote when it is doubled. Returns kInvalidArgument if a quote
/// is not closed.
absl::StatusOr<std::vector<std::string>> SplitCsvLine(std::string_view line);

/// Reads a file, unpacking it if it is gzipped. Returns kNotFound if it cannot
/// be opened, kDataLoss if it ends in the middle of its packing.
absl::StatusOr<std::string> ReadMaybeGzipped(std::string const& path);

/// Calls `row` for each row of a CSV file with a heading, gzipped or not, with
/// the values of `columns` in that order. Ends at the first error: of the file,
/// of a row, or the one that `row` returned, told with file and line.
absl::Status ForEachRow(
    std::string const& path, std::vector<std::string> const& columns,
    absl::FunctionRef<absl::Status(std::vector<std::string> const&)> row);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CSV_H
