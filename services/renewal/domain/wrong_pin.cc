#include "services/renewal/domain/wrong_pin.h"

namespace madoguchi::renewal {

WrongPinAdvice AdviceAfter(WrongPin const& wrong, RenewalCase const& noted,
                           RenewalRules const& rules) {
  if (noted.plan.ending == Ending::kWrongPinInForm) {
    auto const effect = AfterWrongPinInForm(RowId::kC30, rules);
    return {false, effect->texts};
  }
  // Once locked, the case is already that of a locked PIN.
  auto const row = RowOf(noted.plan.row);
  auto const effect =
      row ? AfterWrongPin(*row, wrong.kind, wrong.in_a_row) : std::nullopt;
  if (effect) return {effect->offer_reset, {}};
  if (!noted.plan.resets_pin || wrong.in_a_row < TriesOf(wrong.kind)) return {};
  return {false, AfterWrongPin(RowId::kC20, wrong.kind, wrong.in_a_row)->texts};
}

}  // namespace madoguchi::renewal
