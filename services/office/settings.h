#ifndef MADOGUCHI_SERVICES_OFFICE_SETTINGS_H
#define MADOGUCHI_SERVICES_OFFICE_SETTINGS_H

#include "services/office/office.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi {

/// Reads the settings of a city, a `madoguchi.office.v1.City` in text format,
/// and checks every rule that its proto states, but for those of renewals
/// (`national_system`, `renewal`), which are the renewal service's to read.
///
/// What this returns can be relied on: ids have their format and are unique,
/// references lead somewhere, numbers do not overlap, the time zone is known. A
/// language that a text leaves out reads as its Japanese.
///
/// Returns kInvalidArgument if a rule is broken: one line for each problem, all
/// of them at once, with file, line, field and what to do.
absl::StatusOr<City> ParseCity(std::string const& text,
                               std::string const& file_name);

/// Reads the file at `path` as `ParseCity` does. Returns kNotFound if it cannot
/// be read.
absl::StatusOr<City> ReadCity(std::string const& path);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_OFFICE_SETTINGS_H
