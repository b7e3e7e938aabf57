#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_ERRORS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_ERRORS_H

#include "clients/ticket_machine/printer.h"
#include "absl/status/status.h"
#include <chrono>
#include <string>

// Every error that the machine answers its page with, in one place: each has
// one code, one reason and one message, and each is listed in
// proto/madoguchi/kiosk.
namespace madoguchi::ticket_machine::error {

// Wrong in any state: kInvalidArgument.
absl::Status RequestIdInvalid();
absl::Status RequestIdReused();
absl::Status LanguageUnknown();

// The state forbids it: kFailedPrecondition.
absl::Status EarlierPressOpen();
absl::Status MachineOutOfOrder();
absl::Status PrinterNotReady(PrinterState state);
/// `cause` is the journal's own error.
absl::Status JournalFailed(absl::Status const& cause);
absl::Status PrintUnknown(std::string const& number);
absl::Status NothingToPrint();
absl::Status NothingToSettle();
/// A press that was refused before the program was started again.
absl::Status PressRefused();

/// kPermissionDenied.
absl::Status StaffKeyWrong();
/// kResourceExhausted.
absl::Status StaffKeyLocked(std::chrono::seconds left);

/// kUnavailable: repeat it.
absl::Status MachineStopping();

}  // namespace madoguchi::ticket_machine::error

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_ERRORS_H
