#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_SETTINGS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_SETTINGS_H

#include "services/office/office.h"
#include "services/renewal/domain/case_settings.h"
#include "services/renewal/domain/connector.h"
#include "services/renewal/domain/planned_closures.h"
#include <map>

namespace madoguchi::renewal {

/// What a city has chosen for its renewals.
struct RenewalSettings {
  /// That of every office.
  Connector connector = Connector::kManual;
  /// Of the national system.
  PlannedClosures closures;
  /// Of each office of the city.
  std::map<OfficeId, CaseSettings> offices;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_SETTINGS_H
