#ifndef MADOGUCHI_SERVICES_BASE_NAME_UUID_H
#define MADOGUCHI_SERVICES_BASE_NAME_UUID_H

#include <string>
#include <string_view>

namespace madoguchi {

/// The UUID (version 5, RFC 9562) of a name in this house's own namespace: the
/// same name gives the same id in every process and release. For requests that
/// nobody pressed, so that any number of replicas may make them. Thread safe.
std::string NameUuid(std::string_view name);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_NAME_UUID_H
