#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_SETTINGS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_SETTINGS_H

#include "services/renewal/domain/connector.h"
#include "services/renewal/domain/daily_hours.h"
#include "services/renewal/domain/renewal_rules.h"
#include <chrono>

namespace madoguchi::renewal {

/// What an office has chosen for its cases (domain.md F2).
struct CaseSettings {
  Connector connector = Connector::kManual;
  RenewalRules rules;
  DailyHours hours;
  /// A request without an answer for so long is UNKNOWN.
  std::chrono::minutes patience{30};
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_SETTINGS_H
