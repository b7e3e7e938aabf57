#include "clients/ticket_machine/press.h"
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <utility>
#include <zlib.h>

namespace madoguchi::ticket_machine {
namespace {

constexpr std::array<std::pair<Step, std::string_view>, 7> kNames = {{
    {Step::kPlanned, "PLANNED"},
    {Step::kIssued, "ISSUED"},
    {Step::kRefused, "REFUSED"},
    {Step::kGivenUp, "GIVEN_UP"},
    {Step::kPrinting, "PRINTING"},
    {Step::kNotPrinted, "NOT_PRINTED"},
    {Step::kPrinted, "PRINTED"},
}};

constexpr std::size_t kChecksumSize = 8;

std::string Hex(std::uint64_t value, int digits) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%0*llx", digits,
                static_cast<unsigned long long>(value));
  return text.data();
}

std::string Checksum(std::string_view text) {
  return Hex(crc32(0, reinterpret_cast<Bytef const*>(text.data()),
                   static_cast<uInt>(text.size())),
             kChecksumSize);
}

// A value has no blank and no control character, so that a line stays a line.
std::string Escape(std::string_view value) {
  std::string escaped;
  for (char const c : value) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == '%' || byte == 0x7f) {
      escaped += '%' + Hex(byte, 2);
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::optional<std::string> Unescape(std::string_view escaped) {
  std::string value;
  for (std::size_t i = 0; i != escaped.size(); ++i) {
    if (escaped[i] != '%') {
      value += escaped[i];
      continue;
    }
    if (escaped.size() - i < 3) return std::nullopt;
    unsigned byte = 0;
    auto const* const digits = escaped.data() + i + 1;
    if (std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) {
      return std::nullopt;
    }
    value += static_cast<char>(byte);
    i += 2;
  }
  return value;
}

template <typename Integer>
bool ReadInteger(std::string const& text, Integer& value) {
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}

bool ReadTime(std::string const& text, Timestamp& time) {
  std::int64_t ms = 0;
  if (!ReadInteger(text, ms)) return false;
  time = Timestamp(std::chrono::milliseconds(ms));
  return true;
}

std::string TimeText(Timestamp time) {
  return std::to_string(time.time_since_epoch().count());
}

// Takes the next word off `text`.
std::string_view NextWord(std::string_view& text) {
  auto const end = std::min(text.find(' '), text.size());
  auto const word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

}  // namespace

bool IsOpen(Press const& press) {
  return press.step != Step::kRefused && press.step != Step::kGivenUp &&
         press.step != Step::kPrinted;
}

std::string FormatPress(Press const& press) {
  std::string text;
  for (auto const& [step, name] : kNames) {
    if (step == press.step) text = name;
  }
  auto const add = [&text](char const* name, std::string const& value) {
    text += std::string(" ") + name + "=" + Escape(value);
  };
  add("id", press.request_id);
  add("office", press.office);
  add("service", press.service);
  add("service_name", press.service_name);
  add("language", press.language);
  add("planned", TimeText(press.planned_time));
  add("number", press.number);
  add("ticket", press.ticket);
  add("token", press.link_token);
  add("arrival", TimeText(press.arrival_time));
  add("printings", std::to_string(press.printings));
  add("doubtful", press.doubtful ? "1" : "0");
  add("by_staff", press.by_staff ? "1" : "0");
  return Checksum(text) + " " + text;
}

std::optional<Press> ParsePress(std::string_view line) {
  if (line.size() <= kChecksumSize + 1 || line[kChecksumSize] != ' ') {
    return std::nullopt;
  }
  auto text = line.substr(kChecksumSize + 1);
  if (Checksum(text) != line.substr(0, kChecksumSize)) return std::nullopt;

  Press press;
  auto const step_name = NextWord(text);
  bool known = false;
  for (auto const& [step, name] : kNames) {
    if (name != step_name) continue;
    press.step = step;
    known = true;
  }
  if (!known) return std::nullopt;

  std::map<std::string, std::string, std::less<>> values;
  while (!text.empty()) {
    auto const word = NextWord(text);
    auto const equals = word.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    auto const value = Unescape(word.substr(equals + 1));
    if (!value) return std::nullopt;
    values[std::string(word.substr(0, equals))] = *value;
  }
  press.request_id = values["id"];
  press.office = values["office"];
  press.service = values["service"];
  press.service_name = values["service_name"];
  press.language = values["language"];
  press.number = values["number"];
  press.ticket = values["ticket"];
  press.link_token = values["token"];
  press.doubtful = values["doubtful"] == "1";
  press.by_staff = values["by_staff"] == "1";
  if (!ReadTime(values["planned"], press.planned_time) ||
      !ReadTime(values["arrival"], press.arrival_time) ||
      !ReadInteger(values["printings"], press.printings)) {
    return std::nullopt;
  }
  return press;
}

}  // namespace madoguchi::ticket_machine
