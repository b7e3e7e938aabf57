#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_WEATHER_FILE_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_WEATHER_FILE_H

#include "services/certification_authority/domain/weather.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi::certification_authority {

/// Reads how the sandbox behaves, a `madoguchi.certification.v1.Weather` in
/// text format, and checks every rule that its proto states.
///
/// Returns kInvalidArgument if a rule is broken: one line for each problem, all
/// of them at once, with file, line, field and what to do.
absl::StatusOr<Weather> ParseWeather(std::string const& text,
                                     std::string const& file_name);

/// Reads the file at `path` as `ParseWeather` does. Returns kNotFound if it
/// cannot be read.
absl::StatusOr<Weather> ReadWeather(std::string const& path);

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_WEATHER_FILE_H
