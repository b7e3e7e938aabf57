#include "clients/texts/localized.h"

namespace madoguchi::texts {

std::string InLanguage(ticketing::v1::LocalizedText const& text,
                       Language language) {
  if (language == Language::kEnglish && !text.en().empty()) return text.en();
  if (language == Language::kEasyJapanese && !text.ja_easy().empty()) {
    return text.ja_easy();
  }
  return text.ja();
}

}  // namespace madoguchi::texts
