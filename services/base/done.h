#ifndef MADOGUCHI_SERVICES_BASE_DONE_H
#define MADOGUCHI_SERVICES_BASE_DONE_H

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

namespace madoguchi {

/// Takes the result of an operation that does not block, exactly once, on a
/// thread that the operation chooses. It must not block.
template <typename T>
using Done = absl::AnyInvocable<void(absl::StatusOr<T>)>;

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_DONE_H
