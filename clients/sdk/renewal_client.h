#ifndef MADOGUCHI_CLIENTS_SDK_RENEWAL_CLIENT_H
#define MADOGUCHI_CLIENTS_SDK_RENEWAL_CLIENT_H

#include "clients/sdk/client_options.h"
#include "clients/sdk/renewal_methods.h"
#include "clients/sdk/replicas.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi::sdk {

/// Calls renewal as `TicketingClient` calls ticketing: every press has one
/// request id, and is repeated with it while its outcome is unknown.
///
/// Calls block. Thread safe.
class RenewalClient {
 public:
  explicit RenewalClient(ClientOptions options);

#define MADOGUCHI_DECLARE(Method)                       \
  absl::StatusOr<renewal::v1::Method##Response> Method( \
      renewal::v1::Method##Request request);
  MADOGUCHI_RENEWAL_METHODS(MADOGUCHI_DECLARE)
#undef MADOGUCHI_DECLARE

  absl::StatusOr<renewal::v1::Renewal> GetRenewal(
      renewal::v1::GetRenewalRequest request);

  /// How the national system does, as `WatchUpstream` of `office` says first;
  /// `offices/{office}`. Asks each target once, for `attempt_timeout` at most.
  absl::StatusOr<renewal::v1::Upstream> LookAtUpstream(
      std::string const& office);

 private:
  ClientOptions const options_;
  Replicas<renewal::v1::RenewalService> replicas_;
};

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_RENEWAL_CLIENT_H
