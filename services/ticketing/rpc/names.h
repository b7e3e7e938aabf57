#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_NAMES_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_NAMES_H

#include "services/ticketing/domain/device_store.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/status/statusor.h"
#include <string>

// Resource names, as the API writes them. All parsers return kInvalidArgument,
// `INVALID_NAME`, naming `field`, if the text does not have the form, is longer
// than 128 bytes, or has other characters than a-z, A-Z, 0-9, -, _ in its
// parts.
namespace madoguchi::ticketing {

struct TicketName {
  OfficeId office;
  TicketId ticket;
};

struct CounterName {
  OfficeId office;
  CounterId counter;
};

struct DeviceName {
  OfficeId office;
  DeviceId device;
};

/// `offices/{office}`.
absl::StatusOr<OfficeId> ParseOfficeName(std::string const& field,
                                         std::string const& name);

/// `offices/{office}/tickets/{ticket}`, the ticket as `MakeTicketId` has it.
absl::StatusOr<TicketName> ParseTicketName(std::string const& field,
                                           std::string const& name);

/// `offices/{office}/counters/{counter}`.
absl::StatusOr<CounterName> ParseCounterName(std::string const& field,
                                             std::string const& name);

/// `offices/{office}/devices/{device}`, the device 1 to 32 of a-z, 0-9, -.
absl::StatusOr<DeviceName> ParseDeviceName(std::string const& field,
                                           std::string const& name);

/// A single part, such as the id of a service.
absl::StatusOr<std::string> ParseId(std::string const& field,
                                    std::string const& id);

std::string FormatTicketName(OfficeId const& office, TicketId const& ticket);
std::string FormatCounterName(OfficeId const& office, CounterId const& counter);
std::string FormatDeviceName(OfficeId const& office, DeviceId const& device);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_NAMES_H
