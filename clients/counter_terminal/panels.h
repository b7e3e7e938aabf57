#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_PANELS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_PANELS_H

#include "clients/counter_terminal/desk.h"
#include "clients/counter_terminal/floor.h"
#include "absl/time/time.h"
#include <string>
#include <vector>

// The parts of the screen, each as lines of at most `columns`.
namespace madoguchi::counter_terminal {

/// What the terminal was told about showing things.
struct Settings {
  absl::TimeZone zone;
  /// A service that lasts longer makes the terminal ask whether its finish was
  /// forgotten.
  absl::Duration ask_finish_after = absl::Minutes(45);
};

/// Who works where and what goes on, in one line of text.
std::string DeskLine(Desk const& desk, absl::TimeZone zone);

/// The number large, and beside it what the clerk has to know of its visitor.
/// Without a ticket, what goes on instead.
std::vector<std::string> TicketPanel(Desk const& desk, Floor const& floor,
                                     int columns);

/// What wants an answer soon: a forgotten finish, a step to take back.
std::vector<std::string> Prompts(Desk const& desk, Floor const& floor,
                                 Settings const& settings, MachineTime now,
                                 int columns);

/// How many wait for each service for which anybody does.
std::string WaitingLine(Floor const& floor);

/// Who waits, is on hold or absent, and the counters: side by side where there
/// is room.
std::vector<std::string> FloorPanel(Floor const& floor, int columns);

/// Whether what is shown is up to date.
std::string ConnectionLine(Floor const& floor, absl::TimeZone zone);

/// The keys that make sense now. No key is torn from its words.
std::vector<std::string> Legend(Desk const& desk, int columns);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_PANELS_H
