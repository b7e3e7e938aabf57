#include "tests/robustness/queue_rules.h"
#include <algorithm>

namespace madoguchi::robustness {

QueueRules::QueueRules(Office const& office, Report report)
    : office_(office), report_(std::move(report)) {}

void QueueRules::Enter(Seen& seen) {
  auto const service = ServiceOfQueue(seen.queue);
  if (!service.empty() && service != seen.facts.service) {
    report_(Fault::kImpossibleStep, "waits in the queue of another service");
  }
  seen.overtakers.clear();
  waiting_[seen.queue].emplace(seen.rank, seen.facts.id);
}

void QueueRules::Leave(Seen const& seen) {
  auto const queue = waiting_.find(seen.queue);
  if (queue == waiting_.end()) return;
  queue->second.erase({seen.rank, seen.facts.id});
  if (queue->second.empty()) waiting_.erase(queue);
}

void QueueRules::CheckTurn(Seen const& seen, std::string const& counter,
                           Tickets& tickets) {
  Place const place(seen.rank, seen.facts.id);
  auto const& queue = waiting_[seen.queue];
  if (!queue.empty() && *queue.begin() < place) {
    report_(Fault::kSkipped, "was called before " + queue.begin()->second);
  }
  auto const* const settings = office_.FindCounter({counter});
  if (settings == nullptr) {
    return report_(Fault::kImpossibleStep, "has an unknown counter");
  }
  // Those sent to this counter alone go before all, and overtake nobody.
  auto const own = waiting_.find("@" + counter);
  if (seen.queue == "@" + counter) return;
  if (seen.queue.starts_with('@')) {
    report_(Fault::kImpossibleStep, "waits for another counter");
  }
  if (own != waiting_.end() && !own->second.empty()) {
    report_(Fault::kSkipped, "was called before " +
                                 own->second.begin()->second +
                                 ", who waits for this counter alone");
  }
  CheckOthers(seen, *settings, tickets);
}

void QueueRules::CheckOthers(Seen const& seen, CounterSettings const& counter,
                             Tickets& tickets) {
  auto const serves = [&](std::string const& service) {
    return std::any_of(counter.serves.begin(), counter.serves.end(),
                       [&](ServedService const& each) {
                         return each.service.value == service;
                       });
  };
  if (!serves(seen.facts.service)) {
    report_(Fault::kImpossibleStep, "is of no service there");
  }
  for (auto const& [queue, places] : waiting_) {
    if (queue == seen.queue || !serves(ServiceOfQueue(queue))) continue;
    for (auto const& [rank, id] : places) {
      if (rank >= seen.rank) break;
      Overtake(tickets[id], seen);
    }
  }
}

void QueueRules::Overtake(Seen& waiting, Seen const& by) {
  auto const fresh = waiting.overtakers.emplace(by.facts.id, by.rank).second;
  auto const count = static_cast<std::size_t>(std::count_if(
      waiting.overtakers.begin(), waiting.overtakers.end(),
      [&](auto const& each) { return each.second > waiting.rank; }));
  most_overtakers_ = std::max(most_overtakers_, count);
  auto const limit =
      static_cast<std::size_t>(office_.call_policy.overtaking_limit);
  // Reported once for each that goes too far.
  if (fresh && count == limit + 1) {
    report_(Fault::kOvertaken, "overtook " + waiting.facts.id + ", which " +
                                   std::to_string(limit) + " had overtaken");
  }
}

}  // namespace madoguchi::robustness
