#ifndef MADOGUCHI_CLIENTS_REPLAY_REPORT_H
#define MADOGUCHI_CLIENTS_REPLAY_REPORT_H

#include "clients/replay/case_report.h"
#include "clients/replay/day.h"
#include "clients/replay/ledger.h"
#include "clients/replay/pace.h"
#include "clients/replay/visit_plan.h"
#include "services/office/office.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What a replay ended with. Nothing in it is counted twice from one source:
/// `visits` are the answers to the replay's own calls, `tickets` what the
/// servers list at the end.
struct Outcome {
  Day const& day;
  Office const& office;
  std::vector<VisitPlan> plans = {};
  std::vector<Visit> visits = {};
  /// Every ticket of the business day, also those of others.
  std::vector<ticketing::v1::Ticket> tickets = {};
  Pace::Lag lag = {};
  double factor = 1;
  std::size_t servers = 1;
  std::uint64_t seed = 0;
  std::vector<std::string> problems = {};
  /// Empty if the day was played without renewal.
  Cases cases = {};
};

/// The waits of those who were called, first call minus arrival.
struct Waits {
  int called = 0;
  double median_minutes = 0;
  double p90_minutes = 0;
  double max_minutes = 0;
};

/// Nearest rank: each figure is the wait of somebody.
Waits SummariseWaits(std::vector<std::chrono::milliseconds> waits);

/// Whether the day adds up:
/// issued = completed + absent + cancelled + left, with `left` counted by what
/// the servers list as WAITING, CALLED or SERVING and the other three by what
/// the replay was answered; and no ticket is told differently by the two.
/// Returns what does not fit, one line each; empty if all does.
std::vector<std::string> FindContradictions(Outcome const& outcome);

/// The report for people, in plain text.
std::string FormatReport(Outcome const& outcome);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_REPORT_H
