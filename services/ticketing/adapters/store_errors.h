#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_ERRORS_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_ERRORS_H

#include "absl/status/status.h"

namespace madoguchi::ticketing {

/// The error of ours for `failure`, of a command that a `redis::Client` sent.
absl::Status ToStoreError(absl::Status const& failure);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_ERRORS_H
