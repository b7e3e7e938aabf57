#ifndef MADOGUCHI_CLIENTS_TEXTS_LANGUAGE_H
#define MADOGUCHI_CLIENTS_TEXTS_LANGUAGE_H

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::texts {

/// The languages of the house.
enum class Language { kJapanese, kEasyJapanese, kEnglish };

inline constexpr std::array kLanguages = {
    Language::kJapanese, Language::kEasyJapanese, Language::kEnglish};

/// Reads `ja`, `ja-easy` or `en`, as requests carry it.
std::optional<Language> ParseLanguage(std::string_view code);
std::string CodeOf(Language language);

}  // namespace madoguchi::texts

#endif  // MADOGUCHI_CLIENTS_TEXTS_LANGUAGE_H
