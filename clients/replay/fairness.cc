#include "clients/replay/fairness.h"
#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace madoguchi::replay {

Fairness JudgeOrder(std::vector<Visit> const& visits, Office const& office) {
  std::map<std::string, std::set<std::string>> serves;
  for (auto const& counter : office.counters) {
    for (auto const& served : counter.serves) {
      serves[counter.id.value].insert(served.service.value);
    }
  }
  Fairness fairness;
  for (auto const& visit : visits) {
    if (!visit.answered) continue;
    int overtakes = 0;
    for (auto const& other : visits) {
      bool const overtook = other.asked && *other.asked > *visit.answered &&
                            other.called_by &&
                            other.called_by < visit.waits_until;
      if (!overtook) continue;
      if (other.service == visit.service) {
        ++fairness.out_of_order;
      } else if (serves[other.counter].count(visit.service.value) != 0) {
        ++overtakes;
      }
    }
    fairness.most_overtakes = std::max(fairness.most_overtakes, overtakes);
  }
  return fairness;
}

}  // namespace madoguchi::replay
