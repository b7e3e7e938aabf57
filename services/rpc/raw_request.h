#ifndef MADOGUCHI_SERVICES_RPC_RAW_REQUEST_H
#define MADOGUCHI_SERVICES_RPC_RAW_REQUEST_H

#include "services/base/errors.h"
#include "absl/status/statusor.h"
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

namespace madoguchi::rpc {

/// The request of a method on bytes, as methods that stream their answers are
/// (admission.h). Fails with `INVALID_NAME` if it is no `Request`.
template <typename Request>
absl::StatusOr<Request> ParseRawRequest(grpc::ByteBuffer const& bytes) {
  grpc::ByteBuffer copy(bytes);
  Request request;
  auto const parsed =
      grpc::SerializationTraits<Request>::Deserialize(&copy, &request);
  if (!parsed.ok()) {
    return error::InvalidName("request", "its message type");
  }
  return request;
}

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_RAW_REQUEST_H
