#ifndef MADOGUCHI_SERVICES_BASE_STRONG_ID_H
#define MADOGUCHI_SERVICES_BASE_STRONG_ID_H

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

namespace madoguchi {

/// A string that names one kind of thing, so that a ticket cannot be passed
/// where a counter is expected.
template <typename Tag>
struct StrongId {
  std::string value;

  friend auto operator<=>(StrongId const&, StrongId const&) = default;
};

}  // namespace madoguchi

template <typename Tag>
struct std::hash<madoguchi::StrongId<Tag>> {
  std::size_t operator()(madoguchi::StrongId<Tag> const& id) const {
    return std::hash<std::string>()(id.value);
  }
};

#endif  // MADOGUCHI_SERVICES_BASE_STRONG_ID_H
