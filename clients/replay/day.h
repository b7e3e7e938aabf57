#ifndef MADOGUCHI_CLIENTS_REPLAY_DAY_H
#define MADOGUCHI_CLIENTS_REPLAY_DAY_H

#include "clients/replay/case_kind.h"
#include "services/office/office.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// A time of day: seconds after local midnight. 24:00:00 is an end, never a
/// beginning.
using TimeOfDay = std::chrono::seconds;

/// Where the service minutes of a day come from.
enum class ServiceMinutes {
  /// They stood in the log of a real office.
  kMeasured,
  /// The visitors are real, the minutes are not: they were drawn. Waits of such
  /// a replay say nothing about the waits of the real day.
  kAssumed,
  /// Nobody was ever there.
  kInvented,
};

/// One visitor.
struct Arrival {
  TimeOfDay time{0};
  ServiceId service;
  /// Absent: drawn around what the settings expect.
  std::optional<double> service_minutes;
  /// Gives up after so many minutes of waiting; absent: never.
  std::optional<double> leaves_after_minutes;
  /// Takes a number and does not come when called.
  bool no_show = false;
  /// What there is to do about certificates.
  CaseKind case_kind = CaseKind::kNone;
};

/// A time in which a counter is staffed.
struct Shift {
  CounterId counter;
  TimeOfDay from{0};
  TimeOfDay to{0};
};

/// One day of one office, as clients/replay/README.md describes its file.
struct Day {
  /// Local, `yyyy-mm-dd`.
  std::string date;
  OfficeId office;
  std::string source;
  ServiceMinutes service_minutes = ServiceMinutes::kInvented;
  /// How long visitors walk from the call to the counter.
  std::chrono::seconds shortest_way{15};
  std::chrono::seconds longest_way{45};
  /// For people who read the file.
  std::vector<std::string> notes;
  /// Those of one counter are in order and apart.
  std::vector<Shift> shifts;
  /// In order of time.
  std::vector<Arrival> arrivals;
};

/// Who is being served at the end of a shift is served to the end. Should the
/// business day change meanwhile, counters are closed and tickets belong to
/// yesterday: so long before that the last shift must be over.
inline constexpr std::chrono::hours kLastVisit{1};

/// Reads a day file. Strict: returns kInvalidArgument, naming the file, the
/// line and the column or key, at the first thing that is not as documented.
absl::StatusOr<Day> ParseDay(std::string const& text,
                             std::string const& file_name);

/// Reads the file at `path` as `ParseDay` does. Returns kNotFound if it cannot
/// be read.
absl::StatusOr<Day> ReadDay(std::string const& path);

/// Writes a day so that `ParseDay` reads it. Minutes keep two decimals.
std::string FormatDay(Day const& day);

/// Whether `office` can play `day`: it has the services and counters named, a
/// counter that serves each service has a shift, and all of it lies in one
/// business day with `kLastVisit` to spare. Returns kInvalidArgument, naming
/// what is wrong.
absl::Status CheckDay(Day const& day, Office const& office);

/// The point in time of `time` on the day's date in the time zone of `office`.
Timestamp PointInTime(Day const& day, Office const& office, TimeOfDay time);

/// `HH:MM:SS`.
std::string FormatTimeOfDay(TimeOfDay time);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_DAY_H
