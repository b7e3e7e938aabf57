#include "services/ticketing/adapters/redis_facts.h"
#include <charconv>
#include <cstddef>

namespace madoguchi::ticketing {

std::string_view InfoField(std::string_view info, std::string const& name) {
  auto const begin = info.find("\n" + name + ":");
  if (begin == std::string_view::npos) return {};
  auto const value = info.substr(begin + name.size() + 2);
  return value.substr(0, value.find_first_of("\r\n"));
}

std::string_view Find(redis::Reply pairs, std::string_view name) {
  for (std::size_t i = 0; i + 1 < pairs.Size(); i += 2) {
    if (pairs[i].Text() == name) return pairs[i + 1].Text();
  }
  return {};
}

std::int64_t ToInteger(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace madoguchi::ticketing
