#ifndef MADOGUCHI_SERVICES_GATEWAY_LISTEN_H
#define MADOGUCHI_SERVICES_GATEWAY_LISTEN_H

#include "services/web/server.h"
#include "absl/status/statusor.h"
#include <string>
#include <vector>

namespace madoguchi::gateway {

/// Reads `AUDIENCE=HOST:PORT[,...]`, such as `house=127.0.0.1:8080`, with what
/// each audience may call. Returns kInvalidArgument, saying what is wrong, if
/// it is not that, and kFailedPrecondition if `house` were reachable from other
/// machines: the hall's network must not reach what is for staff.
absl::StatusOr<std::vector<web::Listener>> ParseListen(std::string const& text);

}  // namespace madoguchi::gateway

#endif  // MADOGUCHI_SERVICES_GATEWAY_LISTEN_H
