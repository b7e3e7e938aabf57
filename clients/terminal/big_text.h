#ifndef MADOGUCHI_CLIENTS_TERMINAL_BIG_TEXT_H
#define MADOGUCHI_CLIENTS_TERMINAL_BIG_TEXT_H

#include <array>
#include <string>
#include <string_view>

namespace madoguchi::terminal {

/// How many lines `BigText` takes.
inline constexpr int kBigTextLines = 5;

/// How many columns `BigText` of `characters` characters takes.
constexpr int BigTextColumns(int characters) {
  return characters == 0 ? 0 : characters * 7 - 2;
}

/// Draws `text` large. Knows 0-9, A-Z and `-`; anything else is left blank.
/// Each dot is `#`, which is as wide on every terminal, unlike block elements.
std::array<std::string, kBigTextLines> BigText(std::string_view text);

}  // namespace madoguchi::terminal

#endif  // MADOGUCHI_CLIENTS_TERMINAL_BIG_TEXT_H
