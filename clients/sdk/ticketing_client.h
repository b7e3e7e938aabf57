#ifndef MADOGUCHI_CLIENTS_SDK_TICKETING_CLIENT_H
#define MADOGUCHI_CLIENTS_SDK_TICKETING_CLIENT_H

#include "clients/sdk/client_options.h"
#include "clients/sdk/counter_methods.h"
#include "clients/sdk/replicas.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/device_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include "absl/status/statusor.h"

namespace madoguchi::sdk {

/// Calls ticketing as a device should: every press has one request id, and is
/// repeated with it while its outcome is unknown (UNAVAILABLE,
/// DEADLINE_EXCEEDED, CANCELLED, and ABORTED `LOOK_AGAIN`), at another replica
/// if there is one, until `call_timeout`.
///
/// A request without `request_id` is given one. Errors carry the reason and
/// metadata that the server named (`GetErrorInfo` of services/base/error.h).
/// Calls block. Thread safe.
class TicketingClient {
 public:
  explicit TicketingClient(ClientOptions options);

  absl::StatusOr<ticketing::v1::ListServicesResponse> ListServices(
      ticketing::v1::ListServicesRequest request);
  absl::StatusOr<ticketing::v1::IssueTicketResponse> IssueTicket(
      ticketing::v1::IssueTicketRequest request);
  absl::StatusOr<ticketing::v1::Ticket> GetTicket(
      ticketing::v1::GetTicketRequest request);
  absl::StatusOr<ticketing::v1::CancelTicketResponse> CancelTicket(
      ticketing::v1::CancelTicketRequest request);

#define MADOGUCHI_DECLARE(Method)                         \
  absl::StatusOr<ticketing::v1::Method##Response> Method( \
      ticketing::v1::Method##Request request);
  MADOGUCHI_COUNTER_METHODS(MADOGUCHI_DECLARE)
#undef MADOGUCHI_DECLARE

  /// Repeated like all calls, so a device that beats every few seconds gives it
  /// a client with a short `call_timeout`.
  absl::StatusOr<ticketing::v1::HeartbeatResponse> Heartbeat(
      ticketing::v1::HeartbeatRequest request);
  absl::StatusOr<ticketing::v1::ListDevicesResponse> ListDevices(
      ticketing::v1::ListDevicesRequest request);

 private:
  Replicas<ticketing::v1::TicketService, ticketing::v1::CounterService,
           ticketing::v1::DeviceService>
      replicas_;
};

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_TICKETING_CLIENT_H
