#ifndef MADOGUCHI_SERVICES_RPC_STATUS_H
#define MADOGUCHI_SERVICES_RPC_STATUS_H

#include "absl/status/status.h"
#include <grpcpp/support/status.h>

namespace madoguchi::rpc {

/// The only place where an error of the core becomes one of gRPC: its
/// `ErrorInfo` goes into the details that stock clients decode.
grpc::Status ToGrpcStatus(absl::Status const& status);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_STATUS_H
