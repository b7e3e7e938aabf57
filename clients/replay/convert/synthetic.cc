#include "clients/replay/convert/synthetic.h"
#include "clients/replay/random.h"
#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace madoguchi::replay {
namespace {

/// How many come for a service, and what it takes on average.
struct Demand {
  char const* service;
  int visitors;
  double mean_minutes;
};

// Assumption: the mix of a city of 110,000 in a year with many expiring
// certificates, on a day about twice as busy as the average one. Minutes are
// those of the settings: 15 for a renewal are published, the rest is guessed.
constexpr Demand kDemand[] = {
    {"renew_self", 96, 15},  {"renew_pin_reset", 12, 25},
    {"renew_proxy", 14, 20}, {"card_pickup", 22, 25},
    {"card_apply", 20, 20},  {"other_mynumber", 20, 15},
    {"consult", 36, 8},
};

/// How many of a hundred come in a part of the day.
struct Part {
  TimeOfDay from;
  TimeOfDay to;
  double share;
};

constexpr TimeOfDay At(int hour, int minute) {
  return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

// After what halls publish: a few wait for the doors, 10 to 15 is the peak, the
// hour before closing is quiet.
constexpr Part kParts[] = {
    {At(8, 30), At(8, 40), 4},  {At(8, 40), At(10, 0), 13},
    {At(10, 0), At(12, 0), 29}, {At(12, 0), At(14, 0), 27},
    {At(14, 0), At(15, 0), 13}, {At(15, 0), At(16, 0), 9},
    {At(16, 0), At(17, 0), 5},
};

constexpr double kNoShowShare = 0.03;
constexpr double kImpatientShare = 0.12;
constexpr double kPatienceMean = 60;
constexpr double kPatienceLeast = 20;

/// How many of those who come for a service have something to do about
/// certificates, and what.
struct CaseShare {
  char const* service;
  CaseKind kind;
  double share;
};

// Assumption, all of it. Those who come too early or with a card that ends soon
// do not know that the errand is another.
constexpr CaseShare kCaseShares[] = {
    {"renew_self", CaseKind::kSelf, 0.84},
    {"renew_self", CaseKind::kWrongPin, 0.06},
    {"renew_self", CaseKind::kTooEarly, 0.05},
    {"renew_self", CaseKind::kCardRenewal, 0.05},
    {"renew_pin_reset", CaseKind::kPinForgotten, 1},
    {"renew_proxy", CaseKind::kProxy, 0.7},
    {"renew_proxy", CaseKind::kProxyWrongPin, 0.15},
    {"renew_proxy", CaseKind::kProxyUnsealed, 0.15},
};

struct Breaks {
  char const* counter;
  TimeOfDay from;
};

// Lunch of 45 minutes in three turns, so that no kind of visit stands still.
constexpr Breaks kLunch[] = {
    {"2", At(11, 30)}, {"3", At(12, 15)}, {"4", At(13, 0)}, {"5", At(12, 15)},
    {"6", At(11, 30)}, {"7", At(12, 15)}, {"8", At(13, 0)}, {"9", At(13, 0)},
};
constexpr TimeOfDay kLunchLength = std::chrono::minutes(45);
// The doors close at 17:15; whoever holds a number is served.
constexpr TimeOfDay kLatestEnd = At(19, 0);

CaseKind DrawCase(Random& random, std::string const& service) {
  double left = random.Uniform();
  for (auto const& each : kCaseShares) {
    if (each.service != service) continue;
    if (left < each.share) return each.kind;
    left -= each.share;
  }
  return CaseKind::kNone;
}

TimeOfDay DrawArrival(Random& random) {
  double left = random.Uniform(0, 100);
  for (auto const& part : kParts) {
    if (left < part.share) {
      auto const length = static_cast<double>((part.to - part.from).count());
      return part.from +
             TimeOfDay(static_cast<std::int64_t>(length * left / part.share));
    }
    left -= part.share;
  }
  return kParts[0].from;
}

/// So that nobody takes the minutes for exact.
double Rounded(double minutes) { return std::round(minutes * 10) / 10; }

}  // namespace

Day InventMonday(std::uint64_t seed) {
  Day day;
  day.date = "2026-06-01";
  day.office = OfficeId{"honcho"};
  day.source = "Invented by replay_convert --from=synthetic";
  day.service_minutes = ServiceMinutes::kInvented;
  day.notes = {
      "A busy Monday in the main hall of the example city. Nobody here exists.",
      "Assumptions: the mix of services, the spread of service minutes, who "
      "gives up (12% have no more than an hour's patience on average), who "
      "does "
      "not come (3%), and what there is to do about certificates."};
  for (auto const& lunch : kLunch) {
    day.shifts.push_back({CounterId{lunch.counter}, At(8, 30), lunch.from});
    day.shifts.push_back(
        {CounterId{lunch.counter}, lunch.from + kLunchLength, kLatestEnd});
  }
  Random random(seed);
  for (auto const& demand : kDemand) {
    for (int i = 0; i != demand.visitors; ++i) {
      Arrival arrival;
      arrival.time = DrawArrival(random);
      arrival.service = ServiceId{demand.service};
      arrival.service_minutes =
          Rounded(random.LognormalWithMean(demand.mean_minutes, kServiceSigma));
      if (random.Uniform() < kImpatientShare) {
        arrival.leaves_after_minutes =
            Rounded(kPatienceLeast +
                    random.Exponential(kPatienceMean - kPatienceLeast));
      }
      arrival.no_show = random.Uniform() < kNoShowShare;
      // Draws of its own: the rest of the day stays what it was without cases.
      Random case_random(seed, day.arrivals.size());
      arrival.case_kind = DrawCase(case_random, demand.service);
      day.arrivals.push_back(std::move(arrival));
    }
  }
  std::stable_sort(
      day.arrivals.begin(), day.arrivals.end(),
      [](Arrival const& a, Arrival const& b) { return a.time < b.time; });
  return day;
}

}  // namespace madoguchi::replay
