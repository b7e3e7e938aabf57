#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_CASE_CODEC_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_CASE_CODEC_H

#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/renewal_case.h"
#include "absl/status/statusor.h"
#include <string>
#include <string_view>

// Records of cases in Redis. Reading fails with kInternal, `STORE_KEY_FOREIGN`,
// where a record is not ours. Pure.
namespace madoguchi::renewal {

/// A case, its version first.
std::string PackCase(RenewalCase const& renewal);
absl::StatusOr<RenewalCase> UnpackCase(std::string_view record);

/// An event without its sequence and its case.
std::string PackCaseEvent(CaseEvent const& event);
absl::StatusOr<CaseEvent> UnpackCaseEvent(std::string_view record);

/// What a request is remembered by, up to the record of its case.
std::string PackCommand(std::string_view command);
absl::StatusOr<SettledCase> UnpackSettled(std::string_view record);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_CASE_CODEC_H
