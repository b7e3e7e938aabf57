#include "services/certification_authority/domain/fate.h"
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace madoguchi::certification_authority {
namespace {

using End = Fate::End;

Refusal RefusalAt(std::vector<ScriptedRefusal> const& refusals, double draw) {
  for (auto const& each : refusals) {
    if (draw < each.rate) return each.refusal;
    draw -= each.rate;
  }
  return Refusal::kNone;
}

std::chrono::milliseconds DelayOf(Hours const& hours, Overload const& overload,
                                  int under_way, double normal) {
  int const too_many = std::max(0, under_way - overload.free_calls);
  double const ms = static_cast<double>(hours.median.count()) *
                    std::exp(hours.sigma * normal) *
                    (1 + overload.stretch_per_call * too_many);
  auto const longest = std::chrono::milliseconds(kLongestDelay);
  return std::chrono::milliseconds(static_cast<std::int64_t>(
      std::min(ms, static_cast<double>(longest.count()))));
}

}  // namespace

Fate FateOf(Weather const& weather, Timestamp now, int under_way,
            Chance chance) {
  double const mishap = chance.Uniform();
  double const normal = chance.Normal();
  double const refused = chance.Uniform();
  auto const conditions = ConditionsAt(weather, now);
  bool const planned = conditions.cause == Cause::kMaintenance ||
                       conditions.cause == Cause::kClosed;
  if (planned) return {.end = End::kClosed};
  bool const outage = conditions.cause == Cause::kOutage;
  if (outage && conditions.outage == Outage::Kind::kRefuses) {
    return {.end = End::kFails};
  }
  if (outage && conditions.outage == Outage::Kind::kHangs) {
    return {.end = End::kHangs};
  }
  auto const& hours = HoursAt(weather, now);
  Fate fate{.delay = DelayOf(hours, weather.overload, under_way, normal),
            .refusal = RefusalAt(weather.refusals, refused)};
  if (outage) {
    fate.end = End::kAnswerLost;
  } else if (mishap < hours.error_rate) {
    fate.end = End::kFails;
  } else if (mishap < hours.error_rate + hours.lost_answer_rate) {
    fate.end = End::kAnswerLost;
  }
  return fate;
}

}  // namespace madoguchi::certification_authority
