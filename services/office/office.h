#ifndef MADOGUCHI_SERVICES_OFFICE_OFFICE_H
#define MADOGUCHI_SERVICES_OFFICE_OFFICE_H

#include "services/base/clock.h"
#include "services/base/strong_id.h"
#include <chrono>
#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace madoguchi {

using CityId = StrongId<struct CityTag>;
using OfficeId = StrongId<struct OfficeTag>;
using SeriesId = StrongId<struct SeriesTag>;
using ServiceId = StrongId<struct ServiceTag>;
using CounterId = StrongId<struct CounterTag>;

/// A text in the languages of the house.
struct LocalizedText {
  std::string ja;
  std::string ja_easy;
  std::string en;

  friend bool operator==(LocalizedText const&, LocalizedText const&) = default;
};

/// A sequence of numbers: `first` to `first + size - 1`, then again.
struct Series {
  SeriesId id;
  std::string prefix;
  int first = 1;
  int size = 0;
};

/// Something visitors come for.
struct Service {
  ServiceId id;
  LocalizedText display_name;
  SeriesId series;
  std::chrono::minutes expected{0};
  std::chrono::minutes target_wait{0};
};

/// How eagerly a counter serves a service. Smaller comes first.
enum class Preference { kFirst, kNormal, kLast };

struct ServedService {
  ServiceId service;
  Preference preference = Preference::kNormal;
};

/// A place where visitors are served, as the settings have it.
struct CounterSettings {
  CounterId id;
  LocalizedText label;
  std::vector<ServedService> serves;
  /// What is spoken here besides Japanese, of the office's routed languages.
  std::vector<std::string> languages = {};
};

/// Where a visitor who was absent waits again.
enum class Reentry { kNext, kAfter, kLast };

/// How calls are repeated and absences treated.
struct CallPolicy {
  int max_recalls = 2;
  std::chrono::seconds recall_spacing{0};
  int recalls_before_absent = 0;
  Reentry reentry = Reentry::kNext;
  int reentry_after = 3;
  int overtaking_limit = 3;
  /// How long an absent visitor may come back; 0: until the day ends.
  std::chrono::minutes absent_expires{0};
};

/// How long what a clerk has begun may stay as it is.
struct DeskPolicy {
  /// How long a hold lasts if nobody says, and at most.
  std::chrono::minutes usual_hold{15};
  std::chrono::minutes longest_hold{120};
  /// How much earlier than they came those rank who need assistance.
  std::chrono::minutes assist_head_start{15};
  /// After so long at a counter a finish may have been forgotten; 0: never.
  std::chrono::minutes finish_prompt{90};
  /// How long paperwork after a visit lasts at most.
  std::chrono::seconds wrap_up{180};
  /// How long somebody waits for one counter alone before others may call.
  std::chrono::minutes counter_queue_patience{30};
  /// How long a step may be taken back.
  std::chrono::seconds undo{10};
};

/// What becomes of those who wait when the business day ends.
enum class DayEnd { kExpire, kCarryOver };

/// One site of a city.
struct Office {
  OfficeId id;
  LocalizedText display_name;
  std::string time_zone;
  int cut_over_hour = 0;
  std::vector<Series> series;
  std::vector<Service> services;
  std::vector<CounterSettings> counters;
  CallPolicy call_policy;
  DeskPolicy desk_policy;
  DayEnd day_end = DayEnd::kExpire;
  /// How many business days of the log are kept, the open one included.
  int log_days = 14;
  /// Languages whose visitors are called by counters that speak them, as far
  /// as there are any free.
  std::vector<std::string> routed_languages;

  /// Null if the office has none of that name. Valid as long as the office.
  Series const* FindSeries(SeriesId const& id) const;
  Service const* FindService(ServiceId const& id) const;
  CounterSettings const* FindCounter(CounterId const& id) const;
};

/// Everything one installation runs.
struct City {
  CityId id;
  LocalizedText display_name;
  std::vector<Office> offices;

  /// Null if the city has no such office. Valid as long as the city.
  Office const* FindOffice(OfficeId const& id) const;

  /// The ids of the offices, each with those of its counters.
  std::map<std::string, std::set<std::string>> CountersByOffice() const;
};

/// The day a ticket belongs to: it begins at the office's cut-over hour, local
/// time, not at midnight. `yyyymmdd`, so later days compare greater.
struct BusinessDay {
  int yyyymmdd = 0;

  friend auto operator<=>(BusinessDay const&, BusinessDay const&) = default;
};

/// The business day of `office` at `now`. The time zone of `office` must be
/// one that `IsKnownTimeZone` knows.
BusinessDay BusinessDayOf(Office const& office, Timestamp now);

/// A moment on a wall clock and its calendar.
struct LocalTime {
  std::chrono::year_month_day date;
  std::chrono::minutes since_midnight{0};
};

/// The moment `now` in `time_zone`, one that `IsKnownTimeZone` knows.
LocalTime LocalTimeIn(std::string const& time_zone, Timestamp now);

/// The same of `office` as `WallClock`.
inline LocalTime LocalTimeOf(Office const& office, Timestamp now) {
  return LocalTimeIn(office.time_zone, now);
}

/// Whether `date` is the Sunday after the third Saturday of its month, on which
/// the national system is maintained (domain.md B1-18).
bool IsMaintenanceSunday(std::chrono::year_month_day date);

/// Whether the tz database of this machine has `name`.
bool IsKnownTimeZone(std::string const& name);

/// `now` on the office's wall clock, as `HH:MM`.
std::string WallClock(Office const& office, Timestamp now);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_OFFICE_OFFICE_H
