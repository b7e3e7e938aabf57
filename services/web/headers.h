#ifndef MADOGUCHI_SERVICES_WEB_HEADERS_H
#define MADOGUCHI_SERVICES_WEB_HEADERS_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace madoguchi::web {

/// Names and values in the order in which they travel. Names are in lower case.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// How often `name` is there.
std::size_t CountOf(Headers const& headers, std::string_view name);

/// The value of the first `name`; nothing if there is none.
std::optional<std::string_view> Find(Headers const& headers,
                                     std::string_view name);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_HEADERS_H
