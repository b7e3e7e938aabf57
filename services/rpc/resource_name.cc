#include "services/rpc/resource_name.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi::rpc {
namespace {

constexpr std::size_t kLongestName = 128;

// The part behind `collection` + "/"; `rest` becomes what follows it.
std::optional<std::string> TakePart(std::string_view collection,
                                    std::string_view& rest) {
  if (!rest.starts_with(collection)) return std::nullopt;
  rest.remove_prefix(collection.size());
  if (!rest.starts_with('/')) return std::nullopt;
  rest.remove_prefix(1);
  auto const part = rest.substr(0, rest.find('/'));
  if (!IsNamePart(part)) return std::nullopt;
  rest.remove_prefix(part.size());
  return std::string(part);
}

}  // namespace

bool IsNamePart(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

std::optional<std::string> OfficeInName(std::string_view name) {
  auto office = TakePart("offices", name);
  if (!name.empty()) return std::nullopt;
  return office;
}

std::optional<std::pair<std::string, std::string>> ChildInName(
    std::string_view name, std::string_view collection) {
  if (name.size() > kLongestName) return std::nullopt;
  auto const office = TakePart("offices", name);
  if (!office || !name.starts_with('/')) return std::nullopt;
  name.remove_prefix(1);
  auto const child = TakePart(collection, name);
  if (!child || !name.empty()) return std::nullopt;
  return std::pair(*office, *child);
}

}  // namespace madoguchi::rpc
