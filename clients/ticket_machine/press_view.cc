#include "clients/ticket_machine/press_view.h"
#include "clients/ticket_machine/errors.h"

namespace madoguchi::ticket_machine {

using Kind = RunOutcome::Kind;

PressState StateOf(Press const& press) {
  switch (press.step) {
    case Step::kPlanned:
      return PressState::kUnknown;
    case Step::kRefused:
      return PressState::kRefused;
    case Step::kGivenUp:
      return PressState::kGivenUp;
    case Step::kIssued:
    case Step::kNotPrinted:
      return PressState::kNotPrinted;
    case Step::kPrinting:
      return PressState::kPrintUnknown;
    case Step::kPrinted:
      return PressState::kDone;
  }
  return PressState::kUnknown;
}

std::optional<PressView> ViewOf(RunOutcome const& outcome) {
  // An earlier press says nothing of the one that was refused for it.
  if (!outcome.press || outcome.kind == Kind::kEarlierPressOpen) {
    return std::nullopt;
  }
  auto state = StateOf(*outcome.press);
  // The run knows better what became of a slip than the step it was about to
  // take.
  if (outcome.kind == Kind::kPrintUnknown) state = PressState::kPrintUnknown;
  if (outcome.kind == Kind::kNotPrinted) state = PressState::kNotPrinted;
  return PressView{*outcome.press, state, outcome.ahead};
}

absl::StatusOr<PressView> AnswerOf(RunOutcome const& outcome) {
  switch (outcome.kind) {
    case Kind::kRefused:
      return outcome.status;
    case Kind::kPrinterNotReady:
      return error::PrinterNotReady(outcome.printer);
    case Kind::kEarlierPressOpen:
    case Kind::kNothingOpen:
      return error::EarlierPressOpen();
    case Kind::kJournalFailed:
      if (!outcome.press || outcome.press->step == Step::kRefused) {
        return error::JournalFailed(outcome.status);
      }
      break;
    default:
      break;
  }
  return *ViewOf(outcome);
}

absl::Status StaffAnswerOf(RunOutcome const& outcome) {
  switch (outcome.kind) {
    case Kind::kPrintUnknown:
      return error::PrintUnknown(outcome.press->number);
    case Kind::kNotPrinted:
    case Kind::kPrinterNotReady:
      return error::PrinterNotReady(outcome.printer);
    case Kind::kJournalFailed:
      return error::JournalFailed(outcome.status);
    default:
      return absl::OkStatus();
  }
}

}  // namespace madoguchi::ticket_machine
