#ifndef MADOGUCHI_SERVICES_BASE_REQUEST_H
#define MADOGUCHI_SERVICES_BASE_REQUEST_H

#include "services/base/strong_id.h"
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi {

using RequestId = StrongId<struct RequestTag>;

/// One press: what makes a command idempotent.
struct Request {
  /// A UUID in lower case, chosen by the device.
  RequestId id;
  /// Which command with which arguments: its name, `:` and a digest of the
  /// arguments. A repeat must have the same.
  std::string command;

  friend bool operator==(Request const&, Request const&) = default;
};

/// Builds a request. `id` is a UUID in any case; `arguments` are all that the
/// command depends on, in a fixed order. Nothing if `id` is not a UUID.
std::optional<Request> ReadRequest(
    std::string const& id, std::string_view command,
    std::initializer_list<std::string_view> arguments);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_REQUEST_H
