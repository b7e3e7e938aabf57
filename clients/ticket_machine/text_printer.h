#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_TEXT_PRINTER_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_TEXT_PRINTER_H

#include "clients/ticket_machine/printer.h"
#include "absl/time/time.h"
#include <functional>
#include <string>

namespace madoguchi::ticket_machine {

/// Prints slips as text to a file, a named pipe or standard output.
///
/// A file beside it, `PATH.fault`, makes it fail as real printers do, for tests
/// and training. It holds one word: `paper-near-end`, `out-of-paper`, `jam`,
/// `cover-open` or `offline` is what the printer says of itself; with `jams`
/// and `dies` it looks ready and stops in the middle of the slip, jammed or
/// silent.
class TextPrinter : public Printer {
 public:
  /// Draws a slip as text.
  using Draw = std::function<std::string(Slip const&)>;

  /// `path`: `-` for standard output, which has no faults.
  TextPrinter(std::string path, Draw draw)
      : path_(std::move(path)), draw_(std::move(draw)) {}

  /// kUnknown if the text went out in part only.
  PrintOutcome Print(Slip const& slip) override;
  PrinterState State() override;

 private:
  std::string Fault() const;

  std::string const path_;
  Draw const draw_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_TEXT_PRINTER_H
