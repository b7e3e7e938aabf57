#include "clients/replay/report.h"
#include "clients/replay/fairness.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace madoguchi::replay {
namespace {

using Ticket = ticketing::v1::Ticket;
using State = Visit::State;

/// When nothing fits, the first lines say why; thousands more do not help.
constexpr std::size_t kMostShown = 20;

double Minutes(std::chrono::milliseconds time) {
  return static_cast<double>(time.count()) / 60'000;
}

bool IsLive(Ticket::State state) {
  return state == Ticket::WAITING || state == Ticket::CALLED ||
         state == Ticket::SERVING || state == Ticket::ON_HOLD;
}

/// Whether the servers may say `ticket` of what the replay knows as `visit`.
bool Agrees(State visit, Ticket::State ticket) {
  switch (visit) {
    case State::kCompleted:
      return ticket == Ticket::COMPLETED;
    case State::kAbsent:
      // The office may give up on them before the day ends.
      return ticket == Ticket::ABSENT || ticket == Ticket::EXPIRED;
    case State::kCancelled:
      return ticket == Ticket::CANCELLED;
    default:
      return IsLive(ticket);
  }
}

std::set<std::string> OwnTickets(Outcome const& outcome) {
  std::set<std::string> own;
  for (auto const& visit : outcome.visits) {
    if (!visit.ticket.empty()) own.insert(visit.ticket);
  }
  return own;
}

/// How many of the replay's tickets the servers list as live.
int CountLeft(Outcome const& outcome) {
  auto const own = OwnTickets(outcome);
  return static_cast<int>(std::count_if(
      outcome.tickets.begin(), outcome.tickets.end(), [&](Ticket const& t) {
        return IsLive(t.state()) && own.count(t.name()) != 0;
      }));
}

struct ServiceRow {
  int issued = 0;
  int completed = 0;
  std::vector<std::chrono::milliseconds> waits;
  std::chrono::milliseconds served{0};
};

std::string FormatRow(std::string const& name, ServiceRow const& row) {
  auto const waits = SummariseWaits(row.waits);
  double const mean =
      row.completed == 0 ? 0 : Minutes(row.served) / row.completed;
  return absl::StrFormat("%-24s %7d %7d %9d %8.1f %8.1f %8.1f %10.1f\n", name,
                         row.issued, waits.called, row.completed,
                         waits.median_minutes, waits.p90_minutes,
                         waits.max_minutes, mean);
}

std::string FormatServices(Outcome const& outcome) {
  std::map<std::string, ServiceRow> rows;
  ServiceRow all;
  for (auto const& visit : outcome.visits) {
    for (auto* row : {&rows[visit.service.value], &all}) {
      if (visit.arrival) ++row->issued;
      if (visit.call) row->waits.push_back(*visit.call - *visit.arrival);
      if (visit.state == State::kCompleted && visit.serving_start) {
        ++row->completed;
        row->served += *visit.end - *visit.serving_start;
      }
    }
  }
  std::string text = absl::StrFormat("%-24s %7s %7s %9s %8s %8s %8s %10s\n",
                                     "service", "issued", "called", "completed",
                                     "median", "P90", "max", "served");
  for (auto const& service : outcome.office.services) {
    auto const row = rows.find(service.id.value);
    if (row == rows.end()) continue;
    absl::StrAppend(&text, FormatRow(row->first, row->second));
  }
  return text + FormatRow("all", all);
}

std::string FormatServiceMinutes(Outcome const& outcome) {
  auto const given = std::count_if(
      outcome.plans.begin(), outcome.plans.end(),
      [](VisitPlan const& plan) { return plan.service_time_given; });
  auto const drawn = static_cast<std::ptrdiff_t>(outcome.plans.size()) - given;
  std::string const rest =
      drawn == 0 ? ""
                 : absl::StrCat(" ", drawn,
                                " were drawn around the minutes that the "
                                "settings expect.");
  switch (outcome.day.service_minutes) {
    case ServiceMinutes::kMeasured:
      return absl::StrCat("Service minutes: from the log for ", given,
                          " visitors.", rest, "\n");
    case ServiceMinutes::kAssumed:
      return absl::StrCat(
          "Service minutes: ASSUMED, for the log does not hold them.", rest,
          "\nThese waits are not comparable with the real ones of that day.\n");
    case ServiceMinutes::kInvented:
      return absl::StrCat("Service minutes: invented, as is the day.", rest,
                          "\n");
  }
  return "";
}

std::string FormatFairness(Outcome const& outcome) {
  auto const fairness = JudgeOrder(outcome.visits, outcome.office);
  return absl::StrFormat(
      "Order of calls: inside a service %d out of order; one visitor was "
      "overtaken by other services at least %d times (limit %d).\n",
      fairness.out_of_order, fairness.most_overtakes,
      outcome.office.call_policy.overtaking_limit);
}

std::string FormatLag(Outcome const& outcome) {
  auto const late = outcome.lag.latest.count();
  return absl::StrFormat(
      "Keeping up: %d calls answered, the slowest in %d ms; the latest step "
      "began %d ms late, which is %.1f s on the office's clock.\n",
      outcome.lag.answers, outcome.lag.slowest_answer.count(), late,
      static_cast<double>(late) * outcome.factor / 1000);
}

}  // namespace

Waits SummariseWaits(std::vector<std::chrono::milliseconds> waits) {
  if (waits.empty()) return {};
  std::sort(waits.begin(), waits.end());
  auto const at = [&waits](double share) {
    auto const rank = static_cast<std::size_t>(
        std::ceil(share * static_cast<double>(waits.size())));
    return Minutes(waits[std::max<std::size_t>(rank, 1) - 1]);
  };
  return {static_cast<int>(waits.size()), at(0.5), at(0.9), at(1)};
}

std::vector<std::string> FindContradictions(Outcome const& outcome) {
  std::vector<std::string> found;
  std::map<std::string, Ticket::State> listed;
  for (auto const& ticket : outcome.tickets) {
    if (!listed.emplace(ticket.name(), ticket.state()).second) {
      found.push_back(ticket.name() + " is listed twice.");
    }
  }
  std::set<std::string> seen;
  for (auto const& visit : outcome.visits) {
    if (visit.ticket.empty()) continue;
    if (!seen.insert(visit.ticket).second) {
      found.push_back(visit.ticket + " was issued twice.");
    }
    auto const ticket = listed.find(visit.ticket);
    if (ticket == listed.end()) {
      found.push_back(visit.ticket + " was issued and is not listed.");
    } else if (!Agrees(visit.state, ticket->second)) {
      found.push_back(absl::StrCat(visit.ticket, " is listed as ",
                                   Ticket::State_Name(ticket->second),
                                   ", which is not what the replay was "
                                   "answered."));
    }
  }
  auto const tally = CountVisits(outcome.visits);
  int const left = CountLeft(outcome);
  if (tally.issued != tally.completed + tally.absent + tally.cancelled + left) {
    found.push_back(absl::StrFormat(
        "%d issued are not %d completed, %d absent, %d cancelled and %d left.",
        tally.issued, tally.completed, tally.absent, tally.cancelled, left));
  }
  if (tally.coming != 0) {
    found.push_back(absl::StrCat(tally.coming, " visitors never came."));
  }
  return found;
}

std::string FormatReport(Outcome const& outcome) {
  auto const tally = CountVisits(outcome.visits);
  int const left = CountLeft(outcome);
  auto const others = outcome.tickets.size() - OwnTickets(outcome).size();
  auto const contradictions = FindContradictions(outcome);
  std::string text = absl::StrFormat(
      "Replay of %s, office %s (%s)\nSource: %s\n"
      "Speed %g, ticketing servers %d, seed %d\n\n",
      outcome.day.date, outcome.office.id.value, outcome.office.display_name.ja,
      outcome.day.source, outcome.factor, outcome.servers, outcome.seed);
  absl::StrAppendFormat(
      &text,
      "visitors of the day file %7d\n  refused a number       %7d\n"
      "  issued                 %7d\n    completed            %7d\n"
      "    absent               %7d   called, and did not come\n"
      "    cancelled            %7d   gave the number back\n"
      "    left                 %7d   still in the queue at the end\n",
      outcome.visits.size(), tally.refused, tally.issued, tally.completed,
      tally.absent, tally.cancelled, left);
  if (tally.told_at_kiosk != 0) {
    absl::StrAppendFormat(&text,
                          "  told at the kiosk      %7d   nothing to wait for "
                          "today; took no number\n",
                          tally.told_at_kiosk);
  }
  if (outcome.tickets.size() > OwnTickets(outcome).size()) {
    absl::StrAppendFormat(&text, "tickets of others        %7d\n", others);
  }
  if (contradictions.empty()) {
    absl::StrAppendFormat(
        &text, "Adds up: %d = %d + %d + %d + %d; the servers list the same.\n",
        tally.issued, tally.completed, tally.absent, tally.cancelled, left);
  } else {
    absl::StrAppend(&text, "DOES NOT ADD UP:\n");
    auto const shown = std::min(contradictions.size(), kMostShown);
    for (std::size_t i = 0; i != shown; ++i) {
      absl::StrAppend(&text, "  ", contradictions[i], "\n");
    }
    if (contradictions.size() > shown) {
      absl::StrAppend(&text, "  and ", contradictions.size() - shown,
                      " more\n");
    }
  }
  absl::StrAppend(&text,
                  "\nWaits from the ticket to its first call and time served, "
                  "in minutes of office time\n",
                  FormatServices(outcome), FormatServiceMinutes(outcome),
                  FormatFairness(outcome), FormatLag(outcome));
  absl::StrAppend(&text, FormatCases(outcome.cases));
  for (auto const& problem : outcome.problems) {
    absl::StrAppend(&text, "Problem: ", problem, "\n");
  }
  return text;
}

}  // namespace madoguchi::replay
