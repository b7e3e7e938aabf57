#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_SCREENS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_SCREENS_H

#include "clients/ticket_machine/texts.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include "absl/time/time.h"
#include <google/protobuf/repeated_ptr_field.h>
#include <optional>
#include <string>

namespace madoguchi::ticket_machine {

using Services = google::protobuf::RepeatedPtrField<ticketing::v1::Service>;

/// The numbered list of what a visitor can take a number for, `columns` wide.
std::string Menu(Services const& services, Language language, int columns);

/// What a visitor typed at the menu.
struct Choice {
  /// Set if a service was chosen: its place in the list, from 0.
  std::optional<int> service;
  /// Set if another language was.
  std::optional<Language> language;
};

/// Reads what was typed. Neither is set if it is nothing on the screen.
Choice ReadChoice(std::string const& typed, int services);

/// Whether the visitor agrees, or not; nothing if it is neither.
std::optional<bool> ReadAgreement(std::string const& typed);

/// What a visitor reads when there is no ticket, with a line for the staff.
/// `outcome_unknown`: whether there may be one after all.
std::string CannotIssue(Language language, bool outcome_unknown,
                        std::string const& for_staff);

/// The line for staff below a visitor's message.
std::string ForStaff(std::string const& text);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_SCREENS_H
