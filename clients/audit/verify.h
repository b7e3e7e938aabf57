#ifndef MADOGUCHI_CLIENTS_AUDIT_VERIFY_H
#define MADOGUCHI_CLIENTS_AUDIT_VERIFY_H

#include "absl/status/statusor.h"
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::audit {

/// A whole export, as far as what follows depends on it.
struct Verified {
  std::string office;
  std::int64_t events = 0;
  std::int64_t last_sequence = 0;
  std::string last_hash;
};

/// Checks one export: each line's hash, the sequences, the trailer, and that it
/// ends there. With `before` also that it continues that one.
///
/// Returns kDataLoss, `NAME:LINE: what is wrong`, for the first line that is
/// not as it was written.
absl::StatusOr<Verified> Verify(std::istream& in, std::string const& name,
                                std::optional<Verified> const& before);

/// Checks files that continue each other, in their order. Returns the last;
/// kNotFound if one cannot be read.
absl::StatusOr<Verified> VerifyFiles(std::vector<std::string> const& paths);

}  // namespace madoguchi::audit

#endif  // MADOGUCHI_CLIENTS_AUDIT_VERIFY_H
