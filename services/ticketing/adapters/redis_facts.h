#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_FACTS_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_FACTS_H

#include "services/redis/reply.h"
#include <cstdint>
#include <string>
#include <string_view>

// What Redis tells about itself. Texts are valid as long as the reply is.
namespace madoguchi::ticketing {

/// The value of the line `name:value` of an INFO; empty if there is none.
std::string_view InfoField(std::string_view info, std::string const& name);

/// The value behind `name` in a list of names and values, such as CONFIG GET
/// answers; empty if there is none.
std::string_view Find(redis::Reply pairs, std::string_view name);

/// The decimal that `text` begins with; 0 if it does not.
std::int64_t ToInteger(std::string_view text);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_FACTS_H
