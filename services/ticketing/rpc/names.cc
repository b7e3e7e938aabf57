#include "services/ticketing/rpc/names.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <optional>
#include <string_view>

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kLongestName = 128;
constexpr std::size_t kLongestDevice = 32;

bool IsPart(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

// The part behind `collection` + "/"; `rest` becomes what follows it.
std::optional<std::string> TakePart(std::string_view collection,
                                    std::string_view& rest) {
  if (!rest.starts_with(collection)) return std::nullopt;
  rest.remove_prefix(collection.size());
  if (!rest.starts_with('/')) return std::nullopt;
  rest.remove_prefix(1);
  auto const part = rest.substr(0, rest.find('/'));
  if (!IsPart(part)) return std::nullopt;
  rest.remove_prefix(part.size());
  return std::string(part);
}

// Both parts of `offices/{}/COLLECTION/{}`.
std::optional<std::pair<std::string, std::string>> TakeChild(
    std::string_view name, std::string_view collection) {
  if (name.size() > kLongestName) return std::nullopt;
  auto const office = TakePart("offices", name);
  if (!office || !name.starts_with('/')) return std::nullopt;
  name.remove_prefix(1);
  auto const child = TakePart(collection, name);
  if (!child || !name.empty()) return std::nullopt;
  return std::pair(*office, *child);
}

}  // namespace

absl::StatusOr<OfficeId> ParseOfficeName(std::string const& field,
                                         std::string const& name) {
  std::string_view rest = name;
  auto const office = TakePart("offices", rest);
  if (!office || !rest.empty()) {
    return error::InvalidName(field, "offices/{office}");
  }
  return OfficeId{*office};
}

absl::StatusOr<TicketName> ParseTicketName(std::string const& field,
                                           std::string const& name) {
  auto const parts = TakeChild(name, "tickets");
  if (!parts || !DayOf({parts->second})) {
    return error::InvalidName(field, "offices/{office}/tickets/{ticket}");
  }
  return TicketName{{parts->first}, {parts->second}};
}

absl::StatusOr<CounterName> ParseCounterName(std::string const& field,
                                             std::string const& name) {
  auto const parts = TakeChild(name, "counters");
  if (!parts) {
    return error::InvalidName(field, "offices/{office}/counters/{counter}");
  }
  return CounterName{{parts->first}, {parts->second}};
}

absl::StatusOr<DeviceName> ParseDeviceName(std::string const& field,
                                           std::string const& name) {
  auto const parts = TakeChild(name, "devices");
  if (!parts || parts->second.size() > kLongestDevice ||
      parts->second.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    return error::InvalidName(field, "offices/{office}/devices/{device}");
  }
  return DeviceName{{parts->first}, {parts->second}};
}

absl::StatusOr<std::string> ParseId(std::string const& field,
                                    std::string const& id) {
  if (!IsPart(id)) return error::InvalidName(field, "{" + field + "}");
  return id;
}

std::string FormatTicketName(OfficeId const& office, TicketId const& ticket) {
  return "offices/" + office.value + "/tickets/" + ticket.value;
}

std::string FormatCounterName(OfficeId const& office,
                              CounterId const& counter) {
  return "offices/" + office.value + "/counters/" + counter.value;
}

std::string FormatDeviceName(OfficeId const& office, DeviceId const& device) {
  return "offices/" + office.value + "/devices/" + device.value;
}

}  // namespace madoguchi::ticketing
