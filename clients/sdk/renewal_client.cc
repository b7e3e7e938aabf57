#include "clients/sdk/renewal_client.h"
#include <utility>

namespace madoguchi::sdk {

using renewal::v1::RenewalService;

RenewalClient::RenewalClient(ClientOptions options)
    : replicas_(std::move(options)) {}

#define MADOGUCHI_DEFINE(Method)                                              \
  absl::StatusOr<renewal::v1::Method##Response> RenewalClient::Method(        \
      renewal::v1::Method##Request request) {                                 \
    return replicas_.Call(&RenewalService::Stub::Method, std::move(request)); \
  }
MADOGUCHI_RENEWAL_METHODS(MADOGUCHI_DEFINE)
#undef MADOGUCHI_DEFINE

absl::StatusOr<renewal::v1::Renewal> RenewalClient::GetRenewal(
    renewal::v1::GetRenewalRequest request) {
  return replicas_.Call(&RenewalService::Stub::GetRenewal, std::move(request));
}

}  // namespace madoguchi::sdk
