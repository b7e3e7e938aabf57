#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_SCREEN_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_SCREEN_H

#include "clients/counter_terminal/case_board.h"
#include "clients/counter_terminal/panels.h"
#include "clients/terminal/console.h"
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// The whole screen: at most `size.lines` lines of at most `size.columns`.
///
/// `messages` are the last things said. They, the ticket, its renewal and the
/// keys keep their place when there is too little of it; the lists of the
/// office give way.
std::vector<std::string> Screen(Desk const& desk, CaseBoard const& cases,
                                Floor const& floor,
                                std::vector<std::string> const& messages,
                                Settings const& settings, MachineTime now,
                                terminal::Size size);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_SCREEN_H
