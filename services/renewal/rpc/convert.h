#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_CONVERT_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_CONVERT_H

#include "services/renewal/domain/answers.h"
#include "services/renewal/domain/decide.h"
#include "services/renewal/domain/renewal_case.h"
#include "services/renewal/domain/upstream_desk.h"
#include "madoguchi/renewal/v1/renewal.pb.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include "madoguchi/renewal/v1/upstream.pb.h"
#include <optional>

// Values of the domain as messages of the API, and back where a request carries
// one. Translates, decides nothing.
namespace madoguchi::renewal {

v1::Step ToProto(Step step);
v1::Renewal ToProto(RenewalCase const& renewal);
v1::Advice ToProto(Decision const& decision);
/// Without the count of an office.
v1::Upstream ToProto(KnownUpstream const& known, Connector connector);

/// Nothing if it is UNSPECIFIED or not one of ours.
std::optional<Step> FromProto(v1::Step step);
std::optional<ParkReason> FromProto(v1::Renewal::Parking::Reason reason);
std::optional<StaffPress> FromProto(v1::ReportUpstreamRequest::Press press);
Answers FromProto(v1::Answers const& answers);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_CONVERT_H
