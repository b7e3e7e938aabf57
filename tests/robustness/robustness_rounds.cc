// Rounds of people in a hall whose servers are killed, and their judgement.
// README.md says how to read what it prints. Exit code: 0 if every round
// passed, or, with --expect_loss, if at least one lost what was acknowledged;
// 1 if not; 2 if a round could not be run.
#include "services/office/settings.h"
#include "tests/robustness/failover.h"
#include "tests/robustness/rounds.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include <cstdio>
#include <string>

ABSL_FLAG(std::string, mode, "kill-replica",
          "What strikes: calm, kill-replica, freeze-replica, kill-redis, "
          "power-cut, day-change; or failover, which only measures.");
ABSL_FLAG(int, rounds, 10, "How many rounds, each in a house of its own.");
ABSL_FLAG(int, strikes, 1, "How often it strikes in a round.");
ABSL_FLAG(std::string, appendfsync, "always",
          "Redis' setting: always or everysec.");
ABSL_FLAG(bool, expect_loss, false,
          "Pass if at least one round lost acknowledged operations.");
ABSL_FLAG(std::uint64_t, seed, 1, "Of the first round; the next has one more.");
ABSL_FLAG(int, counters, 64, "How many counters work, at most 64.");
ABSL_FLAG(int, ticket_machines, 8, "How many ticket machines issue.");
ABSL_FLAG(int, waiting, 300, "How many wait.");
ABSL_FLAG(int, tickets, 900, "How many numbers are issued in a round.");
ABSL_FLAG(int, limit_seconds, 120, "How long a round may take.");
ABSL_FLAG(std::string, settings, "tests/robustness/robustness.textproto",
          "The hall's settings.");
ABSL_FLAG(std::string, ticketing, MADOGUCHI_TICKETING, "The server's program.");
ABSL_FLAG(std::string, shim, MADOGUCHI_FDATASYNC_SHIM,
          "The library of fdatasync_shim.cc.");
ABSL_FLAG(std::string, record, "",
          "Where the records of failing rounds go: a path without its end.");

namespace madoguchi::robustness {
namespace {

absl::StatusOr<Strike> StrikeOf(std::string const& mode) {
  if (mode == "calm") return Strike::kNone;
  if (mode == "kill-replica") return Strike::kKillReplica;
  if (mode == "freeze-replica") return Strike::kFreezeReplica;
  if (mode == "kill-redis") return Strike::kKillRedis;
  if (mode == "power-cut") return Strike::kPowerCut;
  // At the change of day, whatever the seed gives.
  if (mode == "day-change") return Strike::kNone;
  return absl::InvalidArgumentError(
      "--mode is calm, kill-replica, freeze-replica, kill-redis, power-cut, "
      "day-change or failover.");
}

RoundOptions OptionsOf(Strike strike, int number) {
  RoundOptions options;
  options.strike = strike;
  options.strikes = absl::GetFlag(FLAGS_strikes);
  options.house.ticketing = absl::GetFlag(FLAGS_ticketing);
  options.house.shim = absl::GetFlag(FLAGS_shim);
  options.house.settings = absl::GetFlag(FLAGS_settings);
  options.house.appendfsync = absl::GetFlag(FLAGS_appendfsync);
  options.load.seed =
      absl::GetFlag(FLAGS_seed) + static_cast<std::uint64_t>(number);
  options.load.counters = absl::GetFlag(FLAGS_counters);
  options.load.ticket_machines = absl::GetFlag(FLAGS_ticket_machines);
  options.load.waiting = absl::GetFlag(FLAGS_waiting);
  options.load.tickets = absl::GetFlag(FLAGS_tickets);
  options.load.limit = std::chrono::seconds(absl::GetFlag(FLAGS_limit_seconds));
  if (absl::GetFlag(FLAGS_mode) == "day-change") OpenBeforeDayChange(options);
  auto const record = absl::GetFlag(FLAGS_record);
  if (!record.empty()) {
    options.record_path =
        record + "-" + std::to_string(options.load.seed) + ".txt";
  }
  return options;
}

int Fail(absl::Status const& status) {
  std::fprintf(stderr, "robustness_rounds: %s\n", status.ToString().c_str());
  return 2;
}

int Main() {
  auto const city = ReadCity(absl::GetFlag(FLAGS_settings));
  if (!city.ok()) return Fail(city.status());
  auto const& office = city->offices.front();
  auto const mode = absl::GetFlag(FLAGS_mode);
  if (mode == "failover") {
    auto const figures = MeasureFailover(
        office, OptionsOf(Strike::kNone, 0).house, FailoverOptions());
    if (!figures.ok()) return Fail(figures.status());
    std::fputs(figures->InWords().c_str(), stdout);
    return figures->Passed() ? 0 : 1;
  }
  auto const strike = StrikeOf(mode);
  if (!strike.ok()) return Fail(strike.status());

  std::printf("%s\n", HeadOfTable().c_str());
  int passed = 0;
  int lost = 0;
  std::int64_t acknowledged = 0;
  std::int64_t unanswered = 0;
  std::chrono::milliseconds slowest{0};
  int const rounds = absl::GetFlag(FLAGS_rounds);
  for (int i = 0; i != rounds; ++i) {
    auto const round = RunRound(*city, OptionsOf(*strike, i));
    if (!round.ok()) return Fail(round.status());
    std::printf("%s\n%s", RowOf(*round).c_str(),
                InWords(round->violations, 5).c_str());
    std::fflush(stdout);
    if (round->Passed()) ++passed;
    if (CountOf(round->violations, Fault::kLost) > 0) ++lost;
    acknowledged += round->acknowledged;
    unanswered += round->unanswered;
    for (auto const time : round->to_next_call) {
      slowest = std::max(slowest, time);
    }
  }
  std::printf(
      "%s, appendfsync %s: %d of %d rounds passed, %d lost acknowledged "
      "operations; %lld operations acknowledged, %lld never answered; at most "
      "%lld ms from a kill to the next call\n",
      mode.c_str(), absl::GetFlag(FLAGS_appendfsync).c_str(), passed, rounds,
      lost, static_cast<long long>(acknowledged),
      static_cast<long long>(unanswered),
      static_cast<long long>(slowest.count()));
  bool const good =
      absl::GetFlag(FLAGS_expect_loss) ? lost > 0 : passed == rounds;
  return good ? 0 : 1;
}

}  // namespace
}  // namespace madoguchi::robustness

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Kills servers while a hall is busy, and judges what came of it.");
  absl::ParseCommandLine(argc, argv);
  return madoguchi::robustness::Main();
}
