#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_H

#include "services/base/clock.h"
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::ticket_machine {

/// How far a press went. Each step is recorded before what follows it is done.
enum class Step {
  /// Somebody pressed; a number may have been issued or not.
  kPlanned,
  /// The number is known and nothing of it was printed.
  kIssued,
  /// There is no number. Final.
  kRefused,
  /// Nobody can tell any more whether there is a number. Final.
  kGivenUp,
  /// The printer may have begun; the slip may be out or not.
  kPrinting,
  /// The printer said that the slip is not out.
  kNotPrinted,
  /// The visitor has the number. Final.
  kPrinted,
};

/// One press of a visitor: all that is known of it.
struct Press {
  Step step = Step::kPlanned;
  /// A UUID, chosen once; the number is asked for with it however often.
  std::string request_id;
  /// `offices/{office}`.
  std::string office;
  std::string service;
  /// The service as the visitor reads it.
  std::string service_name;
  /// `ja`, `ja-easy` or `en`.
  std::string language;
  /// When it was pressed, by the machine's clock.
  Timestamp planned_time;

  /// Known from kIssued on.
  std::string number;
  std::string ticket;
  std::string link_token;
  Timestamp arrival_time;

  /// How often the printer was given the slip.
  int printings = 0;
  /// Set if records after this one were damaged: it may have been printed.
  bool doubtful = false;
  /// Set if staff, not the printer, said that the visitor has the number.
  bool by_staff = false;

  friend bool operator==(Press const&, Press const&) = default;
};

/// Whether something is left to do before the next press.
bool IsOpen(Press const& press);

/// One line of the journal for `press`, without the line feed. It begins with a
/// checksum.
std::string FormatPress(Press const& press);

/// Reads a line back. Nothing if it is not a whole, undamaged one. What a later
/// version added to a line is left out.
std::optional<Press> ParsePress(std::string_view line);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_H
