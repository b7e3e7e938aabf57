#include "services/certification_authority/adapters/issuance_line.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include <cstdint>
#include <vector>

namespace madoguchi::certification_authority {
namespace {

template <typename Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<Certificates> kCertificates[] = {
    {"signing", {true, false}},
    {"user", {false, true}},
    {"signing+user", {true, true}},
};
constexpr Word<Kind> kKinds[] = {
    {"renew", Kind::kRenew},
    {"new_issue", Kind::kNewIssue},
};
// What is not refused is issued.
constexpr Word<Refusal> kOutcomes[] = {
    {"issued", Refusal::kNone},
    {"card_not_valid", Refusal::kCardNotValid},
    {"pin_not_accepted", Refusal::kPinNotAccepted},
    {"not_in_window", Refusal::kNotInWindow},
    {"register_differs", Refusal::kRegisterDiffers},
    {"refused", Refusal::kOther},
};

template <typename Words, typename Value>
std::string WordOf(Words const& words, Value const& value) {
  for (auto const& each : words) {
    if (each.value == value) return std::string(each.word);
  }
  return {};
}

template <typename Words, typename Value>
bool ReadWord(Words const& words, std::string_view word, Value& value) {
  for (auto const& each : words) {
    if (each.word == word) {
      value = each.value;
      return true;
    }
  }
  return false;
}

}  // namespace

std::string FormatIssuance(Issuance const& issuance) {
  return absl::StrCat(issuance.sequence, " ", issuance.order.attempt.value, " ",
                      issuance.order.case_key.value, " ",
                      WordOf(kCertificates, issuance.order.certificates), " ",
                      WordOf(kKinds, issuance.order.kind), " ",
                      WordOf(kOutcomes, issuance.refusal), " ",
                      issuance.decided.time_since_epoch().count());
}

std::optional<Issuance> ParseIssuance(std::string_view line) {
  std::vector<std::string> const words = absl::StrSplit(std::string(line), ' ');
  if (words.size() != 7) return std::nullopt;
  Issuance issuance;
  std::int64_t decided_ms = 0;
  auto const attempt = ParseAttemptId(words[1]);
  auto const case_key = ParseCaseKey(words[2]);
  if (!absl::SimpleAtoi(words[0], &issuance.sequence) || !attempt.ok() ||
      !case_key.ok() ||
      !ReadWord(kCertificates, words[3], issuance.order.certificates) ||
      !ReadWord(kKinds, words[4], issuance.order.kind) ||
      !ReadWord(kOutcomes, words[5], issuance.refusal) ||
      !absl::SimpleAtoi(words[6], &decided_ms)) {
    return std::nullopt;
  }
  issuance.order.attempt = *attempt;
  issuance.order.case_key = *case_key;
  issuance.outcome =
      issuance.refusal == Refusal::kNone ? Outcome::kIssued : Outcome::kRefused;
  issuance.decided = Timestamp(std::chrono::milliseconds(decided_ms));
  return issuance;
}

}  // namespace madoguchi::certification_authority
