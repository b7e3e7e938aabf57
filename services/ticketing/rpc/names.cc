#include "services/ticketing/rpc/names.h"
#include "services/rpc/resource_name.h"
#include "services/ticketing/domain/errors.h"

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kLongestDevice = 32;

}  // namespace

absl::StatusOr<OfficeId> ParseOfficeName(std::string const& field,
                                         std::string const& name) {
  auto const office = rpc::OfficeInName(name);
  if (!office) {
    return error::InvalidName(field, "offices/{office}");
  }
  return OfficeId{*office};
}

absl::StatusOr<TicketName> ParseTicketName(std::string const& field,
                                           std::string const& name) {
  auto const parts = rpc::ChildInName(name, "tickets");
  if (!parts || !DayOf({parts->second})) {
    return error::InvalidName(field, "offices/{office}/tickets/{ticket}");
  }
  return TicketName{{parts->first}, {parts->second}};
}

absl::StatusOr<CounterName> ParseCounterName(std::string const& field,
                                             std::string const& name) {
  auto const parts = rpc::ChildInName(name, "counters");
  if (!parts) {
    return error::InvalidName(field, "offices/{office}/counters/{counter}");
  }
  return CounterName{{parts->first}, {parts->second}};
}

absl::StatusOr<DeviceName> ParseDeviceName(std::string const& field,
                                           std::string const& name) {
  auto const parts = rpc::ChildInName(name, "devices");
  if (!parts || parts->second.size() > kLongestDevice ||
      parts->second.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    return error::InvalidName(field, "offices/{office}/devices/{device}");
  }
  return DeviceName{{parts->first}, {parts->second}};
}

absl::StatusOr<std::string> ParseId(std::string const& field,
                                    std::string const& id) {
  if (!rpc::IsNamePart(id)) return error::InvalidName(field, "{" + field + "}");
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
