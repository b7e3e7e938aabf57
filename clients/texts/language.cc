#include "clients/texts/language.h"

namespace madoguchi::texts {

std::optional<Language> ParseLanguage(std::string_view code) {
  for (auto const language : kLanguages) {
    if (code == CodeOf(language)) return language;
  }
  return std::nullopt;
}

std::string CodeOf(Language language) {
  switch (language) {
    case Language::kJapanese:
      return "ja";
    case Language::kEasyJapanese:
      return "ja-easy";
    case Language::kEnglish:
      return "en";
  }
  return "ja";
}

}  // namespace madoguchi::texts
