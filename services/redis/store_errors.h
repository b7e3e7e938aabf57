#ifndef MADOGUCHI_SERVICES_REDIS_STORE_ERRORS_H
#define MADOGUCHI_SERVICES_REDIS_STORE_ERRORS_H

#include "absl/status/status.h"

namespace madoguchi::redis {

/// The error of services/base/errors.h for `failure`, of a command that a
/// `Client` sent.
absl::Status ToStoreError(absl::Status const& failure);

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_STORE_ERRORS_H
