#include "clients/terminal/text_width.h"
#include <algorithm>
#include <clocale>
#include <cstddef>
#include <cwchar>
#include <locale.h>

namespace madoguchi::terminal {
namespace {

/// Lets this thread read UTF-8, whatever the process is set to. glibc has the
/// locale built in.
class Utf8Locale {
 public:
  Utf8Locale() : before_(uselocale(Shared())) {}
  ~Utf8Locale() { uselocale(before_); }
  Utf8Locale(Utf8Locale const&) = delete;
  Utf8Locale& operator=(Utf8Locale const&) = delete;

 private:
  static locale_t Shared() {
    static locale_t const locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }

  locale_t const before_;
};

struct Character {
  std::size_t bytes;
  int columns;
};

/// The first character of `text`, which is not empty. Needs a `Utf8Locale`.
Character First(std::string_view text) {
  std::mbstate_t state{};
  wchar_t character = 0;
  auto const bytes = std::mbrtowc(&character, text.data(), text.size(), &state);
  if (bytes == 0 || bytes > text.size()) return {1, 1};
  return {bytes, std::max(0, wcwidth(character))};
}

/// How many bytes of `text` fit into `columns`.
std::size_t BytesThatFit(std::string_view text, int columns) {
  Utf8Locale const locale;
  std::size_t at = 0;
  while (at != text.size()) {
    auto const next = First(text.substr(at));
    if (next.columns > columns) break;
    columns -= next.columns;
    at += next.bytes;
  }
  return at;
}

std::string Blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

}  // namespace

int DisplayWidth(std::string_view text) {
  Utf8Locale const locale;
  int columns = 0;
  while (!text.empty()) {
    auto const next = First(text);
    columns += next.columns;
    text.remove_prefix(next.bytes);
  }
  return columns;
}

std::string Cut(std::string_view text, int columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  constexpr std::string_view kMissing = "..";
  int const missing = std::min(std::max(columns, 0), 2);
  auto const fits = BytesThatFit(text, columns - missing);
  return std::string(text.substr(0, fits)) +
         std::string(kMissing.substr(0, static_cast<std::size_t>(missing)));
}

std::string PadRight(std::string_view text, int columns) {
  auto const cut = Cut(text, columns);
  return cut + Blanks(columns - DisplayWidth(cut));
}

std::string PadLeft(std::string_view text, int columns) {
  auto const cut = Cut(text, columns);
  return Blanks(columns - DisplayWidth(cut)) + cut;
}

std::vector<std::string> Wrap(std::string_view text, int columns) {
  std::vector<std::string> lines;
  while (DisplayWidth(text) > columns) {
    auto fits = BytesThatFit(text, columns);
    // A terminal narrower than one character still has to get somewhere.
    if (fits == 0) fits = text.size();
    auto const blank = text.substr(0, fits + 1).rfind(' ');
    bool const at_blank =
        blank != std::string_view::npos && blank != 0 && fits != text.size();
    auto const end = at_blank ? blank : fits;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(at_blank ? end + 1 : end);
  }
  if (!text.empty() || lines.empty()) lines.emplace_back(text);
  return lines;
}

std::vector<std::string> Pack(std::vector<std::string> const& items,
                              int columns) {
  std::vector<std::string> lines;
  for (auto const& item : items) {
    if (!lines.empty() &&
        DisplayWidth(lines.back()) + 2 + DisplayWidth(item) <= columns) {
      lines.back() += "  " + item;
    } else {
      lines.push_back(Cut(item, columns));
    }
  }
  return lines;
}

}  // namespace madoguchi::terminal
