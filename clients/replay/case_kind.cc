#include "clients/replay/case_kind.h"
#include <array>
#include <cstddef>
#include <string_view>

namespace madoguchi::replay {
namespace {

using renewal::v1::Answers;

constexpr std::array<std::string_view, kCaseKinds> kCodes = {"",
                                                             "self",
                                                             "pin_forgotten",
                                                             "wrong_pin",
                                                             "proxy",
                                                             "proxy_wrong_pin",
                                                             "proxy_unsealed",
                                                             "too_early",
                                                             "card_renewal"};

bool IsProxy(CaseKind kind) {
  return kind == CaseKind::kProxy || kind == CaseKind::kProxyWrongPin ||
         kind == CaseKind::kProxyUnsealed;
}

}  // namespace

std::string CodeOf(CaseKind kind) {
  return std::string(kCodes.at(static_cast<std::size_t>(kind)));
}

std::optional<CaseKind> CaseKindOf(std::string const& code) {
  for (std::size_t i = 0; i != kCodes.size(); ++i) {
    if (kCodes.at(i) == code) return static_cast<CaseKind>(i);
  }
  return std::nullopt;
}

bool CanBeServedToday(CaseKind kind) {
  return kind == CaseKind::kSelf || kind == CaseKind::kPinForgotten ||
         kind == CaseKind::kWrongPin || kind == CaseKind::kProxy;
}

std::string ChoiceAtKiosk(CaseKind kind, std::string const& question) {
  if (question == "WHO") return IsProxy(kind) ? "AS_PROXY" : "OWN_CARD";
  if (question == "CARD") return "HERE";
  if (question == "CARD_DATE") {
    return kind == CaseKind::kCardRenewal ? "WITHIN_THREE_MONTHS" : "LATER";
  }
  if (question == "CERT_EXPIRY") {
    return kind == CaseKind::kTooEarly ? "LATER" : "WITHIN_THREE_MONTHS";
  }
  if (question == "PHOTO_ID") return "YES";
  if (question == "REPLY_FORM") {
    return kind == CaseKind::kProxyUnsealed ? "NOT_GLUED" : "GLUED";
  }
  if (question == "PIN") {
    return kind == CaseKind::kPinForgotten ? "FORGOTTEN" : "KNOWN";
  }
  return "";
}

Answers AnswersAtWindow(CaseKind kind) {
  auto const standing =
      kind == CaseKind::kTooEarly ? Answers::NOT_YET : Answers::IN_WINDOW;
  Answers answers;
  answers.set_who(IsProxy(kind) ? Answers::VOL : Answers::SELF);
  answers.set_holder(Answers::ADULT);
  answers.set_card(Answers::WITH_ME);
  answers.set_card_standing(
      kind == CaseKind::kCardRenewal ? Answers::EXPIRES_SOON : Answers::VALID);
  answers.set_signing_cert(standing);
  answers.set_user_cert(standing);
  answers.set_pin(kind == CaseKind::kPinForgotten ? Answers::FORGOTTEN
                                                  : Answers::KNOWN);
  if (IsProxy(kind)) {
    answers.set_photo_id(Answers::YES);
    answers.set_reply_form(kind == CaseKind::kProxyUnsealed
                               ? Answers::NOT_SEALED
                               : Answers::SEALED);
  }
  answers.set_registered_here(Answers::YES);
  answers.set_stay_ending(Answers::NO);
  answers.set_card_face_current(Answers::YES);
  return answers;
}

}  // namespace madoguchi::replay
