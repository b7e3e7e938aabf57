#ifndef MADOGUCHI_CLIENTS_TERMINAL_PROGRAM_H
#define MADOGUCHI_CLIENTS_TERMINAL_PROGRAM_H

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include <google/protobuf/timestamp.pb.h>
#include <string>
#include <vector>

namespace madoguchi::terminal {

/// Reads the flags of a program whose `usage` says what it is for. Ends the
/// program after `--help`, and with a message if a flag or a word is unknown.
void ReadFlags(int argc, char** argv, std::string const& usage);

/// Splits `host:port,host:port`. Returns kInvalidArgument, saying so, if there
/// is none.
absl::StatusOr<std::vector<std::string>> ParseTargets(std::string const& text);

/// Loads a zone of the tz database. Returns kInvalidArgument, saying so, if
/// there is none of that name.
absl::StatusOr<absl::TimeZone> LoadZone(std::string const& name);

/// Prints why the program cannot start, and returns its exit code.
int Fail(absl::Status const& status);

/// `time` as `format` of absl::FormatTime; `--:--` if it was never set.
std::string ShowTime(google::protobuf::Timestamp const& time,
                     absl::TimeZone zone, std::string const& format = "%H:%M");

}  // namespace madoguchi::terminal

#endif  // MADOGUCHI_CLIENTS_TERMINAL_PROGRAM_H
