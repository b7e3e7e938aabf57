#include "tests/simulation/chance.h"
#include "tests/simulation/day_settings.h"
#include <algorithm>
#include <string>

namespace madoguchi::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// 2026-11-23 09:00 in Tokyo.
constexpr Timestamp kOpening{milliseconds(1'795'392'000'000)};

Service RandomService(Chance& chance, std::string const& id,
                      std::string const& series) {
  return {{id},
          {id, id, id},
          {series},
          minutes(chance.Between(3, 40)),
          minutes(chance.Between(5, 60))};
}

CounterSettings RandomCounter(Chance& chance, Office const& office,
                              std::string const& id) {
  CounterSettings counter;
  counter.id = {id};
  auto services = office.services;
  std::shuffle(services.begin(), services.end(), chance.Source());
  auto const most = static_cast<int>(services.size());
  // Rather several than one: only they can overtake.
  auto const count = std::max(chance.Between(1, most), chance.Between(1, most));
  services.resize(static_cast<std::size_t>(count));
  for (auto const& service : services) {
    bool const plain = chance.Happens(0.6);
    counter.serves.push_back(
        {service.id, plain ? Preference::kNormal
                           : static_cast<Preference>(chance.Between(0, 2))});
  }
  return counter;
}

CallPolicy RandomPolicy(Chance& chance) {
  CallPolicy policy;
  policy.max_recalls = chance.Between(0, 3);
  policy.recall_spacing = seconds(chance.Between(0, 60));
  policy.recalls_before_absent = chance.Between(0, policy.max_recalls);
  policy.reentry = static_cast<Reentry>(chance.Between(0, 2));
  policy.reentry_after = chance.Between(1, 6);
  policy.overtaking_limit = chance.Between(1, 5);
  return policy;
}

}  // namespace

DaySettings RandomDay(std::uint64_t seed) {
  Chance chance(seed);
  DaySettings day;
  day.seed = seed;
  day.opening = kOpening;
  auto& office = day.office;
  office.id = {"hall"};
  office.time_zone = "Asia/Tokyo";
  office.cut_over_hour = 4;
  int const services = chance.Between(1, 6);
  for (int i = 0; i != services; ++i) {
    // Some services share a series of numbers.
    bool const shared = i != 0 && chance.Happens(0.2);
    if (!shared) {
      auto const id = "s" + std::to_string(i);
      office.series.push_back({{id}, "", 1 + i * 100, chance.Between(20, 100)});
    }
    office.services.push_back(RandomService(
        chance, "service" + std::to_string(i), office.series.back().id.value));
  }
  int const counters = chance.Between(1, 8);
  for (int i = 1; i <= counters; ++i) {
    office.counters.push_back(RandomCounter(chance, office, std::to_string(i)));
  }
  office.call_policy = RandomPolicy(chance);

  // Two hours of short visits and slow wires, or a day of a hall. Only in a
  // rush are server processes rivals often enough.
  bool const rush = chance.Happens(0.3);
  if (rush) day.open_for = std::chrono::hours(2);
  milliseconds const mean_service =
      minutes(rush ? chance.Between(2, 6) : chance.Between(12, 40));
  // From half of what the counters can do to a good deal more.
  double const load = (rush ? 0.9 : 0.5) + chance.Share() * 0.9;
  double const visitors =
      load * counters * (day.open_for / mean_service) / services;
  for (int i = 0; i != services; ++i) {
    ServiceDemand demand;
    demand.visitors = visitors * (0.4 + 1.2 * chance.Share());
    demand.peak = 1 + chance.Share() * 4;
    demand.mean_service = mean_service;
    demand.spread = 0.2 + chance.Share();
    day.demand.push_back(demand);
  }
  day.visitors.cancel = chance.Share() * 0.1;
  day.visitors.miss = chance.Share() * 0.3;
  day.visitors.come_back = chance.Share();
  day.clerks.idle = minutes(3);
  day.clerks.lunch = chance.Happens(0.5);
  if (rush || chance.Happens(0.3)) {
    day.processes = chance.Between(1, 3);
    day.wire.slowest =
        rush ? seconds(30) : milliseconds(chance.Between(0, 500));
    day.wire.lost_replies = chance.Share() * 0.1;
  }
  return day;
}

}  // namespace madoguchi::simulation
