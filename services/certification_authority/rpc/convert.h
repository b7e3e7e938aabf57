#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_CONVERT_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_CONVERT_H

#include "services/certification_authority/domain/authority_desk.h"
#include "services/certification_authority/domain/issuance.h"
#include "madoguchi/certification/v1/authority_service.pb.h"
#include "madoguchi/certification/v1/issuance.pb.h"
#include "absl/status/statusor.h"

// Values of the domain as messages of the API, and back where a request carries
// one. Translates, decides nothing.
namespace madoguchi::certification_authority {

namespace v1 = certification::v1;

v1::Issuance ToProto(Issuance const& issuance);
v1::GetStatusResponse ToProto(AuthorityStatus const& status);

/// Returns the error that `Issue` promises for the first field that is wrong.
absl::StatusOr<Order> ParseOrder(v1::IssueRequest const& request);

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_CONVERT_H
