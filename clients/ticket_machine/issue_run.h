#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_ISSUE_RUN_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_ISSUE_RUN_H

#include "clients/ticket_machine/issue.h"
#include "clients/ticket_machine/journal.h"
#include "clients/ticket_machine/printer.h"
#include "absl/status/status.h"
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace madoguchi::ticket_machine {

/// What a visitor pressed for.
struct Order {
  /// `offices/{office}`.
  std::string office;
  std::string service;
  /// The service as the visitor reads it.
  std::string service_name;
  Language language = Language::kJapanese;
  /// A UUID if whoever pressed has chosen one; else the run makes one.
  std::string request_id = {};
};

/// How far a press got.
struct RunOutcome {
  enum class Kind {
    /// Nothing was left to do.
    kNothingOpen,
    /// The visitor has the number.
    kPrinted,
    /// There is no number; `status` says why.
    kRefused,
    /// No answer came in time (`status`). The press stays open: asking again
    /// will tell.
    kIssueUnknown,
    /// It is too late to find out whether there is a number.
    kGivenUp,
    /// The number stands, the slip is not out; `printer` says why.
    kNotPrinted,
    /// The number stands, the slip may be out. Staff have to say.
    kPrintUnknown,
    /// Nothing was begun: the printer cannot print, says `printer`.
    kPrinterNotReady,
    /// A step could not be recorded (`status`), so it was not taken.
    kJournalFailed,
    /// Nothing was begun: an earlier press comes first.
    kEarlierPressOpen,
  };
  Kind kind = Kind::kNothingOpen;
  /// The press it is about; none if nothing was begun.
  std::optional<Press> press;
  PrinterState printer = PrinterState::kReady;
  absl::Status status;
  /// How many waited before it when it was printed; none if that is not known.
  std::optional<int> ahead = std::nullopt;
};

/// Takes one press at a time from the visitor's finger to the paper in the
/// visitor's hand, across crashes and power cuts.
///
/// Every step is in the journal before what follows it is done: PLANNED before
/// the number is asked for, ISSUED before the printer hears of it, PRINTING
/// before its first byte. So one press never gets two numbers, and no number is
/// printed twice unless staff say that it was not printed. Used by one thread.
class IssueRun {
 public:
  /// How long a number is asked for with the same request id. Servers keep ids
  /// for 24 hours; later, a repeat would issue a second number.
  static constexpr std::chrono::hours kRepeatFor{20};

  /// How often a slip is tried before staff are needed: a printer that calls
  /// itself ready and is not would eat the roll.
  static constexpr int kPrintingsWithoutStaff = 3;

  /// What the run needs of the world besides its ports.
  struct World {
    IssueDesk desk;
    std::function<std::string()> new_request_id;
    /// The machine's clock, which the journal's times are of.
    std::function<Timestamp()> clock;
    /// How many wait before the ticket just issued, if that is known.
    std::function<std::optional<int>(std::string const& service)> ahead;
  };

  IssueRun(Journal& journal, Printer& printer, World world)
      : journal_(journal), printer_(printer), world_(std::move(world)) {}

  /// Issues one number and prints it. Begins nothing if the printer cannot
  /// print: a number is taken only for paper.
  RunOutcome Issue(Order const& order);

  /// Takes the open press as far as it goes without asking staff; at the start,
  /// after a repair and after each unknown outcome.
  RunOutcome Resume();

  /// Settles kPrintUnknown or kNotPrinted as staff say; kNothingOpen if neither
  /// is open. `visitor_has_it`: the
  /// slip is out, or staff wrote the number by hand. Otherwise prints it,
  /// marked as a reprint if a part of it may be about.
  RunOutcome StaffSays(bool visitor_has_it);

  /// Prints the number that waited for paper, if one did.
  RunOutcome ChangePaper();

  /// Prints the last number once more, marked as a reprint. kNothingOpen if
  /// there is none.
  RunOutcome Reprint();

 private:
  RunOutcome AskForNumber(Press press);
  RunOutcome Print(Press press);
  /// What the journal says, or would say if it could have been written.
  std::optional<Press> Last() const;
  absl::Status Record(Press const& press);
  /// Records what has happened already and cannot be taken back.
  absl::Status RecordFact(Press const& press);
  PrintOutcome GiveToPrinter(Press const& press, bool reprint,
                             std::optional<int> ahead);

  Journal& journal_;
  Printer& printer_;
  World const world_;
  // What happened and could not be recorded yet.
  std::optional<Press> unrecorded_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_ISSUE_RUN_H
