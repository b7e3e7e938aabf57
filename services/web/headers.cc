#include "services/web/headers.h"
#include <algorithm>

namespace madoguchi::web {

std::size_t CountOf(Headers const& headers, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(),
                    [&](auto const& each) { return each.first == name; }));
}

std::optional<std::string_view> Find(Headers const& headers,
                                     std::string_view name) {
  for (auto const& [key, value] : headers) {
    if (key == name) return value;
  }
  return std::nullopt;
}

}  // namespace madoguchi::web
