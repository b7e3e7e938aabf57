#include "clients/ticket_machine/kiosk_update.h"

namespace madoguchi::ticket_machine {

using Kind = RunOutcome::Kind;
using kiosk::v1::KioskUpdate;
using PressProto = kiosk::v1::Press;

namespace {

PressProto::State ToProto(PressState state) {
  switch (state) {
    case PressState::kUnderWay:
      return PressProto::UNDER_WAY;
    case PressState::kDone:
      return PressProto::DONE;
    case PressState::kRefused:
      return PressProto::REFUSED;
    case PressState::kUnknown:
      return PressProto::UNKNOWN;
    case PressState::kGivenUp:
      return PressProto::GIVEN_UP;
    case PressState::kNotPrinted:
      return PressProto::NOT_PRINTED;
    case PressState::kPrintUnknown:
      return PressProto::PRINT_UNKNOWN;
  }
  return PressProto::STATE_UNSPECIFIED;
}

}  // namespace

KioskUpdate::Hindrance HindranceOf(KioskMoment const& moment) {
  if (moment.desk.out_of_order) return KioskUpdate::OUT_OF_ORDER;
  switch (moment.desk.obstacle) {
    case Kind::kNotPrinted:
    case Kind::kPrintUnknown:
      return KioskUpdate::STAFF_NEEDED;
    case Kind::kJournalFailed:
      return KioskUpdate::JOURNAL;
    case Kind::kIssueUnknown:
    case Kind::kEarlierPressOpen:
      return KioskUpdate::EARLIER_PRESS;
    default:
      break;
  }
  if (!CanPrint(moment.printer)) return KioskUpdate::PRINTER;
  if (!moment.office.heard) return KioskUpdate::SERVER;
  return KioskUpdate::HINDRANCE_UNSPECIFIED;
}

KioskUpdate ToUpdate(KioskMoment const& moment, KioskPlace const& place) {
  KioskUpdate update;
  auto const& office = moment.office;
  if (office.office_time) *update.mutable_office_time() = *office.office_time;
  update.set_time_zone(place.time_zone);
  if (office.name) *update.mutable_office_name() = *office.name;
  *update.mutable_services() = office.services;
  update.set_hindrance(HindranceOf(moment));
  if (place.medium == SlipMedium::kPaper) {
    update.set_printer(ticket_machine::ToProto(moment.printer));
    update.set_medium(KioskUpdate::PAPER);
  } else {
    update.set_medium(KioskUpdate::SCREEN);
  }
  if (moment.desk.press) {
    *update.mutable_press() = ToProto(*moment.desk.press, place);
  }
  return update;
}

kiosk::v1::StaffCorner ToStaffCorner(KioskMoment const& moment,
                                     KioskPlace const& place) {
  kiosk::v1::StaffCorner corner;
  if (place.medium == SlipMedium::kPaper) {
    corner.set_printer(ticket_machine::ToProto(moment.printer));
  }
  corner.set_out_of_order(moment.desk.out_of_order);
  if (moment.desk.press && moment.desk.press_is_open) {
    *corner.mutable_open() = ToProto(*moment.desk.press, place);
  }
  corner.set_last_number(moment.desk.last_number);
  corner.set_notice(moment.desk.notice);
  corner.set_program_version(
      ToProto(MachineState(), place.medium).program_version());
  return corner;
}

MachineState ToMachineState(KioskMoment const& moment) {
  MachineState state;
  state.printer = moment.printer;
  if (!moment.has_pages) {
    state.screen = Screen::kDark;
  } else if (moment.staff_are_there) {
    state.screen = Screen::kStaff;
  } else if (moment.desk.out_of_order) {
    state.screen = Screen::kOutOfOrder;
  } else if (HindranceOf(moment) != KioskUpdate::HINDRANCE_UNSPECIFIED) {
    state.screen = Screen::kCannotIssue;
  }
  return state;
}

PressProto ToProto(PressView const& view, KioskPlace const& place) {
  PressProto press;
  press.set_request_id(view.press.request_id);
  press.set_service(view.press.service);
  press.set_state(ToProto(view.state));
  press.set_number(view.press.number);
  if (view.ahead) press.set_ahead_count(*view.ahead);
  press.set_link(LinkOf(view.press, place.public_url));
  press.set_language(view.press.language);
  return press;
}

std::string LinkOf(Press const& press, std::string const& public_url) {
  if (public_url.empty() || press.ticket.empty() || press.link_token.empty()) {
    return {};
  }
  return public_url + "/" + press.ticket + "#" + press.link_token;
}

}  // namespace madoguchi::ticket_machine
