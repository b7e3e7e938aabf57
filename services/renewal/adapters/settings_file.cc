#include "services/renewal/adapters/settings_file.h"
#include "services/base/status_macros.h"
#include "services/textproto/local_times.h"
#include "services/textproto/textproto.h"
#include "madoguchi/office/v1/settings.pb.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include <chrono>
#include <optional>
#include <utility>

namespace madoguchi::renewal {
namespace {

namespace pb = office::v1;
using textproto::Place;
using textproto::Problems;

constexpr char kProto[] = "proto/madoguchi/office/v1/settings.proto";
constexpr int kDayHours = 24;
constexpr int kLongestPatience = 240;

Timestamp TimeOf(absl::CivilMinute local, absl::TimeZone zone) {
  return Timestamp(std::chrono::milliseconds(
      absl::ToUnixMillis(absl::FromCivil(local, zone))));
}

// Turns the messages into the structs of the domain and gathers what is wrong.
class Reader {
 public:
  explicit Reader(Problems& problems) : problems_(problems) {}

  RenewalSettings Read(pb::City const& from, Place const& place) {
    RenewalSettings settings;
    auto const inside = place.Inside("national_system");
    auto const& system = from.national_system();
    settings.connector = ReadConnector(system, inside);
    settings.closures = ReadClosures(from, inside);
    auto const patience = ReadPatience(system, inside);
    for (int i = 0; i != from.offices_size(); ++i) {
      auto const& office = from.offices(i);
      CaseSettings each;
      each.connector = settings.connector;
      each.patience = patience;
      auto const at = place.Inside("offices", i).Inside("renewal");
      each.rules = ReadRules(office.renewal(), at);
      each.hours = ReadHours(office.renewal().hours(), at.Inside("hours"));
      settings.offices.emplace(OfficeId{office.id()}, each);
    }
    return settings;
  }

 private:
  Connector ReadConnector(pb::NationalSystem const& from, Place const& place) {
    switch (from.connector()) {
      case pb::NationalSystem::CONNECTOR_UNSPECIFIED:
      case pb::NationalSystem::MANUAL:
        return Connector::kManual;
      case pb::NationalSystem::RPC:
        return Connector::kRpc;
      default:  // Text format lets any number through.
        problems_.Add(place, "connector",
                      "is none of MANUAL, RPC. Choose one of them.");
        return Connector::kManual;
    }
  }

  PlannedClosures ReadClosures(pb::City const& city, Place const& place) {
    auto const& from = city.national_system();
    PlannedClosures closures;
    if (!from.time_zone().empty()) {
      closures.time_zone = from.time_zone();
    } else if (city.offices_size() != 0) {
      closures.time_zone = city.offices(0).time_zone();
    }
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(closures.time_zone, &zone)) {
      // That of an office is told of by who reads offices.
      if (!from.time_zone().empty()) {
        problems_.Add(place, "time_zone",
                      "`" + from.time_zone() +
                          "` is not in this machine's tz database. Correct the "
                          "name, or install the package tzdata.");
      }
      closures.time_zone = "UTC";
    }
    closures.open_from = from.open_from_hour();
    if (from.open_until_hour() != 0) {
      closures.open_until = from.open_until_hour();
    }
    problems_.CheckRange(closures.open_from, 0, kDayHours - 1, place,
                         "open_from_hour");
    problems_.CheckRange(closures.open_until, closures.open_from + 1, kDayHours,
                         place, "open_until_hour");
    closures.monthly_maintenance = !from.no_monthly_maintenance();
    for (int i = 0; i != from.stops_size(); ++i) {
      auto const at = place.Inside("stops", i);
      auto const begins = ReadLocalTime(from.stops(i).begins(), at, "begins");
      auto const ends = ReadLocalTime(from.stops(i).ends(), at, "ends");
      if (!begins || !ends) continue;
      if (*ends <= *begins) {
        problems_.Add(at, "ends",
                      "is not later than `begins`. Name when it works again.");
        continue;
      }
      closures.stops.push_back({TimeOf(*begins, zone), TimeOf(*ends, zone)});
    }
    return closures;
  }

  std::chrono::minutes ReadPatience(pb::NationalSystem const& from,
                                    Place const& place) {
    if (from.patience_minutes() == 0) return CaseSettings().patience;
    problems_.CheckRange(from.patience_minutes(), 1, kLongestPatience, place,
                         "patience_minutes");
    return std::chrono::minutes(from.patience_minutes());
  }

  RenewalRules ReadRules(pb::RenewalPolicy const& from, Place const& place) {
    RenewalRules rules;
    switch (from.reset_proof()) {
      case pb::RenewalPolicy::RESET_PROOF_UNSPECIFIED:
      case pb::RenewalPolicy::SECOND_ID:
        rules.reset_proof = ResetProof::kSecondId;
        break;
      case pb::RenewalPolicy::CARD_ONLY:
        rules.reset_proof = ResetProof::kCardOnly;
        break;
      case pb::RenewalPolicy::ORAL_QUESTIONS:
        rules.reset_proof = ResetProof::kOralQuestions;
        break;
      default:  // Text format lets any number through.
        problems_.Add(place, "reset_proof",
                      "is none of SECOND_ID, CARD_ONLY, ORAL_QUESTIONS. "
                      "Choose one of them.");
    }
    rules.proxy_reset = from.proxy_reset_in_two_visits()
                            ? ProxyReset::kTwoVisits
                            : ProxyReset::kHolderOnly;
    rules.proxy_after_expiry = from.proxy_after_expiry();
    rules.custody = from.custody();
    return rules;
  }

  DailyHours ReadHours(pb::WeekdayHours const& from, Place const& place) {
    DailyHours hours;
    ReadTime(from.opens(), place, "opens", hours.opens);
    ReadTime(from.last_ticket(), place, "last_ticket", hours.last_ticket);
    ReadTime(from.closes(), place, "closes", hours.closes);
    if (hours.opens >= hours.last_ticket) {
      problems_.Add(place, from.last_ticket().empty() ? "opens" : "last_ticket",
                    "no number could be given: `last_ticket` is not later than "
                    "`opens`. Name both.");
    } else if (hours.last_ticket > hours.closes) {
      problems_.Add(place, from.closes().empty() ? "last_ticket" : "closes",
                    "numbers would be given after the office closed: let "
                    "`closes` be `last_ticket` or later.");
    }
    return hours;
  }

  void ReadTime(std::string const& text, Place const& place,
                std::string const& field, std::chrono::minutes& time) {
    if (text.empty()) return;
    if (auto const read = textproto::ParseTimeOfDay(text)) {
      time = *read;
      return;
    }
    problems_.Add(place, field, "is not a time of day. Write it as HH:MM.");
  }

  std::optional<absl::CivilMinute> ReadLocalTime(std::string const& text,
                                                 Place const& place,
                                                 std::string const& field) {
    auto const time = textproto::ParseLocalTime(text);
    if (!time) {
      problems_.Add(place, field,
                    "is missing or not a time. Write it as YYYY-MM-DDTHH:MM.");
    }
    return time;
  }

  Problems& problems_;
};

}  // namespace

absl::StatusOr<RenewalSettings> ParseRenewalSettings(
    std::string const& text, std::string const& file_name) {
  pb::City message;
  Problems problems(file_name);
  RenewalSettings settings;
  textproto::Parse(text, kProto, message, problems, [&](Place const& place) {
    settings = Reader(problems).Read(message, place);
  });
  MADOGUCHI_RETURN_IF_ERROR(problems.ToStatus());
  return settings;
}

absl::StatusOr<RenewalSettings> ReadRenewalSettings(std::string const& path) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const text,
                             textproto::ReadFile(path, "settings"));
  return ParseRenewalSettings(text, path);
}

}  // namespace madoguchi::renewal
