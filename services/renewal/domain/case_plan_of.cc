#include "services/renewal/domain/case_plan_of.h"
#include "services/renewal/domain/facts.h"
#include "services/renewal/domain/outcome.h"
#include <string>

namespace madoguchi::renewal {
namespace {

Applicant ApplicantOf(Answers const& answers) {
  auto const who = answers.who.values();
  if (who.Are(Who::kStat)) return Applicant::kStatutoryProxy;
  if (who.Are(Who::kVol)) return Applicant::kVoluntaryProxy;
  return Applicant::kHolder;
}

Act ActOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kRenewToday:
    case Outcome::kResetThenRenew:
      return Act::kRenew;
    case Outcome::kNewIssueToday:
    case Outcome::kResetThenNewIssue:
      return Act::kNewIssue;
    default:
      return Act::kNone;
  }
}

// Moving takes the signing certificate alone (B1-06).
bool IsSigningAlone(RowId row) {
  return row == RowId::kC12 || row == RowId::kC12b;
}

}  // namespace

CasePlan PlanOf(Decision const& decision, Answers const& answers,
                RenewalRules const& rules) {
  CasePlan plan;
  plan.row = std::string(CodeOf(decision.row));
  plan.outcome = std::string(CodeOf(decision.outcome));
  plan.applicant = ApplicantOf(answers);
  plan.is_first_of_two = decision.outcome == Outcome::kTwoVisitsInquiry ||
                         (decision.outcome == Outcome::kCannotToday &&
                          decision.way_on == WayOn::kTwoVisitsInquiry);
  plan.act = ActOf(decision.outcome);
  if (plan.act == Act::kNone) return plan;
  plan.has_signing = !decision.user_cert_only;
  plan.has_user = !IsSigningAlone(decision.row);
  plan.enters_pin = decision.row != RowId::kC29;
  plan.resets_pin = decision.outcome == Outcome::kResetThenRenew ||
                    decision.outcome == Outcome::kResetThenNewIssue;
  plan.needs_second_id =
      plan.resets_pin && rules.reset_proof == ResetProof::kSecondId;
  plan.needs_authority = plan.applicant == Applicant::kStatutoryProxy;
  return plan;
}

}  // namespace madoguchi::renewal
