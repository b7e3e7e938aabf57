#include "services/office/forbidden_text.h"
#include "services/base/number_shapes.h"
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace madoguchi {
namespace {

constexpr std::size_t kMyNumberDigits = 12;
constexpr std::size_t kRecordCodeDigits = 11;
constexpr std::size_t kPinDigits = 4;
// The first cards were handed out in January 2016, so a notice, a visit or a
// card's issue has no earlier date.
constexpr int kLastBirthYear = 2015;
constexpr int kFirstBirthYear = 1900;

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool IsLetter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

std::u32string HalfWidthOf(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) characters += HalfWidth(TakeCharacter(text));
  return characters;
}

std::u32string Lowercase(std::u32string text) {
  for (auto& c : text) {
    if (c >= U'A' && c <= U'Z') c = c - U'A' + U'a';
  }
  return text;
}

template <std::size_t kCount>
bool HasOneOf(std::u32string const& text,
              std::array<std::u32string_view, kCount> const& words) {
  return std::any_of(words.begin(), words.end(), [&](auto const& word) {
    return text.find(word) != std::u32string::npos;
  });
}

std::optional<ForbiddenShape> NumberShape(std::string_view digits) {
  for (std::size_t i = 0; i + kMyNumberDigits <= digits.size(); ++i) {
    if (IsMyNumber(digits.substr(i, kMyNumberDigits))) {
      return ForbiddenShape::kMyNumber;
    }
  }
  if (digits.size() >= kMyNumberDigits) return ForbiddenShape::kLongNumber;
  bool const begins_with_0 = digits.front() == '0';
  if (begins_with_0 && digits.size() + 1 >= kRecordCodeDigits) {
    return ForbiddenShape::kTelephone;
  }
  if (digits.size() == kRecordCodeDigits) {
    return ForbiddenShape::kResidentRecordCode;
  }
  return std::nullopt;
}

// Letters and digits that stand together.
std::vector<std::u32string> TokensOf(std::u32string const& text) {
  std::vector<std::u32string> tokens;
  std::u32string token;
  for (auto const c : text) {
    if (IsDigit(c) || IsLetter(c)) {
      token += c;
    } else if (!token.empty()) {
      tokens.push_back(token);
      token.clear();
    }
  }
  if (!token.empty()) tokens.push_back(token);
  return tokens;
}

// 6 to 16 upper-case letters and digits, one of each at least (B1-06).
bool IsSigningPin(std::u32string const& token) {
  auto const is_upper = [](char32_t c) { return c >= U'A' && c <= U'Z'; };
  return token.size() >= 6 && token.size() <= 16 &&
         std::any_of(token.begin(), token.end(), IsDigit) &&
         std::any_of(token.begin(), token.end(), is_upper) &&
         std::all_of(token.begin(), token.end(),
                     [&](char32_t c) { return IsDigit(c) || is_upper(c); });
}

bool SpeaksOfPins(std::u32string const& text,
                  std::vector<std::u32string> const& tokens) {
  constexpr std::array<std::u32string_view, 3> kWords = {U"暗証", U"パスワード",
                                                         U"password"};
  return HasOneOf(Lowercase(text), kWords) ||
         std::any_of(tokens.begin(), tokens.end(), [](auto const& token) {
           auto const word = Lowercase(token);
           return word == U"pin" || word == U"pins";
         });
}

bool HasPin(std::u32string const& text, std::vector<DigitRun> const& runs) {
  auto const tokens = TokensOf(text);
  if (!SpeaksOfPins(text, tokens)) return false;
  bool const four_digits =
      std::any_of(runs.begin(), runs.end(), [](DigitRun const& run) {
        return run.digits.size() == kPinDigits && run.after != U'年';
      });
  return four_digits || std::any_of(tokens.begin(), tokens.end(), IsSigningPin);
}

// A number as it stands in a text, without anything inside it.
struct Number {
  int value;
  std::size_t begin;
  std::size_t end;
};

std::vector<Number> NumbersOf(std::u32string const& text) {
  std::vector<Number> numbers;
  for (std::size_t i = 0; i != text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    Number number{0, i, i};
    // A value is read of short numbers only; longer ones are no part of a date.
    for (; i != text.size() && IsDigit(text[i]); ++i) {
      if (i - number.begin < 8) {
        number.value = number.value * 10 + static_cast<int>(text[i] - U'0');
      }
    }
    number.end = i;
    numbers.push_back(number);
  }
  return numbers;
}

bool IsDayOfYear(int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool IsBirthYear(int year) {
  return year >= kFirstBirthYear && year <= kLastBirthYear;
}

// 平成, or the letter of an era by itself, directly before `at`.
bool FollowsEra(std::u32string const& text, std::size_t at) {
  if (at >= 2 && text.compare(at - 2, 2, U"平成") == 0) return true;
  if (at == 0 || (at >= 2 && IsLetter(text[at - 2]))) return false;
  constexpr std::u32string_view kLetters = U"MTSHmtsh";
  return kLetters.find(text[at - 1]) != std::u32string_view::npos;
}

bool HasOldDate(std::u32string const& text) {
  constexpr std::u32string_view kBetween = U"/.-年月";
  auto const numbers = NumbersOf(text);
  auto const joined = [&](Number const& a, Number const& b) {
    return b.begin == a.end + 1 &&
           kBetween.find(text[a.end]) != std::u32string_view::npos;
  };
  for (std::size_t i = 0; i != numbers.size(); ++i) {
    auto const& first = numbers[i];
    if (first.end - first.begin == 8 && IsBirthYear(first.value / 10000) &&
        IsDayOfYear(first.value / 100 % 100, first.value % 100)) {
      return true;
    }
    if (i + 2 >= numbers.size() || !joined(first, numbers[i + 1]) ||
        !joined(numbers[i + 1], numbers[i + 2]) ||
        !IsDayOfYear(numbers[i + 1].value, numbers[i + 2].value)) {
      continue;
    }
    if (IsBirthYear(first.value)) return true;
    if (first.value < 100 && FollowsEra(text, first.begin)) return true;
  }
  return false;
}

bool HasBirthDate(std::u32string const& text) {
  constexpr std::array<std::u32string_view, 5> kWords = {
      U"生年月日", U"生まれ", U"誕生日", U"birth", U"born"};
  bool const any_digit = std::any_of(text.begin(), text.end(), IsDigit);
  if (any_digit && HasOneOf(Lowercase(text), kWords)) return true;
  // Whoever writes one of these eras with a year writes of a birth.
  for (auto const* era : {U"明治", U"大正", U"昭和"}) {
    auto const at = text.find(era);
    if (at != std::u32string::npos && at + 2 < text.size() &&
        (IsDigit(text[at + 2]) || text[at + 2] == U'元')) {
      return true;
    }
  }
  return HasOldDate(text);
}

bool HasMailAddress(std::u32string const& text) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    auto const is_part = [&](std::size_t i) {
      return IsLetter(text[i]) || IsDigit(text[i]);
    };
    if (text[at] == U'@' && is_part(at - 1) && is_part(at + 1)) return true;
  }
  return false;
}

bool HasAddress(std::u32string const& text) {
  constexpr std::u32string_view kNumerals = U"0123456789一二三四五六七八九十";
  auto const mark = text.find(U'〒');
  if (mark != std::u32string::npos &&
      std::any_of(text.begin() + static_cast<std::ptrdiff_t>(mark), text.end(),
                  IsDigit)) {
    return true;
  }
  for (auto const* part : {U"丁目", U"番地", U"号室"}) {
    for (auto at = text.find(part); at != std::u32string::npos;
         at = text.find(part, at + 1)) {
      if (at != 0 &&
          kNumerals.find(text[at - 1]) != std::u32string_view::npos) {
        return true;
      }
    }
  }
  return false;
}

// Two letters and seven digits, or two, eight and two.
bool IsDocumentNumber(std::u32string const& token) {
  std::string shape;
  for (auto const c : token) shape += IsDigit(c) ? '9' : 'A';
  return shape == "AA9999999" || shape == "AA99999999AA";
}

bool HasDocumentNumber(std::u32string const& text) {
  auto const tokens = TokensOf(text);
  return std::any_of(tokens.begin(), tokens.end(), IsDocumentNumber);
}

}  // namespace

std::string_view CodeOf(ForbiddenShape shape) {
  switch (shape) {
    case ForbiddenShape::kMyNumber:
      return "MY_NUMBER";
    case ForbiddenShape::kResidentRecordCode:
      return "RESIDENT_RECORD_CODE";
    case ForbiddenShape::kLongNumber:
      return "LONG_NUMBER";
    case ForbiddenShape::kPin:
      return "PIN";
    case ForbiddenShape::kBirthDate:
      return "BIRTH_DATE";
    case ForbiddenShape::kTelephone:
      return "TELEPHONE";
    case ForbiddenShape::kMailAddress:
      return "MAIL_ADDRESS";
    case ForbiddenShape::kAddress:
      return "ADDRESS";
    case ForbiddenShape::kDocumentNumber:
      return "DOCUMENT_NUMBER";
  }
  return "";
}

bool IsMyNumber(std::string_view digits) {
  if (digits.size() != kMyNumberDigits) return false;
  int sum = 0;
  for (int n = 1; n != static_cast<int>(kMyNumberDigits); ++n) {
    auto const c = digits[kMyNumberDigits - 1 - static_cast<std::size_t>(n)];
    if (c < '0' || c > '9') return false;
    int const weight = n <= 6 ? n + 1 : n - 5;
    sum += (c - '0') * weight;
  }
  int const remainder = sum % 11;
  int const check = remainder <= 1 ? 0 : 11 - remainder;
  return digits.back() == '0' + check;
}

std::optional<ForbiddenShape> FindForbidden(std::string_view text) {
  auto const runs = DigitRunsOf(text);
  auto const characters = HalfWidthOf(text);
  std::vector<ForbiddenShape> found;
  for (auto const& run : runs) {
    if (auto const shape = NumberShape(run.digits)) found.push_back(*shape);
  }
  if (HasPin(characters, runs)) found.push_back(ForbiddenShape::kPin);
  if (HasBirthDate(characters)) found.push_back(ForbiddenShape::kBirthDate);
  if (HasMailAddress(characters)) {
    found.push_back(ForbiddenShape::kMailAddress);
  }
  if (HasAddress(characters)) found.push_back(ForbiddenShape::kAddress);
  if (HasDocumentNumber(characters)) {
    found.push_back(ForbiddenShape::kDocumentNumber);
  }
  if (found.empty()) return std::nullopt;
  return *std::min_element(found.begin(), found.end());
}

}  // namespace madoguchi
