#ifndef MADOGUCHI_CLIENTS_REPLAY_CASE_REPORT_H
#define MADOGUCHI_CLIENTS_REPLAY_CASE_REPORT_H

#include "clients/replay/case_ledger.h"
#include "madoguchi/renewal/v1/renewal.pb.h"
#include <map>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What came of the cases of a day.
struct Cases {
  /// One for each visitor, in the order of the day file.
  std::vector<CaseRecord> records;
  std::map<renewal::v1::Step, StepTime> steps;
};

/// What the cases of a day say in figures.
struct CaseFigures {
  /// How many ended with each result, by its name.
  std::map<std::string, int> results;
  /// Began and did not end.
  int open = 0;
  /// Learned before taking a number that it cannot be today.
  int told_at_kiosk = 0;
  /// Of them: because the national system was away (C-03).
  int told_of_outage = 0;
  /// Waited, and went without certificates though nothing was refused.
  int wasted = 0;
  /// Cases that waited for the national system, and what they lost by it.
  int parked = 0;
  double lost_minutes = 0;
  double longest_minutes = 0;
};

CaseFigures SummariseCases(Cases const& cases);

/// The part of the report about cases; empty if there are none.
std::string FormatCases(Cases const& cases);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CASE_REPORT_H
