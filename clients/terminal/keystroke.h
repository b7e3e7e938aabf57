#ifndef MADOGUCHI_CLIENTS_TERMINAL_KEYSTROKE_H
#define MADOGUCHI_CLIENTS_TERMINAL_KEYSTROKE_H

#include <optional>
#include <string>

namespace madoguchi::terminal {

/// Takes one key off the front of what a terminal sent: a whole character of
/// UTF-8. Arrows, function keys and the like are dropped: the letter that ends
/// their sequence is not one that somebody pressed. Nothing if no key is left.
std::optional<std::string> TakeKey(std::string& typed);

}  // namespace madoguchi::terminal

#endif  // MADOGUCHI_CLIENTS_TERMINAL_KEYSTROKE_H
