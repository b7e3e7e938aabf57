#include "services/ticketing/rpc/device_list.h"
#include "services/rpc/proto_time.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/convert.h"
#include "services/ticketing/rpc/names.h"
#include <map>
#include <optional>
#include <string>

namespace madoguchi::ticketing {
namespace {

v1::DeviceState::Printer ToProto(PrinterState printer) {
  switch (printer) {
    case PrinterState::kNone:
      return v1::DeviceState::PRINTER_UNSPECIFIED;
    case PrinterState::kOk:
      return v1::DeviceState::OK;
    case PrinterState::kNearEnd:
      return v1::DeviceState::NEAR_END;
    case PrinterState::kEnd:
      return v1::DeviceState::END;
    case PrinterState::kJam:
      return v1::DeviceState::JAM;
    case PrinterState::kCoverOpen:
      return v1::DeviceState::COVER_OPEN;
    case PrinterState::kOffline:
      return v1::DeviceState::OFFLINE;
  }
  return v1::DeviceState::PRINTER_UNSPECIFIED;
}

std::optional<PrinterState> FromProto(v1::DeviceState::Printer printer) {
  switch (printer) {
    case v1::DeviceState::PRINTER_UNSPECIFIED:
      return PrinterState::kNone;
    case v1::DeviceState::OK:
      return PrinterState::kOk;
    case v1::DeviceState::NEAR_END:
      return PrinterState::kNearEnd;
    case v1::DeviceState::END:
      return PrinterState::kEnd;
    case v1::DeviceState::JAM:
      return PrinterState::kJam;
    case v1::DeviceState::COVER_OPEN:
      return PrinterState::kCoverOpen;
    case v1::DeviceState::OFFLINE:
      return PrinterState::kOffline;
    default:
      return std::nullopt;
  }
}

v1::DeviceState::Screen ToProto(ScreenState screen) {
  switch (screen) {
    case ScreenState::kNone:
      return v1::DeviceState::SCREEN_UNSPECIFIED;
    case ScreenState::kOn:
      return v1::DeviceState::ON;
    case ScreenState::kOff:
      return v1::DeviceState::OFF;
  }
  return v1::DeviceState::SCREEN_UNSPECIFIED;
}

std::optional<ScreenState> FromProto(v1::DeviceState::Screen screen) {
  switch (screen) {
    case v1::DeviceState::SCREEN_UNSPECIFIED:
      return ScreenState::kNone;
    case v1::DeviceState::ON:
      return ScreenState::kOn;
    case v1::DeviceState::OFF:
      return ScreenState::kOff;
    default:
      return std::nullopt;
  }
}

v1::Device ToProto(OfficeId const& office, DeviceState const& state,
                   Timestamp now) {
  v1::Device device;
  device.set_name(FormatDeviceName(office, state.device));
  device.mutable_state()->set_printer(ToProto(state.printer));
  device.mutable_state()->set_screen(ToProto(state.screen));
  device.mutable_state()->set_program_version(state.program_version);
  device.mutable_state()->set_can_issue(state.can_issue);
  *device.mutable_heartbeat_time() = rpc::TimeToProto(state.heard);
  device.set_stale(now - state.heard >= kStaleAfter);
  return device;
}

}  // namespace

absl::StatusOr<DeviceState> ToDeviceState(DeviceId const& device,
                                          v1::DeviceState const& state,
                                          Timestamp now) {
  auto const printer = FromProto(state.printer());
  if (!printer) return error::InvalidName("printer", "DeviceState.Printer");
  auto const screen = FromProto(state.screen());
  if (!screen) return error::InvalidName("screen", "DeviceState.Screen");
  if (!IsProgramVersion(state.program_version())) {
    return error::InvalidName("program_version", "{program_version}");
  }
  return DeviceState{
      device, *printer, *screen, state.program_version(), state.can_issue(),
      now};
}

v1::ListDevicesResponse ListOf(OfficeId const& office,
                               std::vector<DeviceState> const& heard,
                               rpc::DeviceRegistry const* known,
                               Timestamp now) {
  std::map<DeviceId, v1::Device> devices;
  for (auto const& state : heard) {
    devices[state.device] = ToProto(office, state, now);
  }
  if (known != nullptr) {
    std::map<DeviceId, v1::Device> listed;
    for (auto const& device : known->devices()) {
      DeviceId const id{device.id};
      auto const at = devices.find(id);
      if (at == devices.end() && device.office != office.value) continue;
      auto& entry = listed[id];
      if (at != devices.end()) entry = at->second;
      entry.set_name(FormatDeviceName(office, id));
      entry.set_label(device.label);
      if (at == devices.end()) entry.set_stale(true);
    }
    devices = std::move(listed);
  }
  v1::ListDevicesResponse response;
  for (auto& [id, device] : devices) {
    *response.add_devices() = std::move(device);
  }
  return response;
}

}  // namespace madoguchi::ticketing
