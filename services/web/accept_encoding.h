#ifndef MADOGUCHI_SERVICES_WEB_ACCEPT_ENCODING_H
#define MADOGUCHI_SERVICES_WEB_ACCEPT_ENCODING_H

#include <string_view>

namespace madoguchi::web {

/// Whether a client that sent `header` as `Accept-Encoding` takes `coding`,
/// such as `br`. What it prefers of several is ours to choose. Pure.
bool Accepts(std::string_view header, std::string_view coding);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_ACCEPT_ENCODING_H
