#ifndef MADOGUCHI_CLIENTS_REPLAY_CASE_KIND_H
#define MADOGUCHI_CLIENTS_REPLAY_CASE_KIND_H

#include "madoguchi/renewal/v1/renewal.pb.h"
#include <optional>
#include <string>

namespace madoguchi::replay {

/// What a visitor comes for who has something to do with certificates, and how
/// it will go (domain.md C).
enum class CaseKind {
  /// Another errand: no renewal.
  kNone,
  /// C-20.
  kSelf,
  /// C-21.
  kPinForgotten,
  /// C-23: sure of the PIN, and wrong.
  kWrongPin,
  /// C-30.
  kProxy,
  /// C-33: nobody knew that the PIN in the form is wrong.
  kProxyWrongPin,
  /// C-35: the envelope is open.
  kProxyUnsealed,
  /// C-13.
  kTooEarly,
  /// C-09: the card itself ends soon.
  kCardRenewal,
};
inline constexpr int kCaseKinds = 9;

/// As a day file has it, such as `pin_forgotten`; empty for `kNone`.
std::string CodeOf(CaseKind kind);
/// Nothing if no kind has that code.
std::optional<CaseKind> CaseKindOf(std::string const& code);

/// Whether certificates can be had today: such a visitor who waits and goes
/// without has come in vain.
bool CanBeServedToday(CaseKind kind);

/// What such a visitor chooses at a kiosk that asks `question`, such as
/// `CARD_DATE`. Empty to a question that nobody expected.
std::string ChoiceAtKiosk(CaseKind kind, std::string const& question);

/// What a clerk finds out at the window.
renewal::v1::Answers AnswersAtWindow(CaseKind kind);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CASE_KIND_H
