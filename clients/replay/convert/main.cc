#include "clients/replay/convert/bank.h"
#include "clients/replay/convert/conversion.h"
#include "clients/replay/convert/synthetic.h"
#include "clients/replay/convert/warsaw.h"
#include "clients/replay/day.h"
#include "services/base/status_macros.h"
#include "services/office/settings.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

ABSL_FLAG(std::string, from, "", "warsaw, bank or synthetic.");
ABSL_FLAG(std::string, log, "",
          "The log: tickets of Warsaw, calls of the bank.");
ABSL_FLAG(std::string, groups, "", "warsaw: warsaw_groups.csv.");
ABSL_FLAG(std::string, snapshots, "",
          "warsaw: warsaw_snapshots.csv.gz, for the counters of each group.");
ABSL_FLAG(int, counters, 0, "warsaw: how many counters, without snapshots.");
ABSL_FLAG(std::string, office, "", "warsaw: the office, such as UD_Bemowo.");
ABSL_FLAG(std::string, date, "", "The day, yyyy-mm-dd.");
ABSL_FLAG(std::uint64_t, seed, 1, "Decides what is drawn.");
ABSL_FLAG(std::string, day_out, "", "Where to write the day file.");
ABSL_FLAG(std::string, settings_out, "",
          "Where to write the settings of an office that can play it.");

namespace madoguchi::replay {
namespace {

absl::Status WriteFile(std::string const& path, std::string const& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(path, " cannot be written."));
}

absl::StatusOr<Conversion> Convert() {
  auto const from = absl::GetFlag(FLAGS_from);
  if (from == "warsaw") {
    return ConvertWarsaw(
        {absl::GetFlag(FLAGS_log), absl::GetFlag(FLAGS_groups),
         absl::GetFlag(FLAGS_snapshots), absl::GetFlag(FLAGS_office),
         absl::GetFlag(FLAGS_date), absl::GetFlag(FLAGS_counters),
         absl::GetFlag(FLAGS_seed)});
  }
  if (from == "bank") {
    return ConvertBank({absl::GetFlag(FLAGS_log), absl::GetFlag(FLAGS_date)});
  }
  if (from == "synthetic") {
    return Conversion{InventMonday(absl::GetFlag(FLAGS_seed)), {}, {}};
  }
  return absl::InvalidArgumentError("--from is warsaw, bank or synthetic.");
}

/// Writes what was made, after reading it as replay and servers will.
absl::Status Write(Conversion const& conversion) {
  auto const day_file = absl::GetFlag(FLAGS_day_out);
  auto const settings_file = absl::GetFlag(FLAGS_settings_out);
  if (day_file.empty()) {
    return absl::InvalidArgumentError("--day_out is missing.");
  }
  auto const text = FormatDay(conversion.day);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const day, ParseDay(text, day_file));
  MADOGUCHI_RETURN_IF_ERROR(WriteFile(day_file, text));
  if (settings_file.empty()) return absl::OkStatus();
  if (conversion.settings.offices().empty()) {
    return absl::InvalidArgumentError(
        "A synthetic day is played with the example city's settings: leave "
        "out --settings_out.");
  }
  auto const settings = FormatSettings(conversion);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const city,
                             ParseCity(settings, settings_file));
  MADOGUCHI_RETURN_IF_ERROR(CheckDay(day, city.offices.front()));
  return WriteFile(settings_file, settings);
}

int Main() {
  auto const conversion = Convert();
  auto const status =
      conversion.ok() ? Write(*conversion) : conversion.status();
  if (!status.ok()) {
    std::fprintf(stderr, "replay_convert: %s\n",
                 std::string(status.message()).c_str());
    return 1;
  }
  std::printf("%s: %zu visitors, %zu shifts\n",
              absl::GetFlag(FLAGS_day_out).c_str(),
              conversion->day.arrivals.size(), conversion->day.shifts.size());
  for (auto const& remark : conversion->remarks) {
    std::printf("%s\n", remark.c_str());
  }
  return 0;
}

}  // namespace
}  // namespace madoguchi::replay

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Makes a day file for replay from a log, or invents one.\n"
      "See clients/replay/README.md.");
  absl::ParseCommandLine(argc, argv);
  return madoguchi::replay::Main();
}
