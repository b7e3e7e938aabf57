#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_NAMES_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_NAMES_H

#include "services/office/office.h"
#include "services/renewal/domain/renewal_case.h"
#include "absl/status/statusor.h"
#include <string>
#include <utility>

// Resource names, as the API writes them. All parsers return kInvalidArgument,
// `INVALID_NAME`, naming `field`, if the text does not have the form.
namespace madoguchi::renewal {

/// `offices/{office}`.
absl::StatusOr<OfficeId> ParseOffice(std::string const& field,
                                     std::string const& name);

/// `offices/{office}/tickets/{ticket}`.
absl::StatusOr<std::pair<OfficeId, TicketRef>> ParseTicket(
    std::string const& field, std::string const& name);

/// `offices/{office}/counters/{counter}`.
absl::StatusOr<std::pair<OfficeId, CounterId>> ParseCounter(
    std::string const& field, std::string const& name);

/// `offices/{office}/renewals/{ticket}-{person}`.
absl::StatusOr<std::pair<OfficeId, CaseId>> ParseRenewal(
    std::string const& field, std::string const& name);

std::string FormatTicket(OfficeId const& office, TicketRef const& ticket);
std::string FormatCounter(OfficeId const& office, CounterId const& counter);
std::string FormatRenewal(OfficeId const& office, CaseId const& id);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_NAMES_H
