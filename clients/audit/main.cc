#include "clients/audit/export.h"
#include "clients/audit/verify.h"
#include "clients/sdk/event_log.h"
#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/token.h"
#include "clients/terminal/program.h"
#include "services/base/status_macros.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

ABSL_FLAG(std::string, targets, "", "host:port of each ticketing server.");
ABSL_FLAG(std::string, token_file, "",
          "A file whose first line is this program's token; none if empty.");
ABSL_FLAG(std::string, office, "", "The office whose log to export.");
ABSL_FLAG(std::string, from_day, "",
          "The first business day, yyyymmdd; the oldest kept if empty.");
ABSL_FLAG(std::string, to_day, "",
          "The last business day, yyyymmdd; up to now if empty.");
ABSL_FLAG(std::string, after, "", "An export that this one continues.");
ABSL_FLAG(std::string, out, "", "Where to write; must not exist.");

namespace madoguchi::audit {
namespace {

/// What the program answers to its caller.
enum ExitCode { kGood = 0, kBroken = 1, kCannot = 2 };

int Fail(absl::Status const& status) {
  std::fprintf(stderr, "audit: %s\n", std::string(status.message()).c_str());
  return absl::IsDataLoss(status) ? kBroken : kCannot;
}

absl::Status CheckDay(std::string const& flag, std::string const& day) {
  bool const is_day = day.size() == 8 &&
                      std::all_of(day.begin(), day.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (day.empty() || is_day) return absl::OkStatus();
  return absl::InvalidArgumentError("--" + flag + " is not yyyymmdd.");
}

absl::StatusOr<Header> HeaderFromFlags() {
  Header header;
  header.office = absl::GetFlag(FLAGS_office);
  header.from_day = absl::GetFlag(FLAGS_from_day);
  header.to_day = absl::GetFlag(FLAGS_to_day);
  header.previous = FirstHash();
  if (header.office.empty()) {
    return absl::InvalidArgumentError("--office is missing.");
  }
  MADOGUCHI_RETURN_IF_ERROR(CheckDay("from_day", header.from_day));
  MADOGUCHI_RETURN_IF_ERROR(CheckDay("to_day", header.to_day));
  auto const after = absl::GetFlag(FLAGS_after);
  if (after.empty()) return header;
  if (!header.from_day.empty()) {
    return absl::InvalidArgumentError(
        "--after goes on where that export ended: leave --from_day out.");
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto const before, VerifyFiles({after}));
  if (before.office != header.office) {
    return absl::InvalidArgumentError(after + " is of the office " +
                                      before.office + ".");
  }
  header.previous = before.last_hash;
  header.after_sequence = before.last_sequence;
  return header;
}

absl::Status WriteExport() {
  auto const path = absl::GetFlag(FLAGS_out);
  if (path.empty() || std::filesystem::exists(path)) {
    return absl::InvalidArgumentError(
        path.empty() ? "--out is missing."
                     : path + " exists. An export is never overwritten.");
  }
  sdk::ClientOptions options;
  MADOGUCHI_ASSIGN_OR_RETURN(
      options.targets, terminal::ParseTargets(absl::GetFlag(FLAGS_targets)));
  MADOGUCHI_ASSIGN_OR_RETURN(options.token,
                             sdk::ReadToken(absl::GetFlag(FLAGS_token_file)));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const header, HeaderFromFlags());

  // Under its name only once it is whole.
  auto const part = path + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  Export exported(header, out);
  auto const read = sdk::ReadEventLog(
      options, "offices/" + header.office, header.after_sequence,
      [&](ticketing::v1::Event const& event) { return exported.Add(event); });
  if (!read.ok() && !exported.IsOver()) return read;
  auto const trailer = exported.Finish();
  out.close();
  std::error_code failure;
  if (out) std::filesystem::rename(part, path, failure);
  if (!out || failure) {
    return absl::UnavailableError(path + " cannot be written.");
  }
  std::printf("%lld events, the last is %lld.\nLast hash %s\n",
              static_cast<long long>(trailer.events),
              static_cast<long long>(trailer.last_sequence),
              exported.last_hash().c_str());
  return absl::OkStatus();
}

int Main(std::vector<char*> const& words) {
  std::string const command = words.size() < 2 ? "" : words[1];
  if (command == "export" && words.size() == 2) {
    auto const written = WriteExport();
    return written.ok() ? kGood : Fail(written);
  }
  if (command != "verify") {
    return Fail(absl::InvalidArgumentError(
        "say `audit export` or `audit verify FILE...`; see --help."));
  }
  auto const verified = VerifyFiles({words.begin() + 2, words.end()});
  if (!verified.ok()) return Fail(verified.status());
  std::printf("Whole, to event %lld.\nLast hash %s\n",
              static_cast<long long>(verified->last_sequence),
              verified->last_hash.c_str());
  return kGood;
}

}  // namespace
}  // namespace madoguchi::audit

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Exports the log of an office as a chain of lines, and verifies one:\n"
      "  audit export --targets HOST:PORT,... --office ID --out FILE\n"
      "  audit verify FILE...\n"
      "See clients/audit/README.md.");
  return madoguchi::audit::Main(absl::ParseCommandLine(argc, argv));
}
