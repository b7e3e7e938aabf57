#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_PLAN_OF_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_PLAN_OF_H

#include "services/renewal/domain/answers.h"
#include "services/renewal/domain/case_plan.h"
#include "services/renewal/domain/decide.h"
#include "services/renewal/domain/renewal_rules.h"

namespace madoguchi::renewal {

/// What a case has to go through by what the decision table said to `answers`.
/// Pure.
CasePlan PlanOf(Decision const& decision, Answers const& answers,
                RenewalRules const& rules);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_PLAN_OF_H
