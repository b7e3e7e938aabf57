#include "services/web/accept_encoding.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include <string>
#include <vector>

namespace madoguchi::web {
namespace {

// `;q=0` alone means no; what is not understood is not taken.
bool IsRefused(std::string const& parameters) {
  std::string text = parameters;
  absl::StripAsciiWhitespace(&text);
  if (text.empty()) return false;
  double weight = 0;
  return text.size() < 3 || (text[0] != 'q' && text[0] != 'Q') ||
         text[1] != '=' || !absl::SimpleAtod(text.substr(2), &weight) ||
         !(weight > 0);
}

}  // namespace

bool Accepts(std::string_view header, std::string_view coding) {
  bool any = false;
  std::vector<std::string> const items =
      absl::StrSplit(std::string(header), ',');
  for (auto const& item : items) {
    auto const semicolon = item.find(';');
    auto name = item.substr(0, semicolon);
    absl::StripAsciiWhitespace(&name);
    bool const taken = semicolon == std::string::npos ||
                       !IsRefused(item.substr(semicolon + 1));
    if (absl::EqualsIgnoreCase(name, std::string(coding))) return taken;
    if (name == "*") any = taken;
  }
  return any;
}

}  // namespace madoguchi::web
