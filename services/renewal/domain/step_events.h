#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_STEP_EVENTS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_STEP_EVENTS_H

#include "services/renewal/domain/decision_table.h"
#include "services/renewal/domain/renewal_rules.h"
#include <optional>
#include <vector>

// What happens at the counter and changes a case that runs already (domain.md
// C, step events).
namespace madoguchi::renewal {

/// Kinds of PIN by how they lock (B1-06).
enum class PinKind {
  /// Four digits: of the user certificate, the register, the card's face.
  kFourDigits,
  /// Six to sixteen letters and digits: of the signing certificate.
  kSigning,
};

/// How many wrong entries in a row lock a PIN of `kind`.
int TriesOf(PinKind kind);

/// What becomes of a case after a step.
struct StepEffect {
  /// `C-23` or `C-33`.
  std::string_view code;
  /// The row by which the case goes on; the one before if nothing changes.
  RowId row = RowId::kC99;
  Outcome outcome = Outcome::kAskStaff;
  WayOn way_on = WayOn::kNone;
  /// Whether the visitor is to be offered a reset before the next try: that
  /// one would lock the PIN. Who takes it goes on by `if_reset`.
  bool offer_reset = false;
  std::optional<RowId> if_reset;
  /// What the visitor is told; empty where staff speak.
  std::vector<AdviceText> texts;

  friend bool operator==(StepEffect const&, StepEffect const&) = default;
};

/// C-23: at the panel a PIN was wrong for the `in_a_row`-th time. The case
/// stays; before the last try a reset is offered; once the PIN is locked, which
/// waiting does not undo, the case goes on as that of a locked PIN.
///
/// The terminal tells how often, and the number is not kept: it counts wrong
/// entries elsewhere too (B1-07). Nothing if by `running` nobody enters a PIN
/// that was said to be known. The table has this of C-20; C-12, C-14, C-24 and
/// C-40 are treated alike.
std::optional<StepEffect> AfterWrongPin(RowId running, PinKind kind,
                                        int in_a_row);

/// The row by which a case of `running` goes on once a reset is wanted; nothing
/// if by it nobody enters a PIN that was said to be known.
std::optional<RowId> RowAfterReset(RowId running);

/// C-33: the PIN in the form that staff opened is wrong or has locked. Nothing
/// can be done today; form and card go back, the envelope sealed again (S-27).
/// Nothing if `running` is not C-30.
std::optional<StepEffect> AfterWrongPinInForm(RowId running,
                                              RenewalRules const& rules);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_STEP_EVENTS_H
