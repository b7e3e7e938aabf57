#ifndef MADOGUCHI_SERVICES_BASE_NUMBER_SHAPES_H
#define MADOGUCHI_SERVICES_BASE_NUMBER_SHAPES_H

#include <string>
#include <string_view>
#include <vector>

// How people write long numbers into a text: full-width or not, in groups, with
// spaces or dashes between them.
namespace madoguchi {

/// The character at the front of `text`, UTF-8, which is taken off; U+FFFD for
/// a byte that begins none. `text` must not be empty.
char32_t TakeCharacter(std::string_view& text);

/// What `character` is among those of ASCII, if it is the full-width form of
/// one; else itself.
char32_t HalfWidth(char32_t character);

/// Digits that belong together, as ASCII.
struct DigitRun {
  std::string digits;
  /// What ends the run: half-width, and 0 at the end of the text.
  char32_t after = 0;

  friend bool operator==(DigitRun const&, DigitRun const&) = default;
};

/// The digits of `text` in runs. Spaces, dashes and dots within a run do not
/// end it, everything else does, so `042-544 4120` is one and `10:30` are two.
std::vector<DigitRun> DigitRunsOf(std::string_view text);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_NUMBER_SHAPES_H
