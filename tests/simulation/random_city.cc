#include "tests/simulation/random_city.h"
#include <string>

namespace madoguchi::simulation {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

CounterSettings AnyCounter(Office const& office, std::string const& id,
                           Chance& chance) {
  CounterSettings counter;
  counter.id = {id};
  for (auto const& service : office.services) {
    // The first serves all.
    if (id != "1" && chance.Happens(0.3)) continue;
    counter.serves.push_back(
        {service.id, static_cast<Preference>(chance.Between(0, 2))});
  }
  if (counter.serves.empty()) {
    counter.serves.push_back({office.services.front().id, Preference::kNormal});
  }
  if (chance.Happens(0.5)) counter.languages = {"en"};
  return counter;
}

Office AnyOffice(OfficeId const& id, DayEnd end, Chance& chance) {
  Office office;
  office.id = id;
  office.time_zone = "Asia/Tokyo";
  office.cut_over_hour = 4;
  // Few enough numbers to come round.
  office.series = {{{"a"}, "A", 101, chance.Between(30, 60)},
                   {{"b"}, "B", 501, chance.Between(30, 60)}};
  for (auto const* const name : {"renew", "reset", "pickup"}) {
    Service service;
    service.id = {name};
    service.series = office.series[name[0] == 'p' ? 1 : 0].id;
    service.expected = minutes(chance.Between(5, 30));
    service.target_wait = minutes(chance.Between(10, 60));
    office.services.push_back(service);
  }
  for (auto const* const name : {"1", "2", "3", "4"}) {
    office.counters.push_back(AnyCounter(office, name, chance));
  }
  office.routed_languages = {"en"};
  office.day_end = end;
  auto& calls = office.call_policy;
  calls.max_recalls = chance.Between(1, 3);
  calls.recall_spacing = seconds(chance.Between(0, 20));
  calls.recalls_before_absent = chance.Between(0, 1);
  calls.reentry = static_cast<Reentry>(chance.Between(0, 2));
  calls.reentry_after = chance.Between(1, 3);
  calls.overtaking_limit = chance.Between(1, 3);
  calls.absent_expires = minutes(10 * chance.Between(0, 2));
  auto& desk = office.desk_policy;
  desk.usual_hold = minutes(chance.Between(1, 10));
  desk.longest_hold = minutes(20);
  desk.finish_prompt = minutes(15 * chance.Between(0, 2));
  desk.wrap_up = seconds(60);
  desk.counter_queue_patience = minutes(chance.Between(5, 20));
  return office;
}

}  // namespace

City RandomCity(Chance& chance) {
  City city;
  city.id = {"city"};
  city.offices = {AnyOffice({"north"}, DayEnd::kCarryOver, chance),
                  AnyOffice({"south"}, DayEnd::kExpire, chance)};
  return city;
}

}  // namespace madoguchi::simulation
