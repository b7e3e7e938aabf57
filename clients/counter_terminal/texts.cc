#include "clients/counter_terminal/texts.h"
#include "services/base/error.h"

namespace madoguchi::counter_terminal {

using texts::Language;
using texts::TextOf;

Sentence SentenceOf(std::string_view id, texts::Values const& values) {
  return {TextOf(Language::kJapanese, id, values),
          TextOf(Language::kEnglish, id, values)};
}

Sentence SentenceOf(absl::Status const& status) {
  auto const info = GetErrorInfo(status);
  if (auto const id = "reason." + info.reason; texts::HasText(id)) {
    return SentenceOf(id, {info.metadata.begin(), info.metadata.end()});
  }
  constexpr std::string_view kRefused = "counter.refused";
  auto const message = std::string(status.message());
  auto const& what = info.reason.empty() ? message : info.reason;
  return {TextOf(Language::kJapanese, kRefused, {{"what", what}}),
          TextOf(Language::kEnglish, kRefused, {{"what", message}})};
}

}  // namespace madoguchi::counter_terminal
