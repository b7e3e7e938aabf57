#ifndef MADOGUCHI_CLIENTS_REPLAY_FAIRNESS_H
#define MADOGUCHI_CLIENTS_REPLAY_FAIRNESS_H

#include "clients/replay/ledger.h"
#include "services/office/office.h"
#include <vector>

namespace madoguchi::replay {

/// How fairly the visitors of a day were called.
struct Fairness {
  /// The most visitors of other services who came after one visitor and were
  /// called before, by counters that also serve that visitor.
  int most_overtakes = 0;
  /// Pairs of one service called in the wrong order.
  int out_of_order = 0;
};

/// Judges the order of calls from outside. Counts only what is certain: one
/// visitor came after another if they pressed the button when the other had the
/// number in hand, and was called before if that call was answered when nobody
/// had yet pressed for the other. Times that the servers wrote would not do:
/// those of two servers cross.
Fairness JudgeOrder(std::vector<Visit> const& visits, Office const& office);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_FAIRNESS_H
