#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_SETTINGS_FILE_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_SETTINGS_FILE_H

#include "services/renewal/domain/renewal_settings.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi::renewal {

/// Reads what the settings of a city, a `madoguchi.office.v1.City` in text
/// format, say of renewals: `national_system`, and `renewal` of each office.
/// The rest is `ParseCity`'s; a file that it refuses need not be told of here.
///
/// Returns kInvalidArgument if a rule of the proto is broken: one line for each
/// problem, all of them at once, with file, line, field and what to do.
absl::StatusOr<RenewalSettings> ParseRenewalSettings(
    std::string const& text, std::string const& file_name);

/// Reads the file at `path` as `ParseRenewalSettings` does. Returns kNotFound
/// if it cannot be read.
absl::StatusOr<RenewalSettings> ReadRenewalSettings(std::string const& path);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_SETTINGS_FILE_H
