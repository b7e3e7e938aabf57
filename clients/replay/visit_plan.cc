#include "clients/replay/visit_plan.h"
#include <cstdint>
#include <utility>

namespace madoguchi::replay {
namespace {

std::chrono::milliseconds Minutes(double minutes) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(minutes * 60'000));
}

}  // namespace

std::chrono::milliseconds DrawServiceTime(Random& random, Office const& office,
                                          ServiceId const& service) {
  auto const* const settings = office.FindService(service);
  double const mean =
      settings == nullptr ? 1 : static_cast<double>(settings->expected.count());
  return Minutes(random.LognormalWithMean(mean, kServiceSigma));
}

std::vector<VisitPlan> PlanVisits(Day const& day, Office const& office,
                                  std::uint64_t seed, double cancel_share,
                                  double kiosk_share) {
  std::vector<VisitPlan> plans;
  plans.reserve(day.arrivals.size());
  for (auto const& arrival : day.arrivals) {
    // Each visitor has draws of their own: one line more in the file does not
    // change all those behind it.
    Random random(seed, plans.size());
    VisitPlan plan;
    plan.service = arrival.service;
    plan.arrival = PointInTime(day, office, arrival.time);
    plan.way_time =
        Minutes(random.Uniform(static_cast<double>(day.shortest_way.count()),
                               static_cast<double>(day.longest_way.count())) /
                60);
    plan.cancels = random.Uniform() < cancel_share;
    plan.service_time_given = arrival.service_minutes.has_value();
    plan.service_time = plan.service_time_given
                            ? Minutes(*arrival.service_minutes)
                            : DrawServiceTime(random, office, arrival.service);
    if (arrival.leaves_after_minutes) {
      plan.patience = Minutes(*arrival.leaves_after_minutes);
    }
    plan.no_show = arrival.no_show;
    plan.case_kind = arrival.case_kind;
    // Behind all other draws, which a day without cases makes alone.
    plan.asks_kiosk = random.Uniform() < kiosk_share;
    plan.wrong_pins = random.Uniform() < 0.5 ? 1 : 2;
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace madoguchi::replay
