#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_UNATTENDED_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_UNATTENDED_H

#include "clients/ticket_machine/issue_run.h"
#include "absl/time/time.h"
#include <functional>
#include <optional>
#include <ostream>
#include <string>

namespace madoguchi::ticket_machine {

/// What the program ends with when nobody is there to read a screen.
enum ExitCode : int {
  kDone = 0,
  /// A number was refused, or no answer came in time.
  kFailed = 1,
  /// Somebody has to look: whether a number was printed or issued is not known.
  kNotKnown = 3,
  /// The number stands and its slip is not out; the next start prints it.
  kNotOut = 4,
};

/// `NUMBER SERVICE HH:MM:SS NAME`, the line for a number nobody waits for.
std::string UnattendedLine(Slip const& slip, absl::TimeZone zone);

/// Prints each slip as that line.
class LinePrinter : public Printer {
 public:
  LinePrinter(std::ostream& out, absl::TimeZone zone)
      : out_(out), zone_(zone) {}

  PrintOutcome Print(Slip const& slip) override;
  PrinterState State() override { return PrinterState::kReady; }

 private:
  std::ostream& out_;
  absl::TimeZone const zone_;
};

/// Finishes what the journal left open, then issues `count` numbers of `order`.
/// Stops at the first that does not come out, and says why on `complaints`.
///
/// `was_printed` answers for staff whether the slip that the journal is not
/// sure of is out. Never prints a number twice without that answer.
ExitCode RunUnattended(IssueRun& run, Order const& order, int count,
                       std::optional<bool> was_printed,
                       std::ostream& complaints);

/// What `outcome` means, for staff, in one line; empty if all is well.
std::string Explain(RunOutcome const& outcome);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_UNATTENDED_H
