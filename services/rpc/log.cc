#include "services/rpc/log.h"
#include "absl/strings/escaping.h"
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace madoguchi::rpc {

void StartLogging(std::string const& service, std::string const& level) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt(service));
  spdlog::set_level(spdlog::level::from_str(level));
  spdlog::set_pattern("time=%Y-%m-%dT%H:%M:%S.%e%z level=%l service=%n %v");
}

void Log(spdlog::level::level_enum level, std::string_view event,
         std::initializer_list<LogField> fields) {
  if (!spdlog::should_log(level)) return;
  spdlog::log(level, "{}", FormatEvent(event, fields));
}

std::string FormatEvent(std::string_view event,
                        std::initializer_list<LogField> fields) {
  std::string line = "event=";
  line += event;
  for (auto const& [name, value] : fields) {
    line += ' ';
    line += name;
    line += "=\"";
    line += absl::Utf8SafeCEscape(std::string(value));
    line += '"';
  }
  return line;
}

}  // namespace madoguchi::rpc
