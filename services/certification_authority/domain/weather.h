#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_WEATHER_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_WEATHER_H

#include "services/base/clock.h"
#include "services/certification_authority/domain/issuance.h"
#include "absl/time/civil_time.h"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::certification_authority {

/// How it is from `from` until `until`, local hours of each day.
struct Hours {
  int from = 0;
  int until = 24;
  /// Of the lognormal response time, with `sigma` of its logarithm.
  std::chrono::milliseconds median{1'000};
  double sigma = 0;
  /// The share of calls that fail before anything is done, and of those that
  /// are done and whose answer is lost.
  double error_rate = 0;
  double lost_answer_rate = 0;
};

/// A time in which nothing works.
struct Outage {
  enum class Kind { kRefuses, kHangs, kLosesAnswers };
  /// Every day if there is none.
  std::optional<absl::CivilDay> date;
  /// Since local midnight.
  std::chrono::minutes begins{0};
  std::chrono::minutes lasts{0};
  Kind kind = Kind::kRefuses;
};

/// Calls under way beyond `free_calls` each add `stretch_per_call` to the
/// response time.
struct Overload {
  int free_calls = 0;
  double stretch_per_call = 0;
};

struct ScriptedRefusal {
  double rate = 0;
  Refusal refusal = Refusal::kOther;
};

/// How the sandbox behaves, as a script. The real system's ways are in
/// domain.md S-32 and B1-18 to B1-20.
struct Weather {
  /// One that the tz database knows.
  std::string time_zone;
  /// Together they cover the day and none overlap.
  std::vector<Hours> hours;
  /// From which median on it is slow; 0: never.
  std::chrono::milliseconds slow_from{0};
  std::vector<Outage> outages;
  Overload overload;
  /// Local hours.
  int open_from = 0;
  int open_until = 24;
  /// Closed on the Sunday after the third Saturday of each month.
  bool monthly_maintenance = false;
  std::vector<ScriptedRefusal> refusals;
};

enum class State { kOk, kSlow, kUnavailable };
enum class Cause { kNone, kBusy, kOutage, kMaintenance, kClosed };

/// How the authority is at some moment.
struct Conditions {
  State state = State::kOk;
  Cause cause = Cause::kNone;
  /// How the outage shows; of no meaning unless that is the cause.
  Outage::Kind outage = Outage::Kind::kRefuses;

  friend bool operator==(Conditions const&, Conditions const&) = default;
};

/// How the authority is at `now`. Planned closing goes before an outage, and of
/// several outages the one that is named first counts.
Conditions ConditionsAt(Weather const& weather, Timestamp now);

/// Since when it has been as it is at `now`, at most a week earlier.
Timestamp ConditionsSince(Weather const& weather, Timestamp now);

/// What of `hours` holds at `now`.
Hours const& HoursAt(Weather const& weather, Timestamp now);

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_WEATHER_H
