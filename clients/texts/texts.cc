#include "clients/texts/texts.h"
#include "clients/texts/catalogue.h"
#include "absl/strings/str_replace.h"
#include <nlohmann/json.hpp>
#include <functional>
#include <map>

namespace madoguchi::texts {
namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

Catalogue Read(char const* json) {
  Catalogue catalogue;
  // What the build put in can be read: a test has read it.
  auto const read =
      nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  for (auto const& [id, text] : read.items()) {
    catalogue.emplace(id, text.get<std::string>());
  }
  return catalogue;
}

Catalogue const& In(Language language) {
  static auto const* const japanese = new Catalogue(Read(kJapaneseCatalogue));
  static auto const* const easy = new Catalogue(Read(kEasyJapaneseCatalogue));
  static auto const* const english = new Catalogue(Read(kEnglishCatalogue));
  switch (language) {
    case Language::kJapanese:
      return *japanese;
    case Language::kEasyJapanese:
      return *easy;
    case Language::kEnglish:
      return *english;
  }
  return *japanese;
}

}  // namespace

bool HasText(std::string_view id) {
  auto const& catalogue = In(Language::kJapanese);
  return catalogue.find(id) != catalogue.end();
}

std::string TextOf(Language language, std::string_view id,
                   Values const& values) {
  auto const& catalogue = In(language);
  auto const found = catalogue.find(id);
  if (found == catalogue.end()) return std::string(id);
  return Fill(found->second, values);
}

std::string InBoth(std::string_view id, Values const& values,
                   std::string_view between) {
  return TextOf(Language::kJapanese, id, values) + std::string(between) +
         TextOf(Language::kEnglish, id, values);
}

std::string Fill(std::string_view text, Values const& values) {
  std::vector<std::pair<std::string, std::string>> replacements;
  replacements.reserve(values.size());
  for (auto const& [name, value] : values) {
    replacements.emplace_back("{" + name + "}", value);
  }
  return absl::StrReplaceAll(std::string(text), replacements);
}

}  // namespace madoguchi::texts
