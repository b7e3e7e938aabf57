#ifndef MADOGUCHI_TESTS_INTEGRATION_TICKETING_HOUSE_H
#define MADOGUCHI_TESTS_INTEGRATION_TICKETING_HOUSE_H

#include "clients/sdk/status_details.h"
#include "clients/sdk/token.h"
#include "clients/sdk/uuid.h"
#include "tests/support/redis_server.h"
#include "tests/support/ticketing_server.h"
#include "madoguchi/rpc/v1/readiness_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/device_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/event_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include "absl/status/statusor.h"
#include <grpcpp/client_context.h>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::testing {

// What tests of bad input expect.
inline constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
inline constexpr auto kNotFound = absl::StatusCode::kNotFound;
inline constexpr auto kForbidden = absl::StatusCode::kFailedPrecondition;

/// What a Redis needs so that ticketing trusts it.
std::vector<std::string> DurableRedisFlags();

/// One replica as a device sees it, without any repeats.
struct ReplicaStubs {
  explicit ReplicaStubs(std::string const& address);

  std::unique_ptr<rpc::v1::ReadinessService::Stub> readiness;
  std::unique_ptr<ticketing::v1::TicketService::Stub> tickets;
  std::unique_ptr<ticketing::v1::CounterService::Stub> counters;
  std::unique_ptr<ticketing::v1::DeviceService::Stub> devices;
  std::unique_ptr<ticketing::v1::DisplayService::Stub> displays;
  std::unique_ptr<ticketing::v1::EventService::Stub> events;
};

/// Ticketing replicas of the example city on a Redis of their own.
class TicketingHouse {
 public:
  /// Starts `replicas` servers, with `flags` besides what each needs, and waits
  /// until they are ready. Aborts the test program if they are not.
  explicit TicketingHouse(int replicas,
                          std::vector<std::string> const& flags = {});

  /// A replica for each of `flags`, which are its own.
  explicit TicketingHouse(std::vector<std::vector<std::string>> const& flags);

  RedisServer& redis() { return redis_; }
  TicketingServer& server(int replica);
  ReplicaStubs& at(int replica);

  /// The command that starts one more server by hand, with `flags`.
  std::vector<std::string> Command(std::string const& listen,
                                   std::vector<std::string> const& flags) const;

 private:
  RedisServer redis_{DurableRedisFlags()};
  std::vector<std::unique_ptr<TicketingServer>> servers_;
  std::vector<std::unique_ptr<ReplicaStubs>> stubs_;
};

/// Makes one attempt of a unary call: `Call(stub, &Stub::Method, request)`.
/// Its error carries the reason that the server named. Shows `token` unless it
/// is empty.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(
    std::unique_ptr<Stub> const& stub,
    grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&,
                                 Response*),
    Request const& request,
    std::chrono::milliseconds timeout = std::chrono::seconds(10),
    std::string const& token = {}) {
  grpc::ClientContext context;
  sdk::ShowToken(token, context);
  context.set_deadline(std::chrono::system_clock::now() + timeout);
  context.set_wait_for_ready(true);
  Response response;
  auto const status = (stub.get()->*method)(&context, request, &response);
  if (!status.ok()) return sdk::FromGrpcStatus(status);
  return response;
}

/// Requests with a fresh request id.
ticketing::v1::IssueTicketRequest IssueOf(std::string const& service);
ticketing::v1::OpenCounterRequest OpenOf(std::string const& counter);
ticketing::v1::CallNextTicketRequest CallNextOf(std::string const& counter,
                                                std::int64_t session);

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_INTEGRATION_TICKETING_HOUSE_H
