#include "clients/sdk/status_details.h"
#include "services/base/error.h"
#include "madoguchi/rpc/v1/status.pb.h"
#include <string>
#include <string_view>

namespace madoguchi::sdk {
namespace {

// Servers write the name of the twin that every gRPC library knows.
bool IsErrorInfo(std::string_view type_url) {
  return type_url.ends_with("/google.rpc.ErrorInfo") ||
         type_url.ends_with("/madoguchi.rpc.v1.ErrorInfo");
}

}  // namespace

absl::Status FromGrpcStatus(grpc::Status const& status) {
  if (status.ok()) return absl::OkStatus();
  auto const code = static_cast<absl::StatusCode>(status.error_code());
  rpc::v1::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (auto const& detail : details.details()) {
      rpc::v1::ErrorInfo info;
      if (!IsErrorInfo(detail.type_url()) ||
          !info.ParseFromString(detail.value())) {
        continue;
      }
      return MakeError(
          code, status.error_message(),
          {info.reason(), {info.metadata().begin(), info.metadata().end()}});
    }
  }
  return absl::Status(code, status.error_message());
}

}  // namespace madoguchi::sdk
