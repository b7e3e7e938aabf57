#include "services/certification_authority/adapters/weather_file.h"
#include "services/base/status_macros.h"
#include "services/textproto/local_times.h"
#include "services/textproto/textproto.h"
#include "madoguchi/certification/v1/weather.pb.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include <optional>
#include <vector>

namespace madoguchi::certification_authority {
namespace {

namespace pb = certification::v1;
using textproto::Place;
using textproto::Problems;

constexpr char kProto[] = "proto/madoguchi/certification/v1/weather.proto";
constexpr int kDayHours = 24;
constexpr int kDayMinutes = 24 * 60;
constexpr int kLongestOutage = 14 * kDayMinutes;
constexpr int kLongestMedian = 600'000;
constexpr int kMostCalls = 100'000;

std::optional<Refusal> ToRefusal(pb::Issuance::Refusal refusal) {
  switch (refusal) {
    case pb::Issuance::CARD_NOT_VALID:
      return Refusal::kCardNotValid;
    case pb::Issuance::PIN_NOT_ACCEPTED:
      return Refusal::kPinNotAccepted;
    case pb::Issuance::NOT_IN_WINDOW:
      return Refusal::kNotInWindow;
    case pb::Issuance::REGISTER_DIFFERS:
      return Refusal::kRegisterDiffers;
    case pb::Issuance::OTHER:
      return Refusal::kOther;
    default:  // Text format lets any number through.
      return std::nullopt;
  }
}

std::optional<Outage::Kind> ToKind(pb::Outage::Kind kind) {
  switch (kind) {
    case pb::Outage::REFUSES:
      return Outage::Kind::kRefuses;
    case pb::Outage::HANGS:
      return Outage::Kind::kHangs;
    case pb::Outage::LOSES_ANSWERS:
      return Outage::Kind::kLosesAnswers;
    default:  // Text format lets any number through.
      return std::nullopt;
  }
}

// Turns the messages into the structs of weather.h and gathers what is wrong.
class WeatherReader {
 public:
  explicit WeatherReader(Problems& problems) : problems_(problems) {}

  Weather Read(pb::Weather const& from, Place const& place) {
    Weather weather;
    weather.time_zone = from.time_zone();
    absl::TimeZone zone;
    if (from.time_zone().empty() ||
        !absl::LoadTimeZone(from.time_zone(), &zone)) {
      problems_.Add(place, "time_zone",
                    "is missing or not in this machine's tz database. Name one "
                    "such as `Asia/Tokyo`, or install the package tzdata.");
    }
    ReadAllHours(from, place, weather);
    problems_.CheckRange(from.slow_from_ms(), 0, kLongestMedian, place,
                         "slow_from_ms");
    weather.slow_from = std::chrono::milliseconds(from.slow_from_ms());
    for (int i = 0; i != from.outages_size(); ++i) {
      weather.outages.push_back(
          ReadOutage(from.outages(i), place.Inside("outages", i)));
    }
    auto const overload = place.Inside("overload");
    problems_.CheckRange(from.overload().free_calls(), 0, kMostCalls, overload,
                         "free_calls");
    CheckReal(from.overload().stretch_per_call(), 10, overload,
              "stretch_per_call");
    weather.overload = {from.overload().free_calls(),
                        from.overload().stretch_per_call()};
    ReadOpening(from, place, weather);
    weather.monthly_maintenance = from.monthly_maintenance();
    ReadRefusals(from, place, weather);
    return weather;
  }

 private:
  void ReadAllHours(pb::Weather const& from, Place const& place,
                    Weather& weather) {
    std::vector<int> times(kDayHours);
    for (int i = 0; i != from.hours_size(); ++i) {
      auto const hours = ReadHours(from.hours(i), place.Inside("hours", i));
      weather.hours.push_back(hours);
      for (int hour = hours.from; hour < hours.until; ++hour) {
        if (hour >= 0 && hour < kDayHours) {
          ++times[static_cast<std::size_t>(hour)];
        }
      }
    }
    for (int hour = 0; hour != kDayHours; ++hour) {
      int const named = times[static_cast<std::size_t>(hour)];
      if (named == 1) continue;
      problems_.Add(place, "hours",
                    absl::StrCat("name the hour ", hour, " ", named,
                                 " times. Name each of the day once."));
      return;
    }
  }

  Hours ReadHours(pb::Hours const& from, Place const& place) {
    problems_.CheckRange(from.from_hour(), 0, kDayHours - 1, place,
                         "from_hour");
    problems_.CheckRange(from.until_hour(), from.from_hour() + 1, kDayHours,
                         place, "until_hour");
    problems_.CheckRange(from.median_ms(), 1, kLongestMedian, place,
                         "median_ms");
    CheckReal(from.sigma(), 3, place, "sigma");
    CheckReal(from.error_rate(), 1, place, "error_rate");
    CheckReal(from.lost_answer_rate(), 1 - from.error_rate(), place,
              "lost_answer_rate");
    return {from.from_hour(),
            from.until_hour(),
            std::chrono::milliseconds(from.median_ms()),
            from.sigma(),
            from.error_rate(),
            from.lost_answer_rate()};
  }

  Outage ReadOutage(pb::Outage const& from, Place const& place) {
    Outage outage;
    if (!from.date().empty()) outage.date = ReadDate(from, place);
    outage.begins = ReadBegins(from, place);
    problems_.CheckRange(from.minutes(), 1,
                         outage.date ? kLongestOutage : kDayMinutes, place,
                         "minutes");
    outage.lasts = std::chrono::minutes(from.minutes());
    auto const kind = ToKind(from.kind());
    if (!kind) {
      problems_.Add(place, "kind",
                    "is missing or unknown. Choose one of Outage.Kind in " +
                        std::string(kProto) + ".");
    } else {
      outage.kind = *kind;
    }
    return outage;
  }

  absl::CivilDay ReadDate(pb::Outage const& from, Place const& place) {
    if (auto const date = textproto::ParseDate(from.date())) return *date;
    problems_.Add(place, "date",
                  "is not a date of the calendar. Write it as YYYY-MM-DD.");
    return {};
  }

  std::chrono::minutes ReadBegins(pb::Outage const& from, Place const& place) {
    if (auto const time = textproto::ParseTimeOfDay(from.begins())) {
      return *time;
    }
    problems_.Add(place, "begins",
                  "is missing or not a time of day. Write it as HH:MM.");
    return {};
  }

  void ReadOpening(pb::Weather const& from, Place const& place,
                   Weather& weather) {
    weather.open_from = from.open_from_hour();
    weather.open_until =
        from.open_until_hour() == 0 ? kDayHours : from.open_until_hour();
    problems_.CheckRange(weather.open_from, 0, kDayHours - 1, place,
                         "open_from_hour");
    problems_.CheckRange(weather.open_until, weather.open_from + 1, kDayHours,
                         place, "open_until_hour");
  }

  void ReadRefusals(pb::Weather const& from, Place const& place,
                    Weather& weather) {
    double left = 1;
    for (int i = 0; i != from.refusals_size(); ++i) {
      auto const inside = place.Inside("refusals", i);
      CheckReal(from.refusals(i).rate(), left, inside, "rate");
      left -= from.refusals(i).rate();
      auto const refusal = ToRefusal(from.refusals(i).refusal());
      if (!refusal) {
        problems_.Add(inside, "refusal",
                      "is missing or unknown. Choose one of Issuance.Refusal "
                      "in proto/madoguchi/certification/v1/issuance.proto.");
        continue;
      }
      weather.refusals.push_back({from.refusals(i).rate(), *refusal});
    }
  }

  void CheckReal(double value, double most, Place const& place,
                 std::string const& field) {
    // Not a number compares with nothing.
    if (value >= 0 && value <= most) return;
    problems_.Add(place, field,
                  absl::StrCat("is ", value, ". Choose from 0 to ", most, "."));
  }

  Problems& problems_;
};

}  // namespace

absl::StatusOr<Weather> ParseWeather(std::string const& text,
                                     std::string const& file_name) {
  pb::Weather message;
  Problems problems(file_name);
  Weather weather;
  textproto::Parse(text, kProto, message, problems, [&](Place const& place) {
    weather = WeatherReader(problems).Read(message, place);
  });
  MADOGUCHI_RETURN_IF_ERROR(problems.ToStatus());
  return weather;
}

absl::StatusOr<Weather> ReadWeather(std::string const& path) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const text,
                             textproto::ReadFile(path, "weather"));
  return ParseWeather(text, path);
}

}  // namespace madoguchi::certification_authority
