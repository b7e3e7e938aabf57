#include "clients/terminal/program.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/status/status.h"
#include "absl/strings/str_split.h"
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace madoguchi::terminal {

void ReadFlags(int argc, char** argv, std::string const& usage) {
  absl::FlagsUsageConfig config;
  // --help would show the flags of files named after the program only.
  config.contains_help_flags =
      config.contains_helpshort_flags = [](absl::string_view file) {
        return file.find("clients/") != absl::string_view::npos;
      };
  absl::SetFlagsUsageConfig(config);
  absl::SetProgramUsageMessage(usage);
  auto const words = absl::ParseCommandLine(argc, argv);
  if (words.size() > 1) {
    std::fprintf(stderr,
                 "Unknown word '%s'. Flags begin with --; see --help.\n",
                 words[1]);
    std::exit(2);
  }
}

absl::StatusOr<std::vector<std::string>> ParseTargets(std::string const& text) {
  std::vector<std::string> targets =
      absl::StrSplit(text, ',', absl::SkipWhitespace());
  if (targets.empty()) {
    return absl::InvalidArgumentError(
        "--target names no server; say host:port[,host:port].");
  }
  return targets;
}

absl::StatusOr<absl::TimeZone> LoadZone(std::string const& name) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone)) {
    return absl::InvalidArgumentError(
        "--time_zone is not in the tz database (package tzdata): " + name);
  }
  return zone;
}

int Fail(absl::Status const& status) {
  std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
  return 2;
}

std::string ShowTime(google::protobuf::Timestamp const& time,
                     absl::TimeZone zone, std::string const& format) {
  if (time.seconds() == 0) return "--:--";
  return absl::FormatTime(format, absl::FromUnixSeconds(time.seconds()), zone);
}

}  // namespace madoguchi::terminal
