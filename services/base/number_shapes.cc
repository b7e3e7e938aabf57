#include "services/base/number_shapes.h"
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace madoguchi {
namespace {

bool Continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// What people write between the digits of a long number; all dashes of Unicode,
// and spaces that are not to be seen.
bool IsSeparator(char32_t half_width) {
  constexpr std::array<char32_t, 10> kSeparators = {
      U' ',      U'-',      U'.',      U'\u00A0', U'\u200B',
      U'\u2212', U'\u30FC', U'\u30FB', U'\uFEFF', U'\uFF70'};
  return (half_width >= U'\u2010' && half_width <= U'\u2015') ||
         std::find(kSeparators.begin(), kSeparators.end(), half_width) !=
             kSeparators.end();
}

}  // namespace

char32_t TakeCharacter(std::string_view& text) {
  auto const first = static_cast<unsigned char>(text.front());
  std::size_t const size = first < 0x80                    ? 1
                           : first >= 0xC0 && first < 0xE0 ? 2
                           : first >= 0xE0 && first < 0xF0 ? 3
                           : first >= 0xF0 && first < 0xF5 ? 4
                                                           : 0;
  bool const whole =
      size != 0 && size <= text.size() &&
      std::all_of(text.begin() + 1, text.begin() + size, Continues);
  if (!whole) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  char32_t point = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i != size; ++i) {
    point = (point << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(size);
  return point;
}

char32_t HalfWidth(char32_t character) {
  if (character == U'\u3000') return U' ';
  if (character >= U'\uFF01' && character <= U'\uFF5E') {
    return character - U'\uFF01' + U'!';
  }
  return character;
}

std::vector<DigitRun> DigitRunsOf(std::string_view text) {
  std::vector<DigitRun> runs;
  DigitRun run;
  while (!text.empty()) {
    auto const character = HalfWidth(TakeCharacter(text));
    if (character >= U'0' && character <= U'9') {
      run.digits += static_cast<char>(character);
    } else if (!run.digits.empty() && !IsSeparator(character)) {
      run.after = character;
      runs.push_back(std::move(run));
      run = {};
    }
  }
  if (!run.digits.empty()) runs.push_back(std::move(run));
  return runs;
}

}  // namespace madoguchi
