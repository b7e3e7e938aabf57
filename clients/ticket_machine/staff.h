#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_STAFF_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_STAFF_H

#include "clients/terminal/console.h"
#include "clients/ticket_machine/press.h"
#include "clients/ticket_machine/printer.h"
#include <optional>
#include <string>

namespace madoguchi::ticket_machine {

/// What staff can do at the machine.
enum class StaffKey {
  kVisitorHasIt,
  kPrintAgain,
  kReprintLast,
  kPaperChanged,
  kOutOfOrder,
  kScreenTest,
  kBack,
};

/// What staff see of the machine.
struct StaffView {
  PrinterState printer = PrinterState::kReady;
  bool out_of_order = false;
  /// The press that is not finished.
  std::optional<Press> open;
  /// The last one that came out.
  std::optional<Press> last_printed;
  /// What happened, such as a damaged journal; may be empty.
  std::string notice;
};

/// The staff corner, in Japanese and English.
std::string StaffMenu(StaffView const& view);

/// Reads a key of the staff corner. Nothing if `typed` is none that `view`
/// offers.
std::optional<StaffKey> ReadStaffKey(std::string const& typed,
                                     StaffView const& view);

/// Fills the screen, so that a broken dot, a wrong font or a cut edge shows.
std::string ScreenTest(terminal::Size size);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_STAFF_H
