#include "services/certification_authority/domain/issuance.h"
#include "services/certification_authority/domain/errors.h"
#include <cctype>
#include <cstddef>
#include <optional>

namespace madoguchi::certification_authority {
namespace {

// The text form of RFC 9562 in lower case; nothing if `text` is not a UUID.
std::optional<std::string> ToUuid(std::string const& text) {
  if (text.size() != 36) return std::nullopt;
  auto lower = text;
  for (std::size_t i = 0; i != lower.size(); ++i) {
    auto const c = static_cast<unsigned char>(lower[i]);
    bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : std::isxdigit(c) == 0) return std::nullopt;
    lower[i] = static_cast<char>(std::tolower(c));
  }
  return lower;
}

}  // namespace

absl::StatusOr<AttemptId> ParseAttemptId(std::string const& text) {
  auto const uuid = ToUuid(text);
  if (!uuid) return error::AttemptIdInvalid();
  return AttemptId{*uuid};
}

absl::StatusOr<CaseKey> ParseCaseKey(std::string const& text) {
  auto const uuid = ToUuid(text);
  if (!uuid) return error::CaseKeyInvalid();
  return CaseKey{*uuid};
}

}  // namespace madoguchi::certification_authority
