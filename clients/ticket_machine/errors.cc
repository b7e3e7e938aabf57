#include "clients/ticket_machine/errors.h"
#include "services/base/error.h"

namespace madoguchi::ticket_machine::error {

using absl::StatusCode;

absl::Status RequestIdInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "request_id is not a UUID. Choose one for each press.",
                   {"REQUEST_ID_INVALID", {}});
}

absl::Status RequestIdReused() {
  return MakeError(StatusCode::kInvalidArgument,
                   "The request id belongs to a press for another service or "
                   "language. Choose a new one for each press.",
                   {"REQUEST_ID_REUSED", {}});
}

absl::Status LanguageUnknown() {
  return MakeError(StatusCode::kInvalidArgument,
                   "language is ja, ja-easy or en.", {"LANGUAGE_UNKNOWN", {}});
}

absl::Status EarlierPressOpen() {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "An earlier press is not finished. Wait for it, or settle it "
      "in the staff corner.",
      {"EARLIER_PRESS_OPEN", {}});
}

absl::Status MachineOutOfOrder() {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Staff took the machine out of service. They put it back in "
                   "the staff corner.",
                   {"MACHINE_OUT_OF_ORDER", {}});
}

absl::Status PrinterNotReady(PrinterState state) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      std::string("The printer cannot print: ") + Describe(state) + ".",
      {"PRINTER_NOT_READY", {}});
}

absl::Status JournalFailed(absl::Status const& cause) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "The journal cannot be written: " + std::string(cause.message()),
      {"JOURNAL_FAILED", {}});
}

absl::Status PrintUnknown(std::string const& number) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Whether " + number + " was printed is not known. Look at the printer.",
      {"PRINT_UNKNOWN", {{"number", number}}});
}

absl::Status NothingToPrint() {
  return MakeError(StatusCode::kFailedPrecondition,
                   "No number was printed yet.", {"NOTHING_TO_PRINT", {}});
}

absl::Status NothingToSettle() {
  return MakeError(StatusCode::kFailedPrecondition,
                   "That press is not open, or has no number yet. Read the "
                   "staff corner afresh.",
                   {"NOTHING_TO_SETTLE", {}});
}

absl::Status PressRefused() {
  return MakeError(StatusCode::kFailedPrecondition,
                   "The press got no number before the machine's program was "
                   "started again. Press anew.",
                   {"PRESS_REFUSED", {}});
}

absl::Status StaffKeyWrong() {
  return MakeError(StatusCode::kPermissionDenied,
                   "That is not the staff key (--staff_key).",
                   {"STAFF_KEY_WRONG", {}});
}

absl::Status StaffKeyLocked(std::chrono::seconds left) {
  auto const seconds = std::to_string(left.count());
  return MakeError(StatusCode::kResourceExhausted,
                   "Too many wrong staff keys. Try again in " + seconds + " s.",
                   {"STAFF_KEY_LOCKED", {{"seconds", seconds}}});
}

absl::Status MachineStopping() {
  return MakeError(
      StatusCode::kUnavailable,
      "The machine's program is being stopped. Repeat when it runs "
      "again.",
      {"MACHINE_STOPPING", {}});
}

}  // namespace madoguchi::ticket_machine::error
