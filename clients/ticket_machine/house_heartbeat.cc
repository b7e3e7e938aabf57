#include "clients/ticket_machine/house_heartbeat.h"
#include <utility>

namespace madoguchi::ticket_machine {

using ticketing::v1::DeviceState;

namespace {

sdk::ClientOptions WithShortCalls(sdk::ClientOptions options) {
  options.call_timeout = std::chrono::milliseconds(2'000);
  options.attempt_timeout = std::chrono::milliseconds(1'000);
  return options;
}

}  // namespace

DeviceState::Printer ToProto(PrinterState state) {
  switch (state) {
    case PrinterState::kReady:
      return DeviceState::OK;
    case PrinterState::kPaperNearEnd:
      return DeviceState::NEAR_END;
    case PrinterState::kOutOfPaper:
      return DeviceState::END;
    case PrinterState::kJam:
      return DeviceState::JAM;
    case PrinterState::kCoverOpen:
      return DeviceState::COVER_OPEN;
    case PrinterState::kOffline:
      return DeviceState::OFFLINE;
  }
  return DeviceState::PRINTER_UNSPECIFIED;
}

DeviceState ToProto(MachineState const& state, SlipMedium medium) {
  DeviceState told;
  if (medium == SlipMedium::kPaper) told.set_printer(ToProto(state.printer));
  told.set_screen(state.screen == Screen::kDark ? DeviceState::OFF
                                                : DeviceState::ON);
  told.set_can_issue(state.screen == Screen::kInService &&
                     CanPrint(state.printer));
  told.set_program_version(MADOGUCHI_VERSION);
  return told;
}

HouseHeartbeat::HouseHeartbeat(sdk::ClientOptions options, std::string name,
                               SlipMedium medium)
    : client_(WithShortCalls(std::move(options))),
      name_(std::move(name)),
      medium_(medium) {}

void HouseHeartbeat::Tell(MachineState const& state) {
  ticketing::v1::HeartbeatRequest request;
  request.set_name(name_);
  *request.mutable_state() = ToProto(state, medium_);
  static_cast<void>(client_.Heartbeat(request));
}

}  // namespace madoguchi::ticket_machine
