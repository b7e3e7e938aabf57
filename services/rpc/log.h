#ifndef MADOGUCHI_SERVICES_RPC_LOG_H
#define MADOGUCHI_SERVICES_RPC_LOG_H

#include <spdlog/common.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace madoguchi::rpc {

/// A name and a value. Never anything a visitor typed.
using LogField = std::pair<std::string_view, std::string_view>;

/// Has the process log to stderr, one event a line, as fields (logfmt):
///
///     time=2026-11-23T10:00:00.000+09:00 level=info service=ticketing
///     event=ready durability="relaxed"
///
/// `level` is trace, debug, info, warn or error.
void StartLogging(std::string const& service, std::string const& level);

/// Logs what happened. `event` is lower_snake_case and never changed once
/// released. Thread safe.
void Log(spdlog::level::level_enum level, std::string_view event,
         std::initializer_list<LogField> fields = {});

/// `event` and `fields` as `Log` writes them; quotes and control characters of
/// values are escaped, so that a line stays a line.
std::string FormatEvent(std::string_view event,
                        std::initializer_list<LogField> fields);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_LOG_H
