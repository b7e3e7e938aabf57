#ifndef MADOGUCHI_CLIENTS_REPLAY_WAITING_CHART_H
#define MADOGUCHI_CLIENTS_REPLAY_WAITING_CHART_H

#include "clients/replay/ledger.h"
#include "services/office/office.h"
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::replay {

/// How many waited from a point in time on.
using WaitingSteps = std::vector<std::pair<Timestamp, int>>;

/// The people waiting over the day, as the servers count them: from arrival to
/// the first call or the cancellation. Whoever left without a word counts until
/// the call that nobody came to.
WaitingSteps CountWaiting(std::vector<Visit> const& visits);

struct MeanWaiting {
  Timestamp begin;
  double waiting = 0;
};

/// How many waited on average in each `bin`, from the one of the first step to
/// that of the last. Bins begin at round times.
std::vector<MeanWaiting> AverageWaiting(WaitingSteps const& steps,
                                        std::chrono::minutes bin);

/// Draws an SVG of the people waiting over the day: all of them, and a line for
/// each service, as means of five minutes. Of more than seven lines the
/// smallest become one.
std::string DrawWaitingChart(std::vector<Visit> const& visits,
                             Office const& office, std::string const& date);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_WAITING_CHART_H
