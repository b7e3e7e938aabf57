#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PRINTER_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PRINTER_H

#include "clients/ticket_machine/slip.h"
#include <string>

namespace madoguchi::ticket_machine {

/// What a printer says of itself.
enum class PrinterState {
  kReady,
  /// Prints, but somebody should bring paper.
  kPaperNearEnd,
  kOutOfPaper,
  kJam,
  kCoverOpen,
  /// Does not answer.
  kOffline,
};

/// Whether a printer in `state` can print a slip.
constexpr bool CanPrint(PrinterState state) {
  return state == PrinterState::kReady || state == PrinterState::kPaperNearEnd;
}

/// `state` for staff, in Japanese and English.
std::string Describe(PrinterState state);

/// How printing one slip ended.
enum class PrintOutcome {
  /// The slip is out: the printer said so.
  kPrinted,
  /// The slip is not out, though a part of it may be; `State` says why.
  kNotPrinted,
  /// The printer died in the middle. Somebody has to look.
  kUnknown,
};

/// Prints slips.
class Printer {
 public:
  virtual ~Printer() = default;

  /// Prints `slip` and waits for the printer's confirmation. Called by one
  /// thread.
  virtual PrintOutcome Print(Slip const& slip) = 0;

  /// Thread safe, also while a slip is printed.
  virtual PrinterState State() = 0;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PRINTER_H
