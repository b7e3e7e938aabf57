#include "clients/replay/convert/warsaw.h"
#include "clients/replay/csv.h"
#include "clients/replay/random.h"
#include "services/base/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace madoguchi::replay {
namespace {

/// Stands for a nominal of 0, which many groups have.
constexpr double kUsualMinutes = 10;

/// Counters that are busy for more of the day than this build up a queue that
/// lasts into the night. The nominal minutes of many groups (60 is frequent)
/// are no service times: with them the same day could not have happened.
constexpr double kMostLoad = 0.85;

/// Whoever holds a number is served, up to this long after the last arrival.
constexpr auto kOvertime = std::chrono::hours(3);

constexpr TimeOfDay kQuarter = std::chrono::minutes(15);
constexpr TimeOfDay kLastEnd = std::chrono::hours(24);

struct Group {
  std::string letter;
  std::string name;
  double nominal_minutes = 0;
  std::vector<double> arrival_minutes;
  std::vector<int> open_counters;
  /// What was decided.
  int counters = 0;
  double mean_minutes = 0;
};

using Groups = std::map<int, Group>;

absl::StatusOr<double> Number(std::string const& text) {
  double number = 0;
  if (absl::SimpleAtod(text, &number)) return number;
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text, "\" is not a number."));
}

absl::StatusOr<int> GroupId(std::string const& text) {
  int id = 0;
  if (absl::SimpleAtoi(text, &id) && id >= 0) return id;
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text, "\" is not a group."));
}

absl::StatusOr<Groups> ReadGroups(WarsawOptions const& options) {
  Groups groups;
  MADOGUCHI_RETURN_IF_ERROR(ForEachRow(
      options.tickets,
      {"office", "date", "group_id", "group_name", "arr_est_min"},
      [&](std::vector<std::string> const& row) -> absl::Status {
        if (row[0] != options.office || row[1] != options.date) {
          return absl::OkStatus();
        }
        MADOGUCHI_ASSIGN_OR_RETURN(auto const id, GroupId(row[2]));
        MADOGUCHI_ASSIGN_OR_RETURN(auto const minute, Number(row[4]));
        groups[id].name = std::string(absl::StripAsciiWhitespace(row[3]));
        groups[id].arrival_minutes.push_back(minute);
        return absl::OkStatus();
      }));
  if (groups.empty()) {
    return absl::NotFoundError(
        absl::StrCat(options.tickets, " has no ticket of ", options.office,
                     " on ", options.date, "."));
  }
  MADOGUCHI_RETURN_IF_ERROR(ForEachRow(
      options.groups, {"office", "group_id", "letter", "nominal_service_min"},
      [&](std::vector<std::string> const& row) -> absl::Status {
        if (row[0] != options.office) return absl::OkStatus();
        MADOGUCHI_ASSIGN_OR_RETURN(auto const id, GroupId(row[1]));
        auto const group = groups.find(id);
        if (group == groups.end()) return absl::OkStatus();
        group->second.letter = std::string(absl::StripAsciiWhitespace(row[2]));
        MADOGUCHI_ASSIGN_OR_RETURN(group->second.nominal_minutes,
                                   Number(row[3]));
        return absl::OkStatus();
      }));
  return groups;
}

absl::Status ReadOpenCounters(WarsawOptions const& options, Groups& groups) {
  return ForEachRow(
      options.snapshots, {"office", "date", "group_id", "open_counters"},
      [&](std::vector<std::string> const& row) -> absl::Status {
        if (row[0] != options.office || row[1] != options.date) {
          return absl::OkStatus();
        }
        MADOGUCHI_ASSIGN_OR_RETURN(auto const id, GroupId(row[2]));
        MADOGUCHI_ASSIGN_OR_RETURN(auto const open, Number(row[3]));
        auto const group = groups.find(id);
        if (group != groups.end() && open > 0) {
          group->second.open_counters.push_back(static_cast<int>(open));
        }
        return absl::OkStatus();
      });
}

double NominalMinutes(Group const& group) {
  return group.nominal_minutes > 0 ? group.nominal_minutes : kUsualMinutes;
}

/// Decides counters and mean service minutes, so that the day can be played in
/// `open_minutes`.
void Staff(WarsawOptions const& options, Groups& groups, double open_minutes) {
  if (options.snapshots.empty()) {
    double work = 0;
    for (auto const& [id, group] : groups) {
      work += NominalMinutes(group) *
              static_cast<double>(group.arrival_minutes.size());
    }
    double const factor =
        std::min(1.0, kMostLoad * options.counters * open_minutes / work);
    for (auto& [id, group] : groups) {
      group.mean_minutes = NominalMinutes(group) * factor;
    }
    return;
  }
  for (auto& [id, group] : groups) {
    auto& open = group.open_counters;
    std::sort(open.begin(), open.end());
    group.counters = open.empty() ? 1 : open[open.size() / 2];
    group.mean_minutes =
        std::min(NominalMinutes(group),
                 kMostLoad * group.counters * open_minutes /
                     static_cast<double>(group.arrival_minutes.size()));
  }
}

ServiceId ServiceOf(int group) { return ServiceId{absl::StrCat("g", group)}; }

bool IsPrefix(std::string const& letter) {
  return letter.size() == 1 && absl::ascii_isupper(letter[0]);
}

void AddServices(Groups const& groups, office::v1::Office& office) {
  constexpr int kBand = 1000;
  std::set<std::string> prefixes;
  int band = 0;
  for (auto const& [id, group] : groups) {
    auto const name = ServiceOf(id).value;
    auto& series = *office.add_series();
    series.set_id(name);
    series.set_first(1);
    series.set_size(kBand - 1);
    if (IsPrefix(group.letter) && prefixes.insert(group.letter).second) {
      series.set_prefix(group.letter);
    } else {
      // Two groups of one letter, or none: told apart by their bands.
      series.set_first(++band * kBand + 1);
    }
    auto& service = *office.add_services();
    service.set_id(name);
    SetText(*service.mutable_display_name(), group.name);
    service.set_series(name);
    service.set_expected_minutes(
        std::clamp(static_cast<int>(std::lround(group.mean_minutes)), 1, 480));
    service.set_target_wait_minutes(30);
  }
}

office::v1::Counter& AddCounter(office::v1::Office& office) {
  auto& counter = *office.add_counters();
  counter.set_id(absl::StrCat(office.counters_size()));
  SetText(*counter.mutable_label(), absl::StrCat(counter.id(), "番窓口"),
          absl::StrCat("Counter ", counter.id()));
  return counter;
}

void AddCounters(WarsawOptions const& options, Groups const& groups,
                 office::v1::Office& office) {
  if (options.snapshots.empty()) {
    for (int i = 0; i != options.counters; ++i) {
      auto& counter = AddCounter(office);
      for (auto const& [id, group] : groups) {
        counter.add_serves()->set_service(ServiceOf(id).value);
      }
    }
    return;
  }
  for (auto const& [id, group] : groups) {
    for (int i = 0; i != group.counters; ++i) {
      AddCounter(office).add_serves()->set_service(ServiceOf(id).value);
    }
  }
}

void AddArrivals(WarsawOptions const& options, Groups const& groups, Day& day) {
  for (auto const& [id, group] : groups) {
    Random random(options.seed, static_cast<std::uint64_t>(id));
    for (double const minute : group.arrival_minutes) {
      Arrival arrival;
      arrival.time =
          TimeOfDay(static_cast<std::int64_t>(std::lround(minute * 60)));
      arrival.service = ServiceOf(id);
      arrival.service_minutes =
          random.LognormalWithMean(group.mean_minutes, kServiceSigma);
      day.arrivals.push_back(std::move(arrival));
    }
  }
  std::stable_sort(
      day.arrivals.begin(), day.arrivals.end(),
      [](Arrival const& a, Arrival const& b) { return a.time < b.time; });
}

}  // namespace

absl::StatusOr<Conversion> ConvertWarsaw(WarsawOptions const& options) {
  if (options.snapshots.empty() && options.counters < 1) {
    return absl::InvalidArgumentError(
        "Give --snapshots or --counters: the tickets do not say how many "
        "counters there were.");
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto groups, ReadGroups(options));
  if (!options.snapshots.empty()) {
    MADOGUCHI_RETURN_IF_ERROR(ReadOpenCounters(options, groups));
  }
  double first = kLastEnd.count();
  double last = 0;
  for (auto const& [id, group] : groups) {
    for (double const minute : group.arrival_minutes) {
      first = std::min(first, minute);
      last = std::max(last, minute);
    }
  }
  Staff(options, groups, std::max(last - first, 60.0));

  Conversion conversion;
  auto& day = conversion.day;
  day.date = options.date;
  day.office = OfficeId{
      absl::StrReplaceAll(absl::AsciiStrToLower(options.office), {{"_", "-"}})};
  day.source = absl::StrCat(
      "City of Warsaw, ", options.office,
      ", open-data interface, by way of kolejkeR (MIT, 2019 Hanna Zdulska)");
  day.service_minutes = ServiceMinutes::kAssumed;
  day.notes = {
      "Arrivals are estimates of the log, right to about 2.5 minutes.",
      "Service minutes are assumed: drawn, for the log does not hold the end "
      "of a service. Waits are not comparable with the real ones.",
      options.snapshots.empty()
          ? "Counters are assumed; each serves everything."
          : "Counters per group: as many as half of the snapshots show open."};
  AddArrivals(options, groups, day);

  auto& city = conversion.settings;
  city.set_id("warsaw");
  SetText(*city.mutable_display_name(), "ワルシャワ市", "Warsaw");
  auto& office = *city.add_offices();
  office.set_id(day.office.value);
  SetText(*office.mutable_display_name(), options.office);
  office.set_time_zone("Europe/Warsaw");
  office.set_cut_over_hour(4);
  AddServices(groups, office);
  AddCounters(options, groups, office);
  auto& policy = *office.mutable_call_policy();
  policy.set_max_recalls(2);
  policy.set_recall_spacing_seconds(30);
  policy.set_recalls_before_absent(1);
  policy.set_overtaking_limit(3);

  auto const from = day.arrivals.front().time / kQuarter * kQuarter;
  TimeOfDay const to =
      std::min<TimeOfDay>(day.arrivals.back().time + kOvertime, kLastEnd);
  for (auto const& counter : office.counters()) {
    day.shifts.push_back({CounterId{counter.id()}, from, to});
  }
  for (auto const& [id, group] : groups) {
    if (group.mean_minutes >= NominalMinutes(group)) continue;
    conversion.remarks.push_back(absl::StrFormat(
        "%s: %.1f minutes on average in place of %.0f, which %s counters "
        "could not keep up with.",
        ServiceOf(id).value, group.mean_minutes, NominalMinutes(group),
        options.snapshots.empty() ? absl::StrCat(options.counters)
                                  : absl::StrCat(group.counters)));
  }
  return conversion;
}

}  // namespace madoguchi::replay
