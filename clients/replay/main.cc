#include "clients/replay/day.h"
#include "clients/replay/play_day.h"
#include "clients/replay/rebuild.h"
#include "clients/replay/report.h"
#include "clients/replay/waiting_chart.h"
#include "clients/sdk/token.h"
#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include "services/office/settings.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

ABSL_FLAG(std::string, day, "", "The day file to play.");
ABSL_FLAG(std::string, settings, "", "The settings that the servers run with.");
ABSL_FLAG(std::string, office, "",
          "The office that plays the day; the one of the day file if empty.");
ABSL_FLAG(std::vector<std::string>, targets, {},
          "host:port of each ticketing server.");
ABSL_FLAG(std::string, token_file, "",
          "A file whose first line is the token of an operator; none if "
          "empty.");
ABSL_FLAG(std::string, clock_scale, "",
          "factor,office_start_ms,machine_start_ms: the clock of the servers.");
ABSL_FLAG(bool, print_clock, false,
          "Only prints the clock scale that starts the day soon.");
ABSL_FLAG(double, speed, 60, "How fast, for --print_clock.");
ABSL_FLAG(int, lead_seconds, 5,
          "How soon, for --print_clock: time for the servers to start.");
ABSL_FLAG(std::vector<std::string>, counters, {},
          "The counters to staff; all that the day has shifts for if empty.");
ABSL_FLAG(double, cancel_share, 0.5,
          "Of those who give up, how many give their number back.");
ABSL_FLAG(std::vector<std::string>, renewal, {},
          "host:port of each renewal server; certificates are an errand like "
          "any other if empty.");
ABSL_FLAG(std::string, authority, "",
          "host:port of the sandbox authority, which plays the national "
          "terminal; needed with --renewal.");
ABSL_FLAG(double, kiosk_share, 0.8,
          "Of those who come for certificates, how many answer the kiosk's "
          "questions.");
ABSL_FLAG(std::uint64_t, seed, 1, "Decides what the day file leaves open.");
ABSL_FLAG(std::string, svg, "", "Where to draw the people waiting.");
ABSL_FLAG(std::string, report, "", "Where to write the report as well.");
ABSL_FLAG(bool, rebuild, false,
          "Plays nothing: rebuilds --office from its log and compares it with "
          "what the servers list.");
ABSL_FLAG(bool, with_people, false,
          "People work beside the replay: clerks leave a counter to whoever "
          "takes it, and there is no report, for it would not add up.");
ABSL_FLAG(bool, quiet, false, "Shows no progress.");

namespace madoguchi::replay {
namespace {

/// What the program answers to its caller.
enum ExitCode { kGood = 0, kBadDay = 1, kCannotStart = 2 };

int CannotStart(absl::Status const& status) {
  std::fprintf(stderr, "replay: %s\n", std::string(status.message()).c_str());
  return kCannotStart;
}

absl::Status WriteFile(std::string const& path, std::string const& text) {
  if (path.empty()) return absl::OkStatus();
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(path, " cannot be written."));
}

absl::Status CheckTargets() {
  if (!absl::GetFlag(FLAGS_targets).empty()) return absl::OkStatus();
  return absl::InvalidArgumentError("--targets host:port is missing.");
}

absl::StatusOr<PlayOptions> OptionsFromFlags() {
  MADOGUCHI_RETURN_IF_ERROR(CheckTargets());
  PlayOptions options;
  options.targets = absl::GetFlag(FLAGS_targets);
  MADOGUCHI_ASSIGN_OR_RETURN(options.token,
                             sdk::ReadToken(absl::GetFlag(FLAGS_token_file)));
  if (absl::GetFlag(FLAGS_clock_scale).empty()) {
    return absl::InvalidArgumentError(
        "--clock_scale is missing; --print_clock makes one.");
  }
  MADOGUCHI_ASSIGN_OR_RETURN(options.scale,
                             ParseScale(absl::GetFlag(FLAGS_clock_scale)));
  for (auto const& counter : absl::GetFlag(FLAGS_counters)) {
    options.counters.push_back(CounterId{counter});
  }
  options.seed = absl::GetFlag(FLAGS_seed);
  options.with_people = absl::GetFlag(FLAGS_with_people);
  options.cancel_share = absl::GetFlag(FLAGS_cancel_share);
  options.renewal_targets = absl::GetFlag(FLAGS_renewal);
  options.authority_target = absl::GetFlag(FLAGS_authority);
  options.kiosk_share = absl::GetFlag(FLAGS_kiosk_share);
  if (options.renewal_targets.empty() != options.authority_target.empty()) {
    return absl::InvalidArgumentError(
        "--renewal and --authority go together; give both or none.");
  }
  options.progress = absl::GetFlag(FLAGS_quiet) ? Progress::Style::kQuiet
                                                : Progress::StyleOfOutput();
  return options;
}

int Play(Day const& day, Office const& office) {
  auto const options = OptionsFromFlags();
  if (!options.ok()) return CannotStart(options.status());
  auto const outcome = PlayDay(day, office, *options);
  if (!outcome.ok()) return CannotStart(outcome.status());

  if (options->with_people) {
    for (auto const& problem : outcome->problems) {
      std::printf("%s\n", problem.c_str());
    }
    return outcome->problems.empty() ? kGood : kBadDay;
  }
  auto const report = FormatReport(*outcome);
  std::printf("%s%s", absl::GetFlag(FLAGS_quiet) ? "" : "\n", report.c_str());
  for (auto const& written :
       {WriteFile(absl::GetFlag(FLAGS_report), report),
        WriteFile(absl::GetFlag(FLAGS_svg),
                  DrawWaitingChart(outcome->visits, office, day.date))}) {
    if (!written.ok()) return CannotStart(written);
  }
  bool const good =
      FindContradictions(*outcome).empty() && outcome->problems.empty();
  return good ? kGood : kBadDay;
}

absl::StatusOr<Rebuild> RebuildFromFlags() {
  MADOGUCHI_RETURN_IF_ERROR(CheckTargets());
  if (absl::GetFlag(FLAGS_office).empty()) {
    return absl::InvalidArgumentError("--office is missing.");
  }
  sdk::ClientOptions options;
  options.targets = absl::GetFlag(FLAGS_targets);
  MADOGUCHI_ASSIGN_OR_RETURN(options.token,
                             sdk::ReadToken(absl::GetFlag(FLAGS_token_file)));
  return RebuildOffice(options,
                       absl::StrCat("offices/", absl::GetFlag(FLAGS_office)));
}

int RebuildAndTell() {
  auto const rebuild = RebuildFromFlags();
  if (!rebuild.ok()) return CannotStart(rebuild.status());
  for (auto const& difference : rebuild->differences) {
    std::printf("%s\n", difference.c_str());
  }
  std::printf("%lld events, %zu tickets, %zu counters: %s\n",
              static_cast<long long>(rebuild->events), rebuild->tickets,
              rebuild->counters,
              rebuild->differences.empty()
                  ? "the log says what the servers list."
                  : "the log and the servers differ.");
  return rebuild->differences.empty() ? kGood : kBadDay;
}

int Main() {
  if (absl::GetFlag(FLAGS_rebuild)) return RebuildAndTell();
  auto const day = ReadDay(absl::GetFlag(FLAGS_day));
  if (!day.ok()) return CannotStart(day.status());
  auto const city = ReadCity(absl::GetFlag(FLAGS_settings));
  if (!city.ok()) return CannotStart(city.status());
  auto const office_id = absl::GetFlag(FLAGS_office).empty()
                             ? day->office
                             : OfficeId{absl::GetFlag(FLAGS_office)};
  auto const* const office = city->FindOffice(office_id);
  if (office == nullptr) {
    return CannotStart(absl::NotFoundError(
        absl::StrCat("The settings have no office ", office_id.value, ".")));
  }
  if (!absl::GetFlag(FLAGS_print_clock)) return Play(*day, *office);

  auto const scale = FormatScale(
      StartScale(*day, *office, absl::GetFlag(FLAGS_speed),
                 std::chrono::seconds(absl::GetFlag(FLAGS_lead_seconds))));
  auto const checked = ParseScale(scale);
  if (!checked.ok()) return CannotStart(checked.status());
  std::printf("%s\n", scale.c_str());
  return kGood;
}

}  // namespace
}  // namespace madoguchi::replay

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Plays a day of visitors and clerks against running servers.\n"
      "See clients/replay/README.md.");
  absl::ParseCommandLine(argc, argv);
  return madoguchi::replay::Main();
}
