#include "services/rpc/status.h"
#include "services/base/error.h"
#include "madoguchi/rpc/v1/status.pb.h"
#include <string>
#include <utility>

namespace madoguchi::rpc {
namespace {

constexpr char kDomain[] = "madoguchi";
constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

}  // namespace

grpc::Status ToGrpcStatus(absl::Status const& status) {
  if (status.ok()) return grpc::Status::OK;
  auto const code = static_cast<grpc::StatusCode>(status.code());
  std::string const message(status.message());
  auto info = GetErrorInfo(status);
  if (info.reason.empty()) return {code, message};

  v1::ErrorInfo detail;
  detail.set_reason(std::move(info.reason));
  detail.set_domain(kDomain);
  detail.mutable_metadata()->insert(info.metadata.begin(), info.metadata.end());

  v1::Status proto;
  proto.set_code(static_cast<int>(status.code()));
  proto.set_message(message);
  auto* any = proto.add_details();
  any->set_type_url(kErrorInfoUrl);
  any->set_value(detail.SerializeAsString());
  return {code, message, proto.SerializeAsString()};
}

}  // namespace madoguchi::rpc
