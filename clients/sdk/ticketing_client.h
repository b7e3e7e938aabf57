#ifndef MADOGUCHI_CLIENTS_SDK_TICKETING_CLIENT_H
#define MADOGUCHI_CLIENTS_SDK_TICKETING_CLIENT_H

#include "clients/sdk/counter_methods.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include "madoguchi/ticketing/v1/device_service.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.pb.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::sdk {

/// How a client reaches the ticketing servers of a house.
struct ClientOptions {
  /// `host:port` of each replica. The next is tried when one does not answer.
  std::vector<std::string> targets;
  /// Shown to the servers with each call; empty for those without a devices
  /// file. See `ReadToken`.
  std::string token;
  /// How long a call may take in all, its repeats included.
  std::chrono::milliseconds call_timeout{10'000};
  /// How long one attempt may take before the call is repeated.
  std::chrono::milliseconds attempt_timeout{2'000};
  /// The pause before a repeat: a random time in this range. Connections are
  /// made again after as long.
  std::chrono::milliseconds shortest_pause{100};
  std::chrono::milliseconds longest_pause{500};
  /// How many connections to make to each replica. Many calls at a time on one
  /// wait for each other: a program with 100 threads does better with a few.
  int connections = 1;
  /// Waits; null sleeps. A test may replace it.
  std::function<void(std::chrono::milliseconds)> pause;
};

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
  ~TicketingClient();
  TicketingClient(TicketingClient const&) = delete;
  TicketingClient& operator=(TicketingClient const&) = delete;

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
  class Replicas;
  std::unique_ptr<Replicas> replicas_;
};

/// Whether `status` leaves open what happened: the press must be repeated with
/// the same request id to know.
bool IsOutcomeUnknown(absl::Status const& status);

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_TICKETING_CLIENT_H
