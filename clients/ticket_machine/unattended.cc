#include "clients/ticket_machine/unattended.h"
#include "services/base/error.h"

namespace madoguchi::ticket_machine {

using Kind = RunOutcome::Kind;

namespace {

ExitCode ExitCodeOf(Kind kind) {
  switch (kind) {
    case Kind::kNothingOpen:
    case Kind::kPrinted:
      return kDone;
    case Kind::kGivenUp:
    case Kind::kPrintUnknown:
      return kNotKnown;
    case Kind::kNotPrinted:
      return kNotOut;
    case Kind::kRefused:
    case Kind::kIssueUnknown:
    case Kind::kPrinterNotReady:
    case Kind::kJournalFailed:
    case Kind::kEarlierPressOpen:
      return kFailed;
  }
  return kFailed;
}

std::string Cause(absl::Status const& status) {
  auto const reason = GetErrorInfo(status).reason;
  return (reason.empty() ? "" : reason + ": ") + std::string(status.message());
}

}  // namespace

std::string Explain(RunOutcome const& outcome) {
  auto const number = outcome.press ? outcome.press->number : std::string();
  switch (outcome.kind) {
    case Kind::kNothingOpen:
    case Kind::kPrinted:
      return "";
    case Kind::kRefused:
    case Kind::kIssueUnknown:
      return Cause(outcome.status);
    case Kind::kGivenUp:
      return "A press for " + outcome.press->service +
             " was interrupted too long ago: whether it got a number is not "
             "known.";
    case Kind::kNotPrinted:
      return "Number " + number +
             " is issued and not printed: " + Describe(outcome.printer) + ".";
    case Kind::kPrintUnknown:
      return "Was " + number +
             " printed? It is not known; look at the printer.";
    case Kind::kPrinterNotReady:
      return std::string("The printer cannot print: ") +
             Describe(outcome.printer) + ".";
    case Kind::kJournalFailed:
      return "The journal cannot be written: " + Cause(outcome.status) +
             (number.empty() ? "" : " (number " + number + ")");
    case Kind::kEarlierPressOpen:
      return "An earlier press is not finished.";
  }
  return "";
}

std::string UnattendedLine(Slip const& slip, absl::TimeZone zone) {
  auto const arrival =
      absl::FromUnixMillis(slip.arrival_time.time_since_epoch().count());
  return slip.number + " " + slip.service + " " +
         absl::FormatTime("%H:%M:%S", arrival, zone) + " " + slip.ticket +
         (slip.reprint ? " reprint" : "");
}

PrintOutcome LinePrinter::Print(Slip const& slip) {
  out_ << UnattendedLine(slip, zone_) << std::endl;
  return out_.good() ? PrintOutcome::kPrinted : PrintOutcome::kUnknown;
}

ExitCode RunUnattended(IssueRun& run, Order const& order, int count,
                       std::optional<bool> was_printed,
                       std::ostream& complaints) {
  auto outcome = run.Resume();
  bool const is_question =
      outcome.kind == Kind::kPrintUnknown || outcome.kind == Kind::kNotPrinted;
  if (is_question && was_printed) {
    outcome = run.StaffSays(*was_printed);
  }
  // An earlier press that was refused is over; whoever pressed has left.
  if (outcome.kind == Kind::kRefused) outcome = run.Resume();
  for (int i = 0; ExitCodeOf(outcome.kind) == kDone && i < count; ++i) {
    outcome = run.Issue(order);
  }
  auto const explained = Explain(outcome);
  if (!explained.empty()) complaints << explained << "\n";
  if (outcome.kind == Kind::kPrintUnknown) {
    complaints << "Answer with --was_printed=yes or --was_printed=no.\n";
  }
  return ExitCodeOf(outcome.kind);
}

}  // namespace madoguchi::ticket_machine
