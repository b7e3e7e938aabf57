#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PAGE_PRINTER_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PAGE_PRINTER_H

#include "clients/ticket_machine/printer.h"

namespace madoguchi::ticket_machine {

/// Stands for a printer where numbers appear on the page alone. The page shows
/// a number only when it is out, so there is nothing left to do here.
class PagePrinter : public Printer {
 public:
  PrintOutcome Print(Slip const& /*slip*/) override {
    return PrintOutcome::kPrinted;
  }
  PrinterState State() override { return PrinterState::kReady; }
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PAGE_PRINTER_H
