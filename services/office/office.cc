#include "services/office/office.h"
#include "absl/time/time.h"
#include <algorithm>

namespace madoguchi {
namespace {

template <typename T, typename Id>
T const* Find(std::vector<T> const& all, Id const& id) {
  auto const at = std::find_if(all.begin(), all.end(),
                               [&](T const& each) { return each.id == id; });
  return at == all.end() ? nullptr : &*at;
}

absl::TimeZone ZoneNamed(std::string const& name) {
  absl::TimeZone zone;
  absl::LoadTimeZone(name, &zone);
  return zone;
}

absl::TimeZone ZoneOf(Office const& office) {
  return ZoneNamed(office.time_zone);
}

}  // namespace

Series const* Office::FindSeries(SeriesId const& id) const {
  return Find(series, id);
}
Service const* Office::FindService(ServiceId const& id) const {
  return Find(services, id);
}
CounterSettings const* Office::FindCounter(CounterId const& id) const {
  return Find(counters, id);
}
Office const* City::FindOffice(OfficeId const& id) const {
  return Find(offices, id);
}

std::map<std::string, std::set<std::string>> City::CountersByOffice() const {
  std::map<std::string, std::set<std::string>> places;
  for (auto const& office : offices) {
    auto& counters = places[office.id.value];
    for (auto const& counter : office.counters) {
      counters.insert(counter.id.value);
    }
  }
  return places;
}

BusinessDay BusinessDayOf(Office const& office, Timestamp now) {
  auto const local =
      absl::ToCivilSecond(absl::FromChrono(now), ZoneOf(office)) -
      office.cut_over_hour * 3600;
  return {static_cast<int>(local.year() * 10000 + local.month() * 100 +
                           local.day())};
}

LocalTime LocalTimeIn(std::string const& time_zone, Timestamp now) {
  auto const local =
      absl::ToCivilMinute(absl::FromChrono(now), ZoneNamed(time_zone));
  return {
      std::chrono::year(static_cast<int>(local.year())) / local.month() /
          local.day(),
      std::chrono::hours(local.hour()) + std::chrono::minutes(local.minute())};
}

bool IsMaintenanceSunday(std::chrono::year_month_day date) {
  auto const day = std::chrono::sys_days(date);
  std::chrono::year_month_day const before = day - std::chrono::days(1);
  // The third Saturday is the one from the 15th to the 21st.
  return std::chrono::weekday(day) == std::chrono::Sunday &&
         before.day() >= std::chrono::day(15) &&
         before.day() <= std::chrono::day(21);
}

bool IsKnownTimeZone(std::string const& name) {
  absl::TimeZone zone;
  return absl::LoadTimeZone(name, &zone);
}

std::string WallClock(Office const& office, Timestamp now) {
  return absl::FormatTime("%H:%M", absl::FromChrono(now), ZoneOf(office));
}

}  // namespace madoguchi
