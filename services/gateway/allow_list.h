#ifndef MADOGUCHI_SERVICES_GATEWAY_ALLOW_LIST_H
#define MADOGUCHI_SERVICES_GATEWAY_ALLOW_LIST_H

#include "services/web/site.h"
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::gateway {

/// Whom a listener is for.
enum class Audience {
  /// Displays, which show what everybody in the hall may see.
  kHall,
  /// Counters and those who supervise them.
  kStaff,
  /// Anybody. There is nothing for them yet.
  kPublic,
  /// Hall and staff together, on one port of one machine.
  kHouse,
};

/// `hall`, `staff`, `public` or `house`; nothing if it is none of them.
std::optional<Audience> ParseAudience(std::string_view name);

/// What pages of `audience` may call. Nothing else is, whatever a service
/// offers: not its events, which name staff, nor its health, nor its
/// reflection.
web::MethodSet MethodsFor(Audience audience);

}  // namespace madoguchi::gateway

#endif  // MADOGUCHI_SERVICES_GATEWAY_ALLOW_LIST_H
