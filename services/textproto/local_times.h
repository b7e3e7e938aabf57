#ifndef MADOGUCHI_SERVICES_TEXTPROTO_LOCAL_TIMES_H
#define MADOGUCHI_SERVICES_TEXTPROTO_LOCAL_TIMES_H

#include "absl/time/civil_time.h"
#include <chrono>
#include <optional>
#include <string>

// Dates and times of day as people write them into files.
namespace madoguchi::textproto {

/// A date of the calendar, `YYYY-MM-DD`; nothing if `text` is none.
std::optional<absl::CivilDay> ParseDate(std::string const& text);

/// A time of day, `HH:MM`, since midnight; nothing if `text` is none.
std::optional<std::chrono::minutes> ParseTimeOfDay(std::string const& text);

/// Both, `YYYY-MM-DDTHH:MM`; nothing if `text` is none.
std::optional<absl::CivilMinute> ParseLocalTime(std::string const& text);

}  // namespace madoguchi::textproto

#endif  // MADOGUCHI_SERVICES_TEXTPROTO_LOCAL_TIMES_H
