#ifndef MADOGUCHI_CLIENTS_SDK_STATUS_DETAILS_H
#define MADOGUCHI_CLIENTS_SDK_STATUS_DETAILS_H

#include "absl/status/status.h"
#include <grpcpp/support/status.h>

namespace madoguchi::sdk {

/// Reads what a call ended with, reason and metadata included if the server
/// named them. Details that are not ours are left out.
absl::Status FromGrpcStatus(grpc::Status const& status);

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_STATUS_DETAILS_H
