#include "clients/replay/convert/bank.h"
#include "clients/replay/csv.h"
#include "services/base/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace madoguchi::replay {
namespace {

constexpr int kEndOfDay = 24 * 60 * 60;

/// When the business day begins: the centre closes at midnight, and its last
/// calls still belong to the day before.
constexpr int kCutOverHour = 4;

/// One row of the log that is of the day wanted. Seconds after midnight; 0 is
/// "did not happen".
struct CallRow {
  std::string type;
  int vru_exit = 0;
  int q_start = 0;
  int q_time = 0;
  std::string outcome;
  int ser_start = 0;
  int ser_exit = 0;
  int ser_time = 0;
  std::string server;
};

struct Agent {
  int from = kEndOfDay;
  int to = 0;
  std::set<std::string> types;
};

struct Type {
  double served_seconds = 0;
  int served = 0;
};

struct Name {
  char const* type;
  char const* ja;
  char const* en;
};

// As the owners of the data explain the types.
constexpr Name kNames[] = {
    {"PS", "通常の取引", "Regular activity"},
    {"PE", "通常の取引(英語)", "Regular activity in English"},
    {"IN", "インターネットの相談", "Internet consulting"},
    {"NE", "証券取引", "Stock exchange activity"},
    {"NW", "口座をお持ちでない方", "Information for new customers"},
    {"TT", "折り返しの電話", "Call back on a message"},
};

void SetTypeName(std::string const& type, office::v1::Text& text) {
  for (auto const& name : kNames) {
    if (type == name.type) return SetText(text, name.ja, name.en);
  }
  SetText(text, type);
}

absl::Status ReadCalls(BankOptions const& options,
                       std::vector<CallRow>& calls) {
  return ForEachRow(options.log,
                    {"date", "type", "outcome", "server", "vru_exit", "q_start",
                     "q_time", "ser_start", "ser_exit", "ser_time"},
                    [&](std::vector<std::string> const& row) {
                      if (row[0] != options.date) return absl::OkStatus();
                      CallRow call;
                      call.type = row[1];
                      call.outcome = row[2];
                      call.server = row[3];
                      int* const numbers[] = {&call.vru_exit, &call.q_start,
                                              &call.q_time,   &call.ser_start,
                                              &call.ser_exit, &call.ser_time};
                      for (std::size_t i = 0; i != std::size(numbers); ++i) {
                        if (!absl::SimpleAtoi(row[4 + i], numbers[i])) {
                          return absl::InvalidArgumentError(absl::StrCat(
                              "\"", row[4 + i], "\" is not a number."));
                        }
                      }
                      calls.push_back(std::move(call));
                      return absl::OkStatus();
                    });
}

std::string Lower(std::string const& text) {
  return absl::AsciiStrToLower(text);
}

/// What was left out, and how often.
struct LeftOut {
  int phantom = 0;
  int before_queue = 0;
  int other_day = 0;
  int agentless = 0;
};

/// Turns a call into a visitor; absent if it is to be left out.
std::optional<Arrival> ToArrival(CallRow const& call, LeftOut& left_out) {
  bool const served = call.outcome == "AGENT";
  if (!served && call.outcome != "HANG") {
    ++left_out.phantom;
    return std::nullopt;
  }
  if (!served && call.q_start == 0) {
    ++left_out.before_queue;
    return std::nullopt;
  }
  int const time = call.q_start != 0 ? call.q_start : call.vru_exit;
  if (time < kCutOverHour * 60 * 60 || time >= kEndOfDay) {
    ++left_out.other_day;
    return std::nullopt;
  }
  Arrival arrival;
  arrival.time = TimeOfDay(time);
  arrival.service = ServiceId{Lower(call.type)};
  if (served) {
    arrival.service_minutes = std::max(call.ser_time, 0) / 60.0;
  } else {
    arrival.leaves_after_minutes = std::max(call.q_time, 0) / 60.0;
  }
  return arrival;
}

void AddServices(std::map<std::string, Type> const& types,
                 office::v1::Office& office) {
  constexpr int kBand = 5000;
  int first = 1;
  for (auto const& [type, stats] : types) {
    auto& series = *office.add_series();
    series.set_id(Lower(type));
    series.set_first(first);
    series.set_size(kBand);
    first += kBand;
    auto& service = *office.add_services();
    service.set_id(Lower(type));
    SetTypeName(type, *service.mutable_display_name());
    service.set_series(Lower(type));
    double const mean =
        stats.served == 0 ? 3 : stats.served_seconds / 60 / stats.served;
    service.set_expected_minutes(
        std::clamp(static_cast<int>(std::lround(mean)), 1, 480));
    // Assumption: the bank published none.
    service.set_target_wait_minutes(2);
  }
}

void AddAgents(std::map<std::string, Agent> const& agents,
               std::map<std::string, Type> const& types,
               office::v1::Office& office, Day& day) {
  for (auto const& [name, agent] : agents) {
    auto& counter = *office.add_counters();
    counter.set_id(Lower(name));
    SetText(*counter.mutable_label(), absl::StrCat("係員 ", name),
            absl::StrCat("Agent ", name));
    for (auto const& type : agent.types) {
      counter.add_serves()->set_service(Lower(type));
    }
    // Whole minutes around the services, and an end inside the day.
    int const from = agent.from / 60 * 60;
    int const to = std::clamp((agent.to + 59) / 60 * 60, from + 60, kEndOfDay);
    day.shifts.push_back(
        {CounterId{Lower(name)}, TimeOfDay(from), TimeOfDay(to)});
  }
  // A type that no known agent served would have nobody to serve it here.
  for (auto const& [type, stats] : types) {
    bool const covered = std::any_of(agents.begin(), agents.end(),
                                     [&t = type](auto const& agent) {
                                       return agent.second.types.count(t) != 0;
                                     });
    if (covered) continue;
    for (auto& counter : *office.mutable_counters()) {
      counter.add_serves()->set_service(Lower(type));
    }
  }
}

}  // namespace

absl::StatusOr<Conversion> ConvertBank(BankOptions const& options) {
  std::vector<CallRow> calls;
  MADOGUCHI_RETURN_IF_ERROR(ReadCalls(options, calls));

  Conversion conversion;
  auto& day = conversion.day;
  std::map<std::string, Type> types;
  std::map<std::string, Agent> agents;
  LeftOut left_out;
  for (auto const& call : calls) {
    auto arrival = ToArrival(call, left_out);
    if (!arrival) continue;
    day.arrivals.push_back(*std::move(arrival));
    auto& type = types[call.type];
    if (call.outcome != "AGENT") continue;
    ++type.served;
    type.served_seconds += std::max(call.ser_time, 0);
    if (call.server.empty() || call.ser_start == 0) {
      ++left_out.agentless;
      continue;
    }
    auto& agent = agents[call.server];
    agent.from = std::min(agent.from, call.ser_start);
    agent.to = std::max(agent.to, call.ser_exit);
    agent.types.insert(call.type);
  }
  if (agents.empty()) {
    return absl::NotFoundError(absl::StrCat(
        options.log, " has nobody who was served on ", options.date, "."));
  }
  std::stable_sort(
      day.arrivals.begin(), day.arrivals.end(),
      [](Arrival const& a, Arrival const& b) { return a.time < b.time; });

  day.date = options.date;
  day.office = OfficeId{"callcentre"};
  day.source =
      "\"Anonymous Bank\" call centre, Technion SEELab, Ilan Guedj and Avi "
      "Mandelbaum (Brown et al., JASA 100, 2005, 36-50)";
  day.service_minutes = ServiceMinutes::kMeasured;
  // A call is put through at once.
  day.shortest_way = day.longest_way = std::chrono::seconds(0);
  day.notes = {
      "Who hung up gives up after as long as in the log; who was served would "
      "have waited for ever, which the log does not say.",
      "Shifts are the agents' first to last service; breaks are not in the "
      "log, and priorities are ignored."};

  auto& city = conversion.settings;
  city.set_id("bank");
  SetText(*city.mutable_display_name(), "ある銀行", "A bank");
  auto& office = *city.add_offices();
  office.set_id(day.office.value);
  SetText(*office.mutable_display_name(), "コールセンター", "Call centre");
  office.set_time_zone("Asia/Jerusalem");
  office.set_cut_over_hour(kCutOverHour);
  AddServices(types, office);
  AddAgents(agents, types, office, day);
  auto& policy = *office.mutable_call_policy();
  policy.set_max_recalls(0);
  policy.set_overtaking_limit(3);

  conversion.remarks = {
      absl::StrCat(left_out.phantom, " phantom calls left out."),
      absl::StrCat(left_out.before_queue,
                   " calls left out that were hung up before the queue."),
      absl::StrCat(left_out.other_day,
                   " calls left out that came between midnight and 4:00."),
      absl::StrCat(left_out.agentless,
                   " calls served by an agent that the log does not name; "
                   "they come all the same.")};
  return conversion;
}

}  // namespace madoguchi::replay
