#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_WRONG_PIN_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_WRONG_PIN_H

#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/renewal_case.h"
#include "services/renewal/domain/renewal_rules.h"
#include "services/renewal/domain/step_events.h"
#include <vector>

namespace madoguchi::renewal {

/// A wrong entry, as the terminal tells it. Kept nowhere.
struct WrongPin {
  PinKind kind = PinKind::kFourDigits;
  /// From 1. Of no matter with the reply form of a proxy.
  int in_a_row = 1;
};

/// What is said once it was noted.
struct WrongPinAdvice {
  /// The next try would lock the PIN: offer a reset first.
  bool offer_reset = false;
  /// For the visitor; empty where staff speak.
  std::vector<AdviceText> texts;
};

/// The advice to `wrong`, of a case right after it was noted: the same for
/// every repeat of the press. Pure.
WrongPinAdvice AdviceAfter(WrongPin const& wrong, RenewalCase const& noted,
                           RenewalRules const& rules);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_WRONG_PIN_H
