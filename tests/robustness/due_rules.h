#ifndef MADOGUCHI_TESTS_ROBUSTNESS_DUE_RULES_H
#define MADOGUCHI_TESTS_ROBUSTNESS_DUE_RULES_H

#include "services/office/office.h"
#include "tests/robustness/replayed.h"
#include <optional>

namespace madoguchi::robustness {

/// When a ticket goes on by itself with an event of `kind`; nothing if it does
/// not.
std::optional<OfficeMs> DueOf(Office const& office, Seen const& seen,
                              ticketing::EventKind kind);

/// Whether something of the ticket was due so long before `now` that nobody can
/// have been about to do it.
bool IsLongOverdue(Office const& office, Seen const& seen, OfficeMs now);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_DUE_RULES_H
