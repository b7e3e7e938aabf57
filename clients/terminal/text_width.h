#ifndef MADOGUCHI_CLIENTS_TERMINAL_TEXT_WIDTH_H
#define MADOGUCHI_CLIENTS_TERMINAL_TEXT_WIDTH_H

#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::terminal {

/// How many columns `text` (UTF-8) takes on a terminal: two for a kanji or a
/// full-width letter. What is not UTF-8 counts one column a byte. Thread safe.
int DisplayWidth(std::string_view text);

/// `text` cut to at most `columns`, with `..` at the end if something is
/// missing, and never inside a character.
std::string Cut(std::string_view text, int columns);

/// `text` in exactly `columns`: cut, or filled with blanks on the right.
std::string PadRight(std::string_view text, int columns);

/// `text` in exactly `columns`: cut, or filled with blanks on the left.
std::string PadLeft(std::string_view text, int columns);

/// `text` in lines of at most `columns`, broken between words where it has
/// blanks and between characters where it has none, as Japanese is.
std::vector<std::string> Wrap(std::string_view text, int columns);

/// `items` in lines of at most `columns`, as many on a line as fit with two
/// blanks between them. An item is never torn; one that is too long is cut.
std::vector<std::string> Pack(std::vector<std::string> const& items,
                              int columns);

}  // namespace madoguchi::terminal

#endif  // MADOGUCHI_CLIENTS_TERMINAL_TEXT_WIDTH_H
