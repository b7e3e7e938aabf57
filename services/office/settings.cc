#include "services/office/settings.h"
#include "services/textproto/textproto.h"
#include "madoguchi/office/v1/settings.pb.h"
#include <google/protobuf/stubs/common.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace madoguchi {
namespace {

namespace pb = office::v1;
using textproto::Place;
using textproto::Problems;

constexpr char kProto[] = "proto/madoguchi/office/v1/settings.proto";
constexpr int kMostMinutes = 480;
// Those of a ticket, but for the one that every counter speaks.
constexpr std::string_view kRoutedLanguages[] = {"ja-easy", "en"};
constexpr std::string_view kLowerCase = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kUpperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

template <typename Languages>
bool Names(Languages const& languages, std::string_view language) {
  return std::find(std::begin(languages), std::end(languages), language) !=
         std::end(languages);
}

// The ids that a list has had so far, with their lines.
using Seen = std::map<std::string, int>;

// Turns the messages into the structs of office.h and gathers what is wrong.
class Reader {
 public:
  explicit Reader(Problems& problems) : problems_(problems) {}

  City ReadCity(pb::City const& from, Place const& place) {
    City city;
    CheckId(from.id(), place, 32, "-");
    city.id = {from.id()};
    city.display_name =
        ReadText(from.display_name(), place.Inside("display_name"),
                 from.has_display_name() ? kJapanese : kNothing);
    if (from.offices().empty()) {
      problems_.Add(place, "offices", "is missing. Add at least one office.");
    }
    Seen seen;
    for (int i = 0; i != from.offices_size(); ++i) {
      auto const inside = place.Inside("offices", i);
      city.offices.push_back(ReadOffice(from.offices(i), inside));
      CheckUnique(from.offices(i).id(), inside, seen);
    }
    return city;
  }

 private:
  // What a text must have.
  enum Languages { kNothing, kJapanese, kAll };

  Office ReadOffice(pb::Office const& from, Place const& place) {
    Office office;
    CheckId(from.id(), place, 32, "-");
    office.id = {from.id()};
    office.display_name =
        ReadText(from.display_name(), place.Inside("display_name"),
                 from.has_display_name() ? kJapanese : kNothing);
    office.time_zone = from.time_zone();
    if (from.time_zone().empty()) {
      problems_.Add(place, "time_zone",
                    "is missing. Name a zone of the tz database, such as "
                    "`Asia/Tokyo`.");
    } else if (!IsKnownTimeZone(from.time_zone())) {
      problems_.Add(place, "time_zone",
                    "`" + from.time_zone() +
                        "` is not in this machine's tz database. Correct the "
                        "name, or install the package tzdata.");
    }
    office.cut_over_hour = from.cut_over_hour();
    problems_.CheckRange(from.cut_over_hour(), 0, 12, place, "cut_over_hour");

    ReadRoutedLanguages(from, place, office);
    ReadAllSeries(from, place, office);
    ReadServices(from, place, office);
    ReadCounters(from, place, office);
    CheckRoutedSpoken(from, place, office);
    office.call_policy =
        ReadCallPolicy(from.call_policy(), place.Inside("call_policy"));
    office.desk_policy =
        ReadDeskPolicy(from.desk_policy(), place.Inside("desk_policy"));
    ReadDayEnd(from, place, office);
    ReadOr(from.log_days(), 400, place, "log_days", office.log_days);
    return office;
  }

  void ReadRoutedLanguages(pb::Office const& from, Place const& place,
                           Office& office) {
    for (int i = 0; i != from.routed_languages_size(); ++i) {
      auto const& language = from.routed_languages(i);
      if (!Names(kRoutedLanguages, language)) {
        problems_.Add(place, "routed_languages",
                      "`" + language +
                          "` is none of `ja-easy`, `en`. Choose one of them; "
                          "every counter speaks Japanese.",
                      i);
      }
      AddLanguage(language, place, "routed_languages", i,
                  office.routed_languages);
    }
  }

  // Whoever chooses one that nobody speaks would be called last, for nothing.
  void CheckRoutedSpoken(pb::Office const& from, Place const& place,
                         Office const& office) {
    for (int i = 0; i != from.routed_languages_size(); ++i) {
      auto const& language = from.routed_languages(i);
      bool const spoken =
          std::any_of(office.counters.begin(), office.counters.end(),
                      [&](CounterSettings const& counter) {
                        return Names(counter.languages, language);
                      });
      if (spoken || !Names(kRoutedLanguages, language)) continue;
      problems_.Add(place, "routed_languages",
                    "no counter speaks `" + language +
                        "`: whoever chooses it would be called last. Name it "
                        "in the `languages` of a counter, or remove it here.",
                    i);
    }
  }

  void ReadCounterLanguages(pb::Counter const& from, Place const& place,
                            Office const& office, CounterSettings& counter) {
    for (int i = 0; i != from.languages_size(); ++i) {
      auto const& language = from.languages(i);
      if (!Names(office.routed_languages, language)) {
        problems_.Add(place, "languages",
                      "`" + language +
                          "` is none of the office's `routed_languages`. Add "
                          "it there, or remove it here.",
                      i);
      }
      AddLanguage(language, place, "languages", i, counter.languages);
    }
  }

  void AddLanguage(std::string const& language, Place const& place,
                   std::string const& field, int index,
                   std::vector<std::string>& languages) {
    if (Names(languages, language)) {
      problems_.Add(place, field,
                    "`" + language + "` is named twice. Remove one.", index);
      return;
    }
    languages.push_back(language);
  }

  void ReadDayEnd(pb::Office const& from, Place const& place, Office& office) {
    switch (from.day_end()) {
      case pb::Office::DAY_END_UNSPECIFIED:
      case pb::Office::EXPIRE:
        office.day_end = DayEnd::kExpire;
        break;
      case pb::Office::CARRY_OVER:
        office.day_end = DayEnd::kCarryOver;
        break;
      default:  // Text format lets any number through.
        problems_.Add(place, "day_end",
                      "is none of EXPIRE, CARRY_OVER. Choose one of them.");
    }
  }

  void ReadAllSeries(pb::Office const& from, Place const& place,
                     Office& office) {
    Seen seen;
    for (int i = 0; i != from.series_size(); ++i) {
      auto const& each = from.series(i);
      auto const inside = place.Inside("series", i);
      CheckId(each.id(), inside, 8, "");
      CheckUnique(each.id(), inside, seen);
      if (!IsMadeOf(each.prefix(), kUpperCase) || each.prefix().size() > 2) {
        problems_.Add(inside, "prefix",
                      "`" + each.prefix() + "` is not at most 2 of A-Z.");
      }
      problems_.CheckRange(each.first(), 1,
                           std::numeric_limits<int>::max() - 1'000'000, inside,
                           "first");
      problems_.CheckRange(each.size(), 10, 1'000'000, inside, "size");
      Series const series{
          {each.id()}, each.prefix(), each.first(), each.size()};
      CheckOverlap(series, office.series, inside);
      office.series.push_back(series);
    }
  }

  // Two tickets with the same number would be called to two counters.
  void CheckOverlap(Series const& series, std::vector<Series> const& others,
                    Place const& place) {
    auto const last = [](Series const& each) {
      return std::int64_t{each.first} + each.size - 1;
    };
    auto const written = [&](Series const& each) {
      return "`" + each.id.value + "` (" + each.prefix +
             std::to_string(each.first) + " to " + each.prefix +
             std::to_string(last(each)) + ")";
    };
    for (auto const& other : others) {
      if (series.prefix != other.prefix || series.first > last(other) ||
          other.first > last(series)) {
        continue;
      }
      problems_.Add(place, "first",
                    "the numbers of " + written(series) + " overlap those of " +
                        written(other) +
                        ". Move one of them, or give it another prefix.");
    }
  }

  void ReadServices(pb::Office const& from, Place const& place,
                    Office& office) {
    if (from.services().empty()) {
      problems_.Add(place, "services",
                    "is missing. Add what visitors come for.");
    }
    Seen seen;
    for (int i = 0; i != from.services_size(); ++i) {
      auto const& each = from.services(i);
      auto const inside = place.Inside("services", i);
      CheckId(each.id(), inside, 32, "_");
      CheckUnique(each.id(), inside, seen);
      Service service;
      service.id = {each.id()};
      service.display_name =
          ReadText(each.display_name(), inside.Inside("display_name"), kAll);
      service.series = {each.series()};
      if (office.FindSeries(service.series) == nullptr) {
        problems_.Add(inside, "series",
                      each.series().empty()
                          ? "is missing. Name one of the office's series."
                          : "the office has no series `" + each.series() +
                                "`. Name one that it has, or add it.");
      }
      service.expected = std::chrono::minutes(each.expected_minutes());
      problems_.CheckRange(each.expected_minutes(), 1, kMostMinutes, inside,
                           "expected_minutes");
      service.target_wait = std::chrono::minutes(each.target_wait_minutes());
      problems_.CheckRange(each.target_wait_minutes(), 1, kMostMinutes, inside,
                           "target_wait_minutes");
      office.services.push_back(std::move(service));
    }
  }

  void ReadCounters(pb::Office const& from, Place const& place,
                    Office& office) {
    std::set<ServiceId> served;
    Seen seen;
    for (int i = 0; i != from.counters_size(); ++i) {
      auto const& each = from.counters(i);
      auto const inside = place.Inside("counters", i);
      CheckId(each.id(), inside, 8, "");
      CheckUnique(each.id(), inside, seen);
      CounterSettings counter;
      counter.id = {each.id()};
      counter.label = ReadText(each.label(), inside.Inside("label"), kJapanese);
      if (each.serves().empty()) {
        problems_.Add(inside, "serves",
                      "is missing. Name at least one service, or remove the "
                      "counter.");
      }
      std::set<std::string> named;
      for (int j = 0; j != each.serves_size(); ++j) {
        auto const at = inside.Inside("serves", j);
        counter.serves.push_back(ReadServed(each.serves(j), at, office));
        served.insert(counter.serves.back().service);
        if (!named.insert(each.serves(j).service()).second) {
          problems_.Add(at, "service",
                        "`" + each.serves(j).service() +
                            "` is named twice at this counter. Remove one.");
        }
      }
      ReadCounterLanguages(each, inside, office, counter);
      office.counters.push_back(std::move(counter));
    }
    for (int i = 0; i != from.services_size(); ++i) {
      auto const& service = office.services[static_cast<std::size_t>(i)];
      if (served.contains(service.id)) continue;
      problems_.Add(place.Inside("services", i), "id",
                    "no counter serves `" + service.id.value +
                        "`: its visitors would wait for ever. Let a counter "
                        "serve it, or remove it.");
    }
  }

  ServedService ReadServed(pb::ServedService const& from, Place const& place,
                           Office const& office) {
    ServedService served;
    served.service = {from.service()};
    if (office.FindService(served.service) == nullptr) {
      problems_.Add(place, "service",
                    from.service().empty()
                        ? "is missing. Name one of the office's services."
                        : "the office has no service `" + from.service() +
                              "`. Name one that it has, or add it.");
    }
    switch (from.preference()) {
      case pb::ServedService::FIRST:
        served.preference = Preference::kFirst;
        break;
      case pb::ServedService::LAST:
        served.preference = Preference::kLast;
        break;
      case pb::ServedService::PREFERENCE_UNSPECIFIED:
      case pb::ServedService::NORMAL:
        served.preference = Preference::kNormal;
        break;
      default:  // Text format lets any number through.
        problems_.Add(place, "preference",
                      "is none of FIRST, NORMAL, LAST. Choose one of them.");
    }
    return served;
  }

  CallPolicy ReadCallPolicy(pb::CallPolicy const& from, Place const& place) {
    CallPolicy policy;
    policy.max_recalls = from.max_recalls();
    problems_.CheckRange(from.max_recalls(), 0, 10, place, "max_recalls");
    policy.recall_spacing = std::chrono::seconds(from.recall_spacing_seconds());
    problems_.CheckRange(from.recall_spacing_seconds(), 0, 600, place,
                         "recall_spacing_seconds");
    policy.recalls_before_absent = from.recalls_before_absent();
    if (from.recalls_before_absent() < 0 ||
        from.recalls_before_absent() > from.max_recalls()) {
      problems_.Add(place, "recalls_before_absent",
                    "is " + std::to_string(from.recalls_before_absent()) +
                        ". Choose 0 to `max_recalls`, which is " +
                        std::to_string(from.max_recalls()) + ".");
    }
    switch (from.reentry()) {
      case pb::CallPolicy::REENTRY_UNSPECIFIED:
      case pb::CallPolicy::NEXT:
        policy.reentry = Reentry::kNext;
        break;
      case pb::CallPolicy::AFTER:
        policy.reentry = Reentry::kAfter;
        break;
      case pb::CallPolicy::LAST:
        policy.reentry = Reentry::kLast;
        break;
      default:  // Text format lets any number through.
        problems_.Add(place, "reentry",
                      "is none of NEXT, AFTER, LAST. Choose one of them.");
    }
    if (policy.reentry == Reentry::kAfter) {
      policy.reentry_after = from.reentry_after();
      problems_.CheckRange(from.reentry_after(), 1, 100, place,
                           "reentry_after");
    } else if (from.reentry_after() != 0) {
      problems_.Add(place, "reentry_after",
                    "has no effect without `reentry: AFTER`. Remove it, or "
                    "set that.");
    }
    policy.overtaking_limit = from.overtaking_limit();
    problems_.CheckRange(from.overtaking_limit(), 1, 100, place,
                         "overtaking_limit");
    ReadOr(from.absent_expires_minutes(), 1440, place, "absent_expires_minutes",
           policy.absent_expires);
    return policy;
  }

  DeskPolicy ReadDeskPolicy(pb::DeskPolicy const& from, Place const& place) {
    DeskPolicy policy;
    ReadOr(from.usual_hold_minutes(), kMostMinutes, place, "usual_hold_minutes",
           policy.usual_hold);
    ReadOr(from.longest_hold_minutes(), kMostMinutes, place,
           "longest_hold_minutes", policy.longest_hold);
    if (policy.longest_hold < policy.usual_hold) {
      // Either may be the one that the file leaves out.
      problems_.Add(
          place,
          from.longest_hold_minutes() == 0 ? "usual_hold_minutes"
                                           : "longest_hold_minutes",
          "a hold lasts " + std::to_string(policy.usual_hold.count()) +
              " minutes if nobody says, and at most " +
              std::to_string(policy.longest_hold.count()) +
              ". Let `longest_hold_minutes` be `usual_hold_minutes` or more.");
    }
    ReadOr(from.assist_head_start_minutes(), 120, place,
           "assist_head_start_minutes", policy.assist_head_start);
    ReadOr(from.finish_prompt_minutes(), kMostMinutes, place,
           "finish_prompt_minutes", policy.finish_prompt);
    ReadOr(from.wrap_up_seconds(), 3600, place, "wrap_up_seconds",
           policy.wrap_up);
    ReadOr(from.counter_queue_minutes(), kMostMinutes, place,
           "counter_queue_minutes", policy.counter_queue_patience);
    ReadOr(from.undo_seconds(), 120, place, "undo_seconds", policy.undo);
    return policy;
  }

  LocalizedText ReadText(pb::Text const& from, Place const& place,
                         Languages required) {
    CheckText(from.ja(), place, "ja", required != kNothing);
    CheckText(from.ja_easy(), place, "ja_easy", required == kAll);
    CheckText(from.en(), place, "en", required == kAll);
    return {from.ja(), from.ja_easy().empty() ? from.ja() : from.ja_easy(),
            from.en().empty() ? from.ja() : from.en()};
  }

  void CheckText(std::string const& text, Place const& place,
                 std::string const& field, bool required) {
    if (required && text.empty()) {
      problems_.Add(place, field, "is missing. Write what people read.");
    }
    // gRPC would refuse to send it.
    if (!google::protobuf::internal::IsStructurallyValidUTF8(
            text.data(), static_cast<int>(text.size()))) {
      problems_.Add(place, field, "is not UTF-8. Save the file as UTF-8.");
    }
  }

  void CheckId(std::string const& id, Place const& place, std::size_t longest,
               std::string const& more) {
    auto const allowed = std::string(kLowerCase) + std::string(kDigits) + more;
    if (!id.empty() && id.size() <= longest && IsMadeOf(id, allowed)) return;
    problems_.Add(place, "id",
                  (id.empty() ? "is missing" : "is `" + id + "`") +
                      ". Choose 1 to " + std::to_string(longest) +
                      " of a-z, 0-9" +
                      (more.empty() ? "" : ", `" + more + "`") + ".");
  }

  void CheckUnique(std::string const& id, Place const& place, Seen& seen) {
    if (id.empty()) return;  // CheckId has said so.
    auto const [first, is_new] = seen.emplace(id, place.LineOf("id"));
    if (is_new) return;
    problems_.Add(place, "id",
                  "`" + id + "` is already the id of line " +
                      std::to_string(first->second) + ". Choose another.");
  }

  // Puts what a field that may be left out (0) says into `to`.
  template <typename T>
  void ReadOr(int value, int most, Place const& place, std::string const& field,
              T& to) {
    if (value == 0) return;
    problems_.CheckRange(value, 1, most, place, field);
    to = T(value);
  }

  static bool IsMadeOf(std::string const& text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string::npos;
  }

  Problems& problems_;
};

}  // namespace

absl::StatusOr<City> ParseCity(std::string const& text,
                               std::string const& file_name) {
  Problems problems(file_name);
  pb::City from;
  City city;
  textproto::Parse(text, kProto, from, problems, [&](Place const& place) {
    city = Reader(problems).ReadCity(from, place);
  });
  auto status = problems.ToStatus();
  if (!status.ok()) return status;
  return city;
}

absl::StatusOr<City> ReadCity(std::string const& path) {
  auto const text = textproto::ReadFile(path, "settings");
  if (!text.ok()) return text.status();
  return ParseCity(*text, path);
}

}  // namespace madoguchi
