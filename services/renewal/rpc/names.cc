#include "services/renewal/rpc/names.h"
#include "services/renewal/domain/errors.h"
#include "services/rpc/resource_name.h"

namespace madoguchi::renewal {
namespace {

// Day, series and serial: only the day is looked into here.
constexpr std::size_t kDayDigits = 8;
constexpr std::size_t kLongestTicket = 64;

bool IsTicket(std::string_view id) {
  return id.size() > kDayDigits + 1 && id.size() <= kLongestTicket &&
         id[kDayDigits] == '-' &&
         id.find_first_not_of("0123456789") == kDayDigits;
}

template <typename Id>
absl::StatusOr<std::pair<OfficeId, Id>> ParseChild(
    std::string const& field, std::string const& name,
    std::string const& collection, std::string const& id,
    bool (*is_id)(std::string_view)) {
  auto const parts = rpc::ChildInName(name, collection);
  if (!parts || !is_id(parts->second)) {
    return error::InvalidName(
        field, "offices/{office}/" + collection + "/{" + id + "}");
  }
  return std::pair(OfficeId{parts->first}, Id{parts->second});
}

bool IsCase(std::string_view id) {
  auto const ticket = TicketOf({std::string(id)});
  return ticket && IsTicket(ticket->value);
}

}  // namespace

absl::StatusOr<OfficeId> ParseOffice(std::string const& field,
                                     std::string const& name) {
  auto const office = rpc::OfficeInName(name);
  if (!office) return error::InvalidName(field, "offices/{office}");
  return OfficeId{*office};
}

absl::StatusOr<std::pair<OfficeId, TicketRef>> ParseTicket(
    std::string const& field, std::string const& name) {
  return ParseChild<TicketRef>(field, name, "tickets", "ticket", IsTicket);
}

absl::StatusOr<std::pair<OfficeId, CounterId>> ParseCounter(
    std::string const& field, std::string const& name) {
  return ParseChild<CounterId>(field, name, "counters", "counter",
                               rpc::IsNamePart);
}

absl::StatusOr<std::pair<OfficeId, CaseId>> ParseRenewal(
    std::string const& field, std::string const& name) {
  return ParseChild<CaseId>(field, name, "renewals", "ticket}-{person", IsCase);
}

std::string FormatTicket(OfficeId const& office, TicketRef const& ticket) {
  return "offices/" + office.value + "/tickets/" + ticket.value;
}

std::string FormatCounter(OfficeId const& office, CounterId const& counter) {
  return "offices/" + office.value + "/counters/" + counter.value;
}

std::string FormatRenewal(OfficeId const& office, CaseId const& id) {
  return "offices/" + office.value + "/renewals/" + id.value;
}

}  // namespace madoguchi::renewal
