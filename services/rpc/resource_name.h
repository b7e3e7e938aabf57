#ifndef MADOGUCHI_SERVICES_RPC_RESOURCE_NAME_H
#define MADOGUCHI_SERVICES_RPC_RESOURCE_NAME_H

#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The names of resources, as the API writes them: parts of a-z, A-Z, 0-9, -, _
// in their collections, 128 bytes at most. Pure.
namespace madoguchi::rpc {

/// Whether `text` may be one part of a name.
bool IsNamePart(std::string_view text);

/// The office of `offices/{office}`; nothing for any other form.
std::optional<std::string> OfficeInName(std::string_view name);

/// Both parts of `offices/{}/COLLECTION/{}`; nothing for any other form.
std::optional<std::pair<std::string, std::string>> ChildInName(
    std::string_view name, std::string_view collection);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_RESOURCE_NAME_H
