#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DECIDE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DECIDE_H

#include "services/renewal/domain/answers.h"
#include "services/renewal/domain/decision_table.h"
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace madoguchi::renewal {

/// What is said in addition and changes no outcome (domain.md C, notes).
enum class Note {
  /// C-04: the upstream is slow, or it is a busy time: after 15:00 is better.
  kBusy,
  /// C-26: the notice was not brought, which does not matter.
  kNoticeNotNeeded,
  /// C-27: at 15 to 17 alone; a signing certificate can be newly issued.
  kAge15To17,
  /// C-39: family at the same address is a proxy too.
  kFamilyIsProxy,
};

/// Such as `C-04`.
std::string_view CodeOf(Note note);

AdviceText TextOf(Note note);

/// What the decision table says to one visit.
struct Decision {
  RowId row = RowId::kC99;
  Outcome outcome = Outcome::kAskStaff;
  WayOn way_on = WayOn::kNone;
  /// Never empty, in the order in which they are said.
  std::vector<AdviceText> texts;
  /// The queue to wait in; `kNone` if today there is nothing to wait for.
  RenewalService service = RenewalService::kNone;
  /// Whether a ticket to talk to staff may be had all the same: whenever the
  /// office issues any, for the table advises and staff decide.
  bool may_consult = true;
  std::vector<Note> notes;
  /// What `{date}` of the texts stands for: the first day of renewal (C-13) or
  /// the next open day (C-01), if known.
  std::optional<std::chrono::year_month_day> date;
  std::vector<Paper> missing;
  bool user_cert_only = false;
  /// What was taken as it usually is, though an answer left it open and it may
  /// change the row: staff check it. Empty once everything that matters is
  /// known.
  std::vector<Fact> staff_checks;

  friend bool operator==(Decision const&, Decision const&) = default;
};

/// The first row of the table that hits. What `answers` leave open is taken as
/// it usually is (see `AsUsual`), and is in `staff_checks` if it matters: any
/// answers in its place that agree on `staff_checks` hit the same row.
Decision Decide(Answers const& answers, Circumstances const& circumstances,
                RenewalRules const& rules);

/// C-99, for whoever would rather talk to staff: a ticket for a consultation,
/// unless the office issues none (C-01, C-02).
Decision TalkToStaff(Circumstances const& circumstances,
                     RenewalRules const& rules);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DECIDE_H
