#ifndef MADOGUCHI_TESTS_ROBUSTNESS_QUEUE_RULES_H
#define MADOGUCHI_TESTS_ROBUSTNESS_QUEUE_RULES_H

#include "services/office/office.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/replayed.h"
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace madoguchi::robustness {

/// The queues of an office as far as its log has been played: each in order of
/// rank, and nobody overtaken more often than the office allows.
class QueueRules {
 public:
  using Report = std::function<void(Fault fault, std::string const& what)>;
  using Tickets = std::map<std::string, Seen>;

  QueueRules(Office const& office, Report report);

  /// Nobody waits.
  void Clear() { waiting_.clear(); }

  void Enter(Seen& seen);
  void Leave(Seen const& seen);

  /// A waiting ticket is called by turn to `counter`.
  void CheckTurn(Seen const& seen, std::string const& counter,
                 Tickets& tickets);

  /// Of whoever was overtaken most.
  std::size_t most_overtakers() const { return most_overtakers_; }

 private:
  void CheckOthers(Seen const& seen, CounterSettings const& counter,
                   Tickets& tickets);
  void Overtake(Seen& waiting, Seen const& by);

  // Where a ticket waits: by rank, equals by id.
  using Place = std::pair<std::int64_t, std::string>;

  Office const& office_;
  Report const report_;
  std::map<std::string, std::set<Place>> waiting_;
  std::size_t most_overtakers_ = 0;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_QUEUE_RULES_H
