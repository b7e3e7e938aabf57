#include "services/certification_authority/domain/weather.h"
#include "services/office/office.h"
#include "absl/time/time.h"
#include <algorithm>

namespace madoguchi::certification_authority {
namespace {

constexpr std::chrono::hours kLongestSince{24 * 7};

absl::TimeZone ZoneOf(Weather const& weather) {
  absl::TimeZone zone;
  absl::LoadTimeZone(weather.time_zone, &zone);
  return zone;
}

absl::CivilMinute LocalMinute(absl::TimeZone const& zone, Timestamp now) {
  return absl::ToCivilMinute(absl::FromChrono(now), zone);
}

Timestamp MomentOf(absl::TimeZone const& zone, absl::CivilMinute minute) {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
      absl::ToChronoTime(absl::FromCivil(minute, zone)));
}

struct Span {
  Timestamp begins;
  Timestamp ends;
};

// The times of `outage` that may touch `now`: one a day lasts a day at most, so
// today's and yesterday's do.
std::vector<Span> TimesOf(Outage const& outage, absl::TimeZone const& zone,
                          Timestamp now) {
  auto const today = absl::CivilDay(LocalMinute(zone, now));
  std::vector<absl::CivilDay> days;
  if (outage.date) {
    days = {*outage.date};
  } else {
    days = {today - 1, today};
  }
  std::vector<Span> times;
  for (auto const& day : days) {
    auto const begins =
        MomentOf(zone, absl::CivilMinute(day) + outage.begins.count());
    times.push_back({begins, begins + outage.lasts});
  }
  return times;
}

// The last moment before `moment` at which conditions may have changed.
Timestamp ChangeBefore(Weather const& weather, absl::TimeZone const& zone,
                       Timestamp moment) {
  auto const just_before = moment - std::chrono::milliseconds(1);
  auto const hour = absl::CivilHour(LocalMinute(zone, just_before));
  auto change = MomentOf(zone, absl::CivilMinute(hour));
  for (auto const& outage : weather.outages) {
    for (auto const& time : TimesOf(outage, zone, just_before)) {
      if (time.begins < moment) change = std::max(change, time.begins);
      if (time.ends < moment) change = std::max(change, time.ends);
    }
  }
  return change;
}

}  // namespace

Hours const& HoursAt(Weather const& weather, Timestamp now) {
  int const hour = LocalMinute(ZoneOf(weather), now).hour();
  return *std::find_if(
      weather.hours.begin(), weather.hours.end(),
      [&](Hours const& h) { return h.from <= hour && hour < h.until; });
}

Conditions ConditionsAt(Weather const& weather, Timestamp now) {
  auto const zone = ZoneOf(weather);
  auto const local = LocalMinute(zone, now);
  if (weather.monthly_maintenance &&
      IsMaintenanceSunday(LocalTimeIn(weather.time_zone, now).date)) {
    return {State::kUnavailable, Cause::kMaintenance};
  }
  if (local.hour() < weather.open_from || local.hour() >= weather.open_until) {
    return {State::kUnavailable, Cause::kClosed};
  }
  for (auto const& outage : weather.outages) {
    for (auto const& time : TimesOf(outage, zone, now)) {
      if (time.begins <= now && now < time.ends) {
        return {State::kUnavailable, Cause::kOutage, outage.kind};
      }
    }
  }
  if (weather.slow_from.count() != 0 &&
      HoursAt(weather, now).median >= weather.slow_from) {
    return {State::kSlow, Cause::kBusy};
  }
  return {};
}

Timestamp ConditionsSince(Weather const& weather, Timestamp now) {
  auto const zone = ZoneOf(weather);
  auto const conditions = ConditionsAt(weather, now);
  auto const earliest = now - kLongestSince;
  auto since = now;
  while (since > earliest) {
    auto const change = ChangeBefore(weather, zone, since);
    // What holds from `change` until `since`.
    if (ConditionsAt(weather, change) != conditions) return since;
    since = change;
  }
  return std::max(since, earliest);
}

}  // namespace madoguchi::certification_authority
