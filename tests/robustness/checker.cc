#include "tests/robustness/checker.h"
#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

namespace madoguchi::robustness {
namespace {

constexpr std::array<std::pair<Fault, std::string_view>, 25> kNames = {{
    {Fault::kTwoAtOnce, "TWO_AT_ONCE"},
    {Fault::kCalledTwice, "CALLED_TWICE"},
    {Fault::kImpossibleStep, "IMPOSSIBLE_STEP"},
    {Fault::kSkipped, "SKIPPED"},
    {Fault::kOvertaken, "OVERTAKEN"},
    {Fault::kPlaceChanged, "PLACE_CHANGED"},
    {Fault::kNotDue, "NOT_DUE"},
    {Fault::kNeverFired, "NEVER_FIRED"},
    {Fault::kUndoneWrongly, "UNDONE_WRONGLY"},
    {Fault::kLeftBehind, "LEFT_BEHIND"},
    {Fault::kHalfMoved, "HALF_MOVED"},
    {Fault::kNumberTwice, "NUMBER_TWICE"},
    {Fault::kNumberOrder, "NUMBER_ORDER"},
    {Fault::kLogGap, "LOG_GAP"},
    {Fault::kLost, "LOST"},
    {Fault::kDoneTwice, "DONE_TWICE"},
    {Fault::kRefusedButDone, "REFUSED_BUT_DONE"},
    {Fault::kTwoAnswers, "TWO_ANSWERS"},
    {Fault::kSharedAnswer, "SHARED_ANSWER"},
    {Fault::kRealTime, "REAL_TIME"},
    {Fault::kFalseNobody, "FALSE_NOBODY"},
    {Fault::kStateDiffers, "STATE_DIFFERS"},
    {Fault::kWatchMissed, "WATCH_MISSED"},
    {Fault::kWatchRepeated, "WATCH_REPEATED"},
    {Fault::kWatchWrong, "WATCH_WRONG"},
}};

}  // namespace

std::string_view NameOf(Fault fault) {
  for (auto const& [each, name] : kNames) {
    if (each == fault) return name;
  }
  return "";
}

std::vector<Violation> CheckTickets(Record const& record) {
  std::vector<Violation> violations;
  if (!record.tickets) return violations;
  std::map<std::string, TicketFacts> logged;
  for (auto const& entry : record.log) {
    // Tickets of the day before are listed no more, but for those carried over.
    if (entry.kind == ticketing::EventKind::kDayOpened) logged.clear();
    if (!entry.ticket) continue;
    bool const swept = entry.reason == "DAY_ENDED";
    if (swept && entry.kind != ticketing::EventKind::kTicketCarriedOver) {
      continue;
    }
    logged[entry.ticket->id] = *entry.ticket;
  }
  for (auto const& ticket : *record.tickets) {
    auto const at = logged.find(ticket.id);
    if (at == logged.end()) {
      violations.push_back(
          {Fault::kStateDiffers, "ticket " + ticket.id + " is not in the log"});
      continue;
    }
    if (at->second != ticket) {
      violations.push_back({Fault::kStateDiffers,
                            "ticket " + ticket.id + " is stored with version " +
                                std::to_string(ticket.version) +
                                ", the log ends with " +
                                std::to_string(at->second.version)});
    }
    logged.erase(at);
  }
  for (auto const& [id, ticket] : logged) {
    violations.push_back(
        {Fault::kStateDiffers, "ticket " + id + " of the log is not stored"});
  }
  return violations;
}

std::vector<Violation> Check(Record const& record, Office const& office) {
  std::vector<Violation> all = CheckLog(record.log, office);
  for (auto part : {CheckRequests(record, office), CheckWatches(record),
                    CheckTickets(record)}) {
    std::move(part.begin(), part.end(), std::back_inserter(all));
  }
  return all;
}

std::int64_t CountOf(std::vector<Violation> const& violations, Fault fault) {
  return std::count_if(
      violations.begin(), violations.end(),
      [&](Violation const& violation) { return violation.fault == fault; });
}

std::string InWords(std::vector<Violation> const& violations,
                    std::size_t limit) {
  std::string words;
  for (std::size_t i = 0; i != violations.size(); ++i) {
    if (i == limit) {
      words +=
          "... and " + std::to_string(violations.size() - limit) + " more\n";
      break;
    }
    words += std::string(NameOf(violations[i].fault)) + ": " +
             violations[i].text + "\n";
  }
  return words;
}

}  // namespace madoguchi::robustness
