#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_UPDATE_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_UPDATE_H

#include "clients/ticket_machine/heartbeat.h"
#include "clients/ticket_machine/house_heartbeat.h"
#include "clients/ticket_machine/office_board.h"
#include "clients/ticket_machine/press_desk.h"
#include "clients/ticket_machine/printer.h"
#include "madoguchi/kiosk/v1/kiosk_service.pb.h"
#include <string>

// What the page, staff and the house are told, made of what the machine's parts
// know. All functions are pure.
namespace madoguchi::ticket_machine {

/// What does not change while the program runs.
struct KioskPlace {
  SlipMedium medium = SlipMedium::kPaper;
  /// A zone of the tz database.
  std::string time_zone;
  /// Where visitors see their ticket, without a `/` at the end; empty if the
  /// house shows it nowhere.
  std::string public_url;
};

/// How everything is at one moment.
struct KioskMoment {
  DeskView desk;
  PrinterState printer = PrinterState::kReady;
  OfficeNews office;
  bool staff_are_there = false;
  /// Whether a browser has the page open; for `ToMachineState`.
  bool has_pages = false;
};

/// Why no number can be taken.
kiosk::v1::KioskUpdate::Hindrance HindranceOf(KioskMoment const& moment);

kiosk::v1::KioskUpdate ToUpdate(KioskMoment const& moment,
                                KioskPlace const& place);

kiosk::v1::StaffCorner ToStaffCorner(KioskMoment const& moment,
                                     KioskPlace const& place);

/// What the house is told.
MachineState ToMachineState(KioskMoment const& moment);

kiosk::v1::Press ToProto(PressView const& view, KioskPlace const& place);

/// Opens the visitor's view of the ticket of `press`: its name as a path, and
/// its token as a fragment, which browsers send to nobody and so is in no log.
/// Empty without a ticket or a place that shows it.
std::string LinkOf(Press const& press, std::string const& public_url);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_UPDATE_H
