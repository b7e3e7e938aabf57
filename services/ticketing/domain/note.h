#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_NOTE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_NOTE_H

#include "absl/status/status.h"
#include <cstddef>
#include <string_view>

namespace madoguchi::ticketing {

/// The longest note, in characters.
inline constexpr std::size_t kLongestNote = 80;

/// Whether `note`, UTF-8, may travel with a ticket. Refuses with `NOTE_INVALID`
/// what is too long, has control characters, or a shape of what must never be
/// written down (`FindForbidden`).
absl::Status CheckNote(std::string_view note);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_NOTE_H
