#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CLOSING_TEXT_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CLOSING_TEXT_H

#include "services/renewal/domain/renewal_case.h"
#include <string_view>
#include <vector>

namespace madoguchi::renewal {

/// What the visitor is told when `renewal` ends, or what holds meanwhile if it
/// is parked: what came of it, what goes on working (S-06, S-28), what to do
/// next (S-29, E-14, E-15, E-30). Ids of the catalogue of texts, in the order
/// in which they are said; none while it is open or if it was abandoned. Pure.
std::vector<std::string_view> ClosingTexts(RenewalCase const& renewal);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CLOSING_TEXT_H
