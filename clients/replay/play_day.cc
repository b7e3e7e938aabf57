#include "clients/replay/play_day.h"
#include "clients/replay/clerk.h"
#include "clients/replay/visitors.h"
#include "clients/sdk/office_watch.h"
#include "services/base/status_macros.h"
#include "absl/strings/str_cat.h"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>

namespace madoguchi::replay {
namespace {

/// Servers may still be starting.
constexpr std::chrono::seconds kFirstAnswer{30};

/// Clocks of two processes of one machine agree much better; those of two
/// machines as well as servers agree with Redis before they are ready. On top
/// comes the time that an update was on its way.
constexpr std::chrono::seconds kClocksApart{3};

constexpr std::chrono::milliseconds kProgressEvery{200};

constexpr int kPageSize = 500;

/// Keeps the shifts of the counters chosen.
Day WithCounters(Day day, std::vector<CounterId> const& counters) {
  if (counters.empty()) return day;
  std::erase_if(day.shifts, [&counters](Shift const& shift) {
    return std::find(counters.begin(), counters.end(), shift.counter) ==
           counters.end();
  });
  return day;
}

absl::Status CheckClock(HallBoard& board, Pace const& pace,
                        Office const& office) {
  auto const update = board.AwaitFirstUpdate(kFirstAnswer);
  if (!update) {
    return absl::UnavailableError(absl::StrCat(
        "No server tells how office ", office.id.value, " is: ",
        board.why_lost().empty() ? "no answer" : board.why_lost(), "."));
  }
  auto const theirs = FromProto(update->office_time());
  auto const ours = pace.Now();
  auto const apart =
      static_cast<double>(std::abs((theirs - ours).count())) / pace.factor();
  if (apart <=
      static_cast<double>(std::chrono::milliseconds(kClocksApart).count())) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "The servers' clock shows ", WallClock(office, theirs), " and this one ",
      WallClock(office, ours), " (", static_cast<std::int64_t>(apart / 1000),
      " s apart): give all of them the same --clock_scale."));
}

absl::StatusOr<std::vector<ticketing::v1::Ticket>> ListAllTickets(
    sdk::TicketingClient& client, Office const& office) {
  std::vector<ticketing::v1::Ticket> tickets;
  ticketing::v1::ListTicketsRequest request;
  request.set_office(absl::StrCat("offices/", office.id.value));
  request.set_page_size(kPageSize);
  do {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const page, client.ListTickets(request));
    tickets.insert(tickets.end(), page.tickets().begin(), page.tickets().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return tickets;
}

/// The clerks of a day, each on a thread of their own: there are at most some
/// dozens, and each does one thing at a time.
class Staff {
 public:
  Staff(Hall const& hall, Day const& day, std::uint64_t seed) {
    for (auto const& counter : hall.office.counters) {
      std::vector<Clerk::Shift> shifts;
      for (auto const& shift : day.shifts) {
        if (shift.counter != counter.id) continue;
        shifts.push_back({PointInTime(day, hall.office, shift.from),
                          PointInTime(day, hall.office, shift.to)});
      }
      if (shifts.empty()) continue;
      clerks_.push_back(std::make_unique<Clerk>(hall, counter, shifts, seed));
    }
    at_work_ = static_cast<int>(clerks_.size());
    for (auto const& clerk : clerks_) {
      threads_.emplace_back([this, &clerk = *clerk] {
        clerk.Work();
        --at_work_;
      });
    }
  }
  /// Waits until all have gone home.
  ~Staff() {
    for (auto& thread : threads_) thread.join();
  }
  Staff(Staff const&) = delete;
  Staff& operator=(Staff const&) = delete;

  bool AllGoneHome() const { return at_work_ == 0; }

 private:
  std::vector<std::unique_ptr<Clerk>> clerks_;
  std::atomic<int> at_work_{0};
  std::vector<std::thread> threads_;
};

sdk::ClientOptions OptionsFor(std::vector<std::string> const& targets,
                              std::string const& token) {
  sdk::ClientOptions client_options;
  client_options.targets = targets;
  client_options.token = token;
  return client_options;
}

/// Renewal, as the hall knows it.
struct RenewalRoom {
  RenewalRoom(PlayOptions const& options, Office const& office,
              std::vector<CaseKind> const& kinds, Pace& pace)
      : client(OptionsFor(options.renewal_targets, options.token)),
        terminal(options.authority_target, pace),
        upstream(options.renewal_targets,
                 absl::StrCat("offices/", office.id.value)),
        cases(kinds),
        parts{client, terminal, upstream, cases, pace} {}

  sdk::RenewalClient client;
  NationalTerminal terminal;
  UpstreamBoard upstream;
  CaseLedger cases;
  RenewalDeskParts const parts;
};

/// Null if the day is played without renewal.
std::unique_ptr<RenewalRoom> JoinRenewal(PlayOptions const& options,
                                         Office const& office,
                                         std::vector<VisitPlan> const& plans,
                                         Pace& pace) {
  if (options.renewal_targets.empty()) return nullptr;
  std::vector<CaseKind> kinds;
  for (auto const& plan : plans) kinds.push_back(plan.case_kind);
  return std::make_unique<RenewalRoom>(options, office, kinds, pace);
}

/// Blocks until the day is over.
void AwaitEnd(Hall const& hall, Staff const& staff, Progress& progress) {
  while (true) {
    bool const all_final = hall.ledger.AwaitAllFinal(
        std::chrono::system_clock::now() + kProgressEvery);
    auto const tally = hall.ledger.Count();
    progress.Show(hall.pace.Now(), tally);
    // Whoever comes after the last shift is issued a number all the same.
    if (all_final || (staff.AllGoneHome() && tally.coming == 0)) return;
  }
}

}  // namespace

ScaledClock::Scale StartScale(Day const& day, Office const& office,
                              double factor, std::chrono::seconds lead) {
  auto first = day.arrivals.front().time;
  for (auto const& shift : day.shifts) first = std::min(first, shift.from);
  ScaledClock::Scale scale;
  scale.factor = factor;
  scale.office_start =
      PointInTime(day, office, first) - std::chrono::minutes(1);
  scale.machine_start = SystemClock().Now() + lead;
  return scale;
}

absl::StatusOr<Outcome> PlayDay(Day const& whole_day, Office const& office,
                                PlayOptions const& options) {
  Day const day = WithCounters(whole_day, options.counters);
  MADOGUCHI_RETURN_IF_ERROR(CheckDay(day, office));
  auto plans = PlanVisits(day, office, options.seed, options.cancel_share,
                          options.kiosk_share);

  auto const client_options = OptionsFor(options.targets, options.token);
  sdk::TicketingClient client(client_options);
  Pace pace(options.scale);
  Ledger ledger(plans);
  HallBoard board;
  Problems problems;
  auto const renewal = JoinRenewal(options, office, plans, pace);
  Hall const hall{office,
                  plans,
                  client,
                  pace,
                  ledger,
                  board,
                  problems,
                  options.with_people,
                  renewal == nullptr ? nullptr : &renewal->parts};
  sdk::OfficeWatch const watch(
      client_options, absl::StrCat("offices/", office.id.value), 0,
      [&board](auto const& update) { board.OnUpdate(update); },
      [&board](absl::Status const& status) {
        if (!status.ok()) board.OnLost(std::string(status.message()));
      });
  MADOGUCHI_RETURN_IF_ERROR(CheckClock(board, pace, office));

  {
    Progress progress(office, options.progress);
    Visitors const visitors(hall);
    Staff const staff(hall, day, options.seed);
    AwaitEnd(hall, staff, progress);
    pace.EndDay();
    board.EndDay();
  }

  auto tickets = ListAllTickets(client, office);
  if (!tickets.ok()) problems.Add("list of tickets", tickets.status());
  Outcome outcome{whole_day, office, std::move(plans)};
  outcome.visits = ledger.Visits();
  if (tickets.ok()) outcome.tickets = *std::move(tickets);
  outcome.lag = pace.lag();
  outcome.factor = options.scale.factor;
  outcome.servers = options.targets.size();
  outcome.seed = options.seed;
  outcome.problems = problems.all();
  if (renewal != nullptr) {
    outcome.cases = {renewal->cases.Records(), renewal->cases.StepTimes()};
  }
  return outcome;
}

}  // namespace madoguchi::replay
