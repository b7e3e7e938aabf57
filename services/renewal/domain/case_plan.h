#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_PLAN_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_PLAN_H

#include <string>
#include <vector>

namespace madoguchi::renewal {

/// Whoever stands at the counter, to the holder of the card (domain.md D).
enum class Applicant { kHolder, kStatutoryProxy, kVoluntaryProxy };

/// What is asked of the authority.
enum class Act {
  /// Nothing: it cannot be done today, or is another counter's.
  kNone,
  kRenew,
  /// After expiry, or where there was no certificate (B1-11).
  kNewIssue,
};

/// What is done at the counter, one at a time (S-14, S-23 to S-26, B1-16).
enum class Step {
  /// The application form is filled in.
  kCheckForm,
  /// The envelope with the reply form is glued and whole.
  kCheckEnvelope,
  kCheckCard,
  kCheckIdentity,
  /// One more document of the holder, where the city asks for it (B1-10).
  kCheckSecondId,
  /// The proxy's own photo ID.
  kCheckProxyId,
  /// What proves the right of a statutory proxy (B1-09).
  kCheckAuthority,
  /// Staff alone open it.
  kOpenEnvelope,
  kResetPin,
  /// On the panel; what is typed never comes here.
  kEnterPin,
  /// By the authority.
  kIssue,
  /// The printed copy of the certificates (B1-16).
  kCheckCopy,
  kReturnCard,
  /// First of two visits (C-31, C-34, C-38).
  kTakeApplication,
  /// The city posts a form to the holder.
  kPostForm,
  /// What to bring, when to come, whither to go.
  kExplain,
  /// Form and card, the envelope sealed again (C-33).
  kReturnPapers,
};

/// Why a case that had begun to be issued stops short of it.
enum class Ending {
  kNone,
  /// The PIN in the reply form is wrong or locks (C-33).
  kWrongPinInForm,
  /// The authority refused.
  kRefused,
};

/// What a case has to go through, as decided when it began.
struct CasePlan {
  /// The row of the decision table, such as `C-21`.
  std::string row;
  /// Its outcome code, such as `RESET_THEN_RENEW`.
  std::string outcome;
  Applicant applicant = Applicant::kHolder;
  Act act = Act::kNone;
  bool has_signing = false;
  bool has_user = false;
  /// A face-only card has no PIN to enter (C-29).
  bool enters_pin = false;
  bool resets_pin = false;
  bool needs_second_id = false;
  /// Of a statutory proxy whose right the register does not show.
  bool needs_authority = false;
  /// The application is taken today, the rest another day.
  bool is_first_of_two = false;
  Ending ending = Ending::kNone;

  friend bool operator==(CasePlan const&, CasePlan const&) = default;
};

/// All steps of `plan`, in the only lawful order. Never empty.
std::vector<Step> PathOf(CasePlan const& plan);

/// The code of a step, such as `CHECK_FORM`.
char const* CodeOf(Step step);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_PLAN_H
