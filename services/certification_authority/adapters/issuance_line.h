#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_ISSUANCE_LINE_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_ISSUANCE_LINE_H

#include "services/certification_authority/domain/issuance.h"
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::certification_authority {

/// Writes a decision as a line of the journal, without its end:
///
///     SEQUENCE ATTEMPT CASE CERTIFICATES KIND OUTCOME DECIDED_MS
///
/// such as `1 8a...e1 77...02 signing+user renew issued 1795395600000`. The
/// outcome of a refusal is its reason.
std::string FormatIssuance(Issuance const& issuance);

/// Reads it back; nothing if `line` is not one.
std::optional<Issuance> ParseIssuance(std::string_view line);

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_ISSUANCE_LINE_H
