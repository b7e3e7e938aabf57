#include "services/ticketing/domain/note.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <array>

namespace madoguchi::ticketing {
namespace {

constexpr int kForbiddenDigits = 11;

bool Continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The code point at the front of `text`, which is taken off; U+FFFD for a byte
// that begins none.
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

bool IsDigit(char32_t point) {
  return (point >= U'0' && point <= U'9') ||
         (point >= U'\uFF10' && point <= U'\uFF19');
}

// What people write between the digits of a long number.
bool IsSeparator(char32_t point) {
  constexpr std::array<char32_t, 9> kSeparators = {
      U' ',      U'-',      U'.',      U'\u3000', U'\u2010',
      U'\u2212', U'\uFF0D', U'\u30FC', U'\u30FB'};
  return std::find(kSeparators.begin(), kSeparators.end(), point) !=
         kSeparators.end();
}

}  // namespace

absl::Status CheckNote(std::string_view note) {
  std::size_t characters = 0;
  int digits = 0;
  while (!note.empty()) {
    auto const point = TakeCharacter(note);
    if (++characters > kLongestNote || point < U' ') {
      return error::NoteInvalid();
    }
    if (IsDigit(point)) {
      if (++digits == kForbiddenDigits) return error::NoteInvalid();
    } else if (!IsSeparator(point)) {
      digits = 0;
    }
  }
  return absl::OkStatus();
}

}  // namespace madoguchi::ticketing
