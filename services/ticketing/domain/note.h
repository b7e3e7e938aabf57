#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_NOTE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_NOTE_H

#include "absl/status/status.h"
#include <cstddef>
#include <string_view>

namespace madoguchi::ticketing {

/// The longest note, in characters.
inline constexpr std::size_t kLongestNote = 80;

/// Whether `note`, UTF-8, may travel with a ticket. Refuses with `NOTE_INVALID`
/// what is too long, has control characters, or holds 11 or more digits in a
/// row, also full-width or parted by spaces or dashes: numbers of people (My
/// Number, resident record code) must never be written down (domain.md B3-01).
absl::Status CheckNote(std::string_view note);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_NOTE_H
