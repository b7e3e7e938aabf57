#include "clients/replay/day.h"
#include "clients/replay/csv.h"
#include "services/base/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace madoguchi::replay {
namespace {

constexpr TimeOfDay kEndOfDay = std::chrono::hours(24);
// Longer than any visit; a larger number is a slip of the pen.
constexpr double kMostMinutes = 1440;

constexpr char kHeading[] =
    "arrival_time,service,service_minutes,leaves_after_minutes,no_show";
constexpr char kHeadingWithCases[] =
    "arrival_time,service,service_minutes,leaves_after_minutes,no_show,case";

std::map<std::string, ServiceMinutes> const& Words() {
  static auto const& words = *new std::map<std::string, ServiceMinutes>{
      {"measured", ServiceMinutes::kMeasured},
      {"assumed", ServiceMinutes::kAssumed},
      {"invented", ServiceMinutes::kInvented}};
  return words;
}

std::string WordOf(ServiceMinutes value) {
  for (auto const& [word, meaning] : Words()) {
    if (meaning == value) return word;
  }
  return "";
}

/// `HH:MM` or `HH:MM:SS`, to 24:00.
std::optional<TimeOfDay> ParseTimeOfDay(std::string const& text) {
  std::vector<std::string> const parts = absl::StrSplit(text, ':');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  TimeOfDay time{0};
  for (std::size_t i = 0; i != 3; ++i) {
    int value = 0;
    if (i < parts.size() &&
        (parts[i].size() != 2 || !absl::SimpleAtoi(parts[i], &value) ||
         value < 0 || value > (i == 0 ? 24 : 59))) {
      return std::nullopt;
    }
    time = time * 60 + std::chrono::seconds(value);
  }
  if (time > kEndOfDay) return std::nullopt;
  return time;
}

/// Reads one file line by line.
class Parser {
 public:
  explicit Parser(std::string file_name) : file_name_(std::move(file_name)) {}

  absl::StatusOr<Day> Parse(std::string const& text) {
    for (auto piece : absl::StrSplit(text, '\n')) {
      ++line_;
      std::string line(absl::StripTrailingAsciiWhitespace(piece));
      if (line.empty()) continue;
      if (absl::StartsWith(line, "#")) {
        MADOGUCHI_RETURN_IF_ERROR(ParseKey(line));
      } else if (!heading_seen_) {
        has_cases_ = line == kHeadingWithCases;
        if (!has_cases_ && line != kHeading) {
          return Wrong(absl::StrCat("the heading must be ", kHeading,
                                    ", or that and `,case`"));
        }
        heading_seen_ = true;
      } else {
        MADOGUCHI_RETURN_IF_ERROR(ParseArrival(line));
      }
    }
    MADOGUCHI_RETURN_IF_ERROR(CheckWhole());
    return std::move(day_);
  }

 private:
  absl::Status Wrong(std::string const& what) const {
    return absl::InvalidArgumentError(
        absl::StrCat(file_name_, ", line ", line_, ": ", what));
  }
  absl::Status WrongColumn(std::string const& column, std::string const& value,
                           std::string const& wanted) const {
    return WrongPart("column", column, value, wanted);
  }
  absl::Status WrongKey(std::string const& key, std::string const& value,
                        std::string const& wanted) const {
    return WrongPart("key", key, value, wanted);
  }
  absl::Status WrongPart(std::string const& kind, std::string const& part,
                         std::string const& value,
                         std::string const& wanted) const {
    return absl::InvalidArgumentError(
        absl::StrCat(file_name_, ", line ", line_, ", ", kind, " ", part,
                     ": \"", value, "\" is not ", wanted, "."));
  }

  absl::Status ParseKey(std::string const& line) {
    if (heading_seen_) return Wrong("keys stand above the heading.");
    std::pair<std::string, std::string> const pair =
        absl::StrSplit(line.substr(1), absl::MaxSplits(':', 1));
    std::string const key(absl::StripAsciiWhitespace(pair.first));
    std::string const value(absl::StripAsciiWhitespace(pair.second));
    bool const repeats = key == "shift" || key == "note";
    if (!repeats && !keys_.insert(key).second) {
      return Wrong(absl::StrCat("key ", key, " stands there twice."));
    }
    if (key == "shift") return ParseShift(value);
    if (key == "way_seconds") return ParseWay(value);
    if (key == "note") {
      day_.notes.push_back(value);
    } else if (key == "source") {
      day_.source = value;
    } else if (key == "office") {
      day_.office = OfficeId{value};
    } else if (key == "date") {
      absl::CivilDay date;
      if (!absl::ParseCivilTime(value, &date) ||
          absl::FormatCivilTime(date) != value) {
        return WrongKey(key, value, "a date such as 2026-06-01");
      }
      day_.date = value;
    } else if (key == "service_minutes") {
      auto const word = Words().find(value);
      if (word == Words().end()) {
        return WrongKey(key, value, "measured, assumed or invented");
      }
      day_.service_minutes = word->second;
    } else {
      return Wrong(absl::StrCat("key ", key, " is unknown."));
    }
    return absl::OkStatus();
  }

  absl::Status ParseShift(std::string const& value) {
    auto const wrong = [&] {
      return WrongKey("shift", value, "such as `2 08:30-12:00`");
    };
    std::vector<std::string> const parts = absl::StrSplit(value, ' ');
    if (parts.size() != 2 || parts[0].empty()) return wrong();
    std::vector<std::string> const ends = absl::StrSplit(parts[1], '-');
    if (ends.size() != 2) return wrong();
    auto const from = ParseTimeOfDay(ends[0]);
    auto const to = ParseTimeOfDay(ends[1]);
    if (!from || !to || *from >= *to) return wrong();
    CounterId const counter{parts[0]};
    for (auto const& shift : day_.shifts) {
      if (shift.counter == counter && *from < shift.to) {
        return WrongKey("shift", value, "after the counter's shift before");
      }
    }
    day_.shifts.push_back({counter, *from, *to});
    return absl::OkStatus();
  }

  absl::Status ParseWay(std::string const& value) {
    std::vector<std::string> const ends = absl::StrSplit(value, '-');
    int shortest = 0;
    int longest = 0;
    if (ends.size() != 2 || !absl::SimpleAtoi(ends[0], &shortest) ||
        !absl::SimpleAtoi(ends[1], &longest) || shortest < 0 ||
        longest < shortest || longest > 600) {
      return WrongKey("way_seconds", value, "such as 15-45, at most 600");
    }
    day_.shortest_way = std::chrono::seconds(shortest);
    day_.longest_way = std::chrono::seconds(longest);
    return absl::OkStatus();
  }

  absl::Status ParseArrival(std::string const& line) {
    auto const split = SplitCsvLine(line);
    if (!split.ok()) return Wrong(std::string(split.status().message()));
    auto const& values = *split;
    auto const wanted = has_cases_ ? std::size_t{6} : std::size_t{5};
    if (values.size() != wanted) {
      return Wrong(absl::StrCat(values.size(), " values, not ", wanted, "."));
    }
    Arrival arrival;
    auto const time = ParseTimeOfDay(values[0]);
    if (!time || *time == kEndOfDay) {
      return WrongColumn("arrival_time", values[0], "a time as HH:MM:SS");
    }
    if (!day_.arrivals.empty() && *time < day_.arrivals.back().time) {
      return WrongColumn("arrival_time", values[0], "after the line before");
    }
    arrival.time = *time;
    if (values[1].empty()) {
      return WrongColumn("service", values[1], "the id of a service");
    }
    arrival.service = ServiceId{values[1]};
    MADOGUCHI_ASSIGN_OR_RETURN(arrival.service_minutes,
                               Minutes("service_minutes", values[2]));
    MADOGUCHI_ASSIGN_OR_RETURN(arrival.leaves_after_minutes,
                               Minutes("leaves_after_minutes", values[3]));
    if (!values[4].empty() && values[4] != "1") {
      return WrongColumn("no_show", values[4], "1 or empty");
    }
    arrival.no_show = values[4] == "1";
    if (has_cases_) {
      auto const kind = CaseKindOf(values[5]);
      if (!kind) {
        return WrongColumn("case", values[5],
                           "one that clients/replay/README.md lists, or empty");
      }
      arrival.case_kind = *kind;
    }
    day_.arrivals.push_back(std::move(arrival));
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<double>> Minutes(std::string const& column,
                                                std::string const& value) {
    if (value.empty()) return std::nullopt;
    double minutes = 0;
    if (!absl::SimpleAtod(value, &minutes) || !(minutes >= 0) ||
        minutes > kMostMinutes) {
      return WrongColumn(column, value, "a number from 0 to 1440 or empty");
    }
    return minutes;
  }

  absl::Status CheckWhole() const {
    for (auto const* key : {"date", "office", "source", "service_minutes"}) {
      if (keys_.count(key) == 0) {
        return Wrong(absl::StrCat("the file ends without a key ", key, "."));
      }
    }
    if (day_.shifts.empty()) {
      return Wrong("the file ends without a key shift.");
    }
    if (day_.arrivals.empty()) return Wrong("the file ends without arrivals.");
    return absl::OkStatus();
  }

  std::string file_name_;
  std::size_t line_ = 0;
  bool heading_seen_ = false;
  bool has_cases_ = false;
  std::set<std::string> keys_;
  Day day_;
};

/// `HH:MM` where seconds would say nothing.
std::string FormatBound(TimeOfDay time) {
  auto const text = FormatTimeOfDay(time);
  return time.count() % 60 == 0 ? text.substr(0, 5) : text;
}

absl::Status CheckBusinessDay(Day const& day, Office const& office) {
  TimeOfDay const begin = std::chrono::hours(office.cut_over_hour);
  auto first = day.arrivals.front().time;
  TimeOfDay last{0};
  for (auto const& shift : day.shifts) {
    first = std::min(first, shift.from);
    last = std::max(last, shift.to);
  }
  if (first >= begin && last + kLastVisit <= begin + kEndOfDay) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("The day runs from ", FormatTimeOfDay(first), " to ",
                   FormatTimeOfDay(last), ", but the business day of office ",
                   office.id.value, " begins at ", office.cut_over_hour,
                   ":00, and the last shift must be over ", kLastVisit.count(),
                   " hour before the next."));
}

std::string FormatMinutes(std::optional<double> minutes) {
  return minutes ? absl::StrFormat("%.2f", *minutes) : "";
}

}  // namespace

absl::StatusOr<Day> ParseDay(std::string const& text,
                             std::string const& file_name) {
  return Parser(file_name).Parse(text);
}

absl::StatusOr<Day> ReadDay(std::string const& path) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const text, ReadMaybeGzipped(path));
  return ParseDay(text, path);
}

std::string FormatDay(Day const& day) {
  std::string text =
      absl::StrCat("# date: ", day.date, "\n# office: ", day.office.value,
                   "\n# source: ", day.source,
                   "\n# service_minutes: ", WordOf(day.service_minutes),
                   "\n# way_seconds: ", day.shortest_way.count(), "-",
                   day.longest_way.count(), "\n");
  for (auto const& note : day.notes)
    absl::StrAppend(&text, "# note: ", note, "\n");
  for (auto const& shift : day.shifts) {
    absl::StrAppend(&text, "# shift: ", shift.counter.value, " ",
                    FormatBound(shift.from), "-", FormatBound(shift.to), "\n");
  }
  bool const has_cases = std::any_of(
      day.arrivals.begin(), day.arrivals.end(), [](Arrival const& arrival) {
        return arrival.case_kind != CaseKind::kNone;
      });
  absl::StrAppend(&text, has_cases ? kHeadingWithCases : kHeading, "\n");
  for (auto const& arrival : day.arrivals) {
    absl::StrAppend(&text, FormatTimeOfDay(arrival.time), ",",
                    arrival.service.value, ",",
                    FormatMinutes(arrival.service_minutes), ",",
                    FormatMinutes(arrival.leaves_after_minutes), ",",
                    arrival.no_show ? "1" : "");
    if (has_cases) absl::StrAppend(&text, ",", CodeOf(arrival.case_kind));
    absl::StrAppend(&text, "\n");
  }
  return text;
}

absl::Status CheckDay(Day const& day, Office const& office) {
  MADOGUCHI_RETURN_IF_ERROR(CheckBusinessDay(day, office));
  std::set<std::string> served;
  for (auto const& shift : day.shifts) {
    auto const* const counter = office.FindCounter(shift.counter);
    if (counter == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("The day has a shift at counter ", shift.counter.value,
                       ", which office ", office.id.value, " does not have."));
    }
    for (auto const& service : counter->serves) {
      served.insert(service.service.value);
    }
  }
  for (auto const& arrival : day.arrivals) {
    if (served.count(arrival.service.value) != 0) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "Nobody serves ", arrival.service.value, ", which a visitor of ",
        FormatTimeOfDay(arrival.time), " comes for: no counter of office ",
        office.id.value, " with a shift has that service."));
  }
  return absl::OkStatus();
}

Timestamp PointInTime(Day const& day, Office const& office, TimeOfDay time) {
  absl::CivilDay date;
  absl::ParseCivilTime(day.date, &date);
  absl::TimeZone zone;
  absl::LoadTimeZone(office.time_zone, &zone);
  auto const point =
      absl::FromCivil(absl::CivilSecond(date) + time.count(), zone);
  return Timestamp(std::chrono::milliseconds(absl::ToUnixMillis(point)));
}

std::string FormatTimeOfDay(TimeOfDay time) {
  auto const seconds = time.count();
  return absl::StrFormat("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                         seconds % 60);
}

}  // namespace madoguchi::replay
