#include "tests/robustness/checker.h"
#include <map>
#include <string>

namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;

// Those who left `from` for `to`, and those who came the same way.
void CheckWay(std::vector<LogEntry> const& from_log, std::string const& from,
              std::vector<LogEntry> const& to_log, std::string const& to,
              std::vector<Violation>& violations) {
  std::map<std::string, LogEntry const*> left;
  for (auto const& entry : from_log) {
    if (entry.kind == EventKind::kTicketMoved && entry.reason == to) {
      left["offices/" + from + "/tickets/" + entry.ticket->id] = &entry;
    }
  }
  for (auto const& entry : to_log) {
    if (entry.kind != EventKind::kTicketArrived || entry.reason != from) {
      continue;
    }
    auto const at = left.find(entry.moved_from);
    if (at == left.end()) {
      violations.push_back(
          {Fault::kHalfMoved, entry.ticket->id + " came to " + to + " from " +
                                  entry.moved_from +
                                  ", which did not leave, or twice"});
      continue;
    }
    // Whoever goes to the end ranks by the clock, which is later.
    if (entry.rank < at->second->rank) {
      violations.push_back(
          {Fault::kPlaceChanged, entry.ticket->id + " ranks better at " + to +
                                     " than it did at " + from});
    }
    left.erase(at);
  }
  for (auto const& [name, entry] : left) {
    violations.push_back(
        {Fault::kHalfMoved, name + " left for " + to + " and did not arrive"});
  }
}

}  // namespace

std::vector<Violation> CheckMoves(std::vector<LogEntry> const& log,
                                  std::string const& office,
                                  std::vector<LogEntry> const& other_log,
                                  std::string const& other) {
  std::vector<Violation> violations;
  CheckWay(log, office, other_log, other, violations);
  CheckWay(other_log, other, log, office, violations);
  return violations;
}

}  // namespace madoguchi::robustness
