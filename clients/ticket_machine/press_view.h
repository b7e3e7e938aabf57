#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_VIEW_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_VIEW_H

#include "clients/ticket_machine/issue_run.h"
#include "clients/ticket_machine/press.h"
#include "absl/status/statusor.h"
#include <optional>

namespace madoguchi::ticket_machine {

/// How far a press is, for people; `Press.State` of the kiosk's proto.
enum class PressState {
  kUnderWay,
  kDone,
  kRefused,
  kUnknown,
  kGivenUp,
  kNotPrinted,
  kPrintUnknown,
};

/// A press as the page shows it.
struct PressView {
  Press press;
  PressState state = PressState::kUnderWay;
  std::optional<int> ahead = std::nullopt;
};

/// What is known of a press that the journal ends with.
PressState StateOf(Press const& press);

/// How the press of `outcome` is; nothing if it is about none.
std::optional<PressView> ViewOf(RunOutcome const& outcome);

/// What whoever asked for the number of `outcome` is answered.
absl::StatusOr<PressView> AnswerOf(RunOutcome const& outcome);

/// What staff are answered who took a step that ended with `outcome`: OK if
/// nothing is left for them.
absl::Status StaffAnswerOf(RunOutcome const& outcome);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_VIEW_H
