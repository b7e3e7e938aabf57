#include "services/base/record.h"

namespace madoguchi {
namespace {

constexpr char kHex[] = "0123456789abcdef";

bool IsSpecial(char c) {
  return c == '|' || c == '%' || c == kRecordMark ||
         static_cast<unsigned char>(c) < ' ';
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

void AppendRecordText(std::string& record, std::string_view text) {
  // As a rule nothing is special.
  auto const first = std::find_if(text.begin(), text.end(), IsSpecial);
  record.append(text.begin(), first);
  text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
  for (char const c : text) {
    if (!IsSpecial(c)) {
      record.push_back(c);
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    record.push_back('%');
    record.push_back(kHex[byte >> 4U]);
    record.push_back(kHex[byte & 15U]);
  }
}

std::string PackRecordText(std::string_view text) {
  std::string packed;
  AppendRecordText(packed, text);
  return packed;
}

std::optional<std::string> ReadRecordText(std::string_view field) {
  // As a rule nothing is special.
  if (std::none_of(field.begin(), field.end(), IsSpecial)) {
    return std::string(field);
  }
  std::string text;
  text.reserve(field.size());
  for (std::size_t i = 0; i != field.size(); ++i) {
    if (field[i] != '%') {
      if (IsSpecial(field[i])) return std::nullopt;
      text.push_back(field[i]);
      continue;
    }
    if (field.size() - i < 3) return std::nullopt;
    int const high = HexDigit(field[i + 1]);
    int const low = HexDigit(field[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    text.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return text;
}

}  // namespace madoguchi
