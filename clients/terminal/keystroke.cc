#include "clients/terminal/keystroke.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi::terminal {
namespace {

constexpr char kEscape = '\x1b';

/// How long the sequence at the front is: ESC [ ... final, or ESC O final. 0 if
/// there is none.
std::size_t SequenceLength(std::string const& typed) {
  if (typed.size() < 2 || typed[0] != kEscape) return 0;
  if (typed[1] == 'O') return std::min<std::size_t>(3, typed.size());
  if (typed[1] != '[') return 0;
  std::size_t end = 2;
  while (end < typed.size() && (typed[end] < '@' || typed[end] > '~')) ++end;
  return std::min(end + 1, typed.size());
}

std::size_t CharacterLength(char first) {
  auto const byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  if (byte >= 0xC0) return 2;
  return 1;
}

}  // namespace

std::optional<std::string> TakeKey(std::string& typed) {
  while (auto const length = SequenceLength(typed)) typed.erase(0, length);
  if (typed.empty()) return std::nullopt;
  auto const length = std::min(CharacterLength(typed.front()), typed.size());
  auto key = typed.substr(0, length);
  typed.erase(0, length);
  return key;
}

}  // namespace madoguchi::terminal
