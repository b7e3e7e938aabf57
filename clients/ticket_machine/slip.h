#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_SLIP_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_SLIP_H

#include "clients/ticket_machine/texts.h"
#include "services/base/clock.h"
#include "absl/time/time.h"
#include <optional>
#include <string>

namespace madoguchi::ticket_machine {

/// What a visitor takes home.
struct Slip {
  std::string number;
  /// The ticket's name, which no visitor reads.
  std::string ticket;
  std::string service;
  /// The service as the visitor reads it.
  std::string service_name;
  Timestamp arrival_time;
  /// How many wait before it; left out if that is not known.
  std::optional<int> ahead;
  Language language = Language::kJapanese;
  /// Set if a slip of this number may be about already.
  bool reprint = false;
};

/// Draws the slip for a printer that knows only text.
///
/// Says nothing of minutes: there is no forecast, and a guess would be taken
/// for one.
std::string DrawSlip(Slip const& slip, absl::TimeZone zone);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_SLIP_H
