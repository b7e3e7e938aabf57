#ifndef MADOGUCHI_CLIENTS_SDK_RENEWAL_CLIENT_H
#define MADOGUCHI_CLIENTS_SDK_RENEWAL_CLIENT_H

#include "clients/sdk/client_options.h"
#include "clients/sdk/replicas.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include "absl/status/statusor.h"

namespace madoguchi::sdk {

/// Applies `X` to each method of `RenewalService` with an `MRequest` and an
/// `MResponse`, in the order of its proto; see `MADOGUCHI_COUNTER_METHODS`.
#define MADOGUCHI_RENEWAL_METHODS(X) \
  X(Triage)                          \
  X(StartRenewal)                    \
  X(RecordStep)                      \
  X(RequestIssuance)                 \
  X(ParkRenewal)                     \
  X(ResumeRenewal)                   \
  X(FinishRenewal)                   \
  X(AbandonRenewal)                  \
  X(ListRenewals)                    \
  X(ReportUpstream)

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

 private:
  Replicas<renewal::v1::RenewalService> replicas_;
};

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_RENEWAL_CLIENT_H
