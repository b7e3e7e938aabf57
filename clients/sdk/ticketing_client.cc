#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/channel.h"
#include "clients/sdk/repeat.h"
#include "clients/sdk/status_details.h"
#include "clients/sdk/token.h"
#include "clients/sdk/uuid.h"
#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/device_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/client_context.h>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <thread>
#include <utility>

namespace madoguchi::sdk {
namespace {

using ticketing::v1::CounterService;
using ticketing::v1::DeviceService;
using ticketing::v1::TicketService;

/// A channel with the stubs on it.
struct Connection {
  explicit Connection(std::shared_ptr<grpc::Channel> const& channel)
      : ticket_service(channel),
        counter_service(channel),
        device_service(channel) {}

  TicketService::Stub ticket_service;
  CounterService::Stub counter_service;
  DeviceService::Stub device_service;
};

TicketService::Stub& StubOf(Connection& connection,
                            std::type_identity<TicketService::Stub>) {
  return connection.ticket_service;
}
CounterService::Stub& StubOf(Connection& connection,
                             std::type_identity<CounterService::Stub>) {
  return connection.counter_service;
}
DeviceService::Stub& StubOf(Connection& connection,
                            std::type_identity<DeviceService::Stub>) {
  return connection.device_service;
}

/// One connection to one replica, which can be made anew. Thread safe.
class Line {
 public:
  Line(ClientOptions const& options, std::string target)
      : options_(options), target_(std::move(target)), connection_(Connect()) {}

  std::shared_ptr<Connection> Get() const ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    return connection_;
  }

  /// Drops `broken` unless another thread has done so.
  void Replace(std::shared_ptr<Connection> const& broken)
      ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    if (connection_ == broken) connection_ = Connect();
  }

 private:
  std::shared_ptr<Connection> Connect() const {
    return std::make_shared<Connection>(MakeChannel(options_, target_));
  }

  ClientOptions const& options_;
  std::string const target_;
  mutable Mutex mu_;
  std::shared_ptr<Connection> connection_ ABSL_GUARDED_BY(mu_);
};

template <typename Request>
concept Mutation = requires(Request request) {
  { request.request_id() } -> std::convertible_to<std::string>;
};

MachineTime Now() { return std::chrono::steady_clock::now(); }

void Sleep(std::chrono::milliseconds duration) {
  std::this_thread::sleep_for(duration);
}

}  // namespace

/// The replicas of ticketing; calls go to the one that answered last.
class TicketingClient::Replicas {
 public:
  explicit Replicas(ClientOptions options)
      : options_(std::move(options)),
        limits_{options_.call_timeout,
                options_.attempt_timeout,
                options_.shortest_pause,
                options_.longest_pause,
                Now,
                options_.pause ? options_.pause : Sleep} {
    for (auto const& target : options_.targets) {
      auto& lines = replicas_.emplace_back();
      for (int i = 0; i < options_.connections; ++i) {
        lines.push_back(std::make_unique<Line>(options_, target));
      }
    }
  }

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&,
                                   Response*),
      Request request) {
    if (replicas_.empty() || replicas_.front().empty()) {
      return absl::InvalidArgumentError("No target to call.");
    }
    // What makes a mutation safe to repeat; a method that only reads is so
    // anyway. Each method here is one or the other.
    if constexpr (Mutation<Request>) {
      if (request.request_id().empty()) request.set_request_id(NewRequestId());
    }
    auto const turn = turn_.fetch_add(1, std::memory_order_relaxed);
    Response response;
    auto const outcome =
        Repeat(limits_, Idempotence::kIdempotent, [&](MachineTime deadline) {
          return Attempt(method, request, deadline, turn, response);
        });
    if (!outcome.ok()) return outcome;
    return response;
  }

 private:
  template <typename Stub, typename Request, typename Response>
  absl::Status Attempt(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                    Request const&, Response*),
                       Request const& request, MachineTime deadline,
                       std::size_t turn, Response& response) {
    auto preferred = preferred_.load(std::memory_order_relaxed);
    auto const& lines = replicas_[preferred % replicas_.size()];
    auto& line = *lines[turn % lines.size()];
    auto const connection = line.Get();

    grpc::ClientContext context;
    context.set_deadline(GrpcDeadline(deadline));
    ShowToken(options_.token, context);
    response.Clear();
    auto& stub = StubOf(*connection, std::type_identity<Stub>());
    auto const status = (stub.*method)(&context, request, &response);
    auto const outcome = FromGrpcStatus(status);
    if (IsOutcomeUnknown(outcome)) {
      // Only the first of the calls that fail together moves on; otherwise an
      // even number of them would come back to the replica that is down.
      preferred_.compare_exchange_strong(preferred, preferred + 1,
                                         std::memory_order_relaxed);
    }
    if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED &&
        status.error_details().empty()) {
      // The server did not answer, not even with an error: the connection may
      // be dead without either end knowing, and would eat the repeats as well.
      line.Replace(connection);
    }
    return outcome;
  }

  ClientOptions const options_;
  RepeatLimits const limits_;
  std::vector<std::vector<std::unique_ptr<Line>>> replicas_;
  /// Index of the replica to call, modulo their number.
  std::atomic<std::size_t> preferred_{0};
  /// Deals the calls out to the connections.
  std::atomic<std::size_t> turn_{0};
};

TicketingClient::TicketingClient(ClientOptions options)
    : replicas_(std::make_unique<Replicas>(std::move(options))) {}

TicketingClient::~TicketingClient() = default;

absl::StatusOr<ticketing::v1::ListServicesResponse>
TicketingClient::ListServices(ticketing::v1::ListServicesRequest request) {
  return replicas_->Call(&TicketService::Stub::ListServices,
                         std::move(request));
}

absl::StatusOr<ticketing::v1::IssueTicketResponse> TicketingClient::IssueTicket(
    ticketing::v1::IssueTicketRequest request) {
  return replicas_->Call(&TicketService::Stub::IssueTicket, std::move(request));
}

absl::StatusOr<ticketing::v1::Ticket> TicketingClient::GetTicket(
    ticketing::v1::GetTicketRequest request) {
  return replicas_->Call(&TicketService::Stub::GetTicket, std::move(request));
}

absl::StatusOr<ticketing::v1::CancelTicketResponse>
TicketingClient::CancelTicket(ticketing::v1::CancelTicketRequest request) {
  return replicas_->Call(&TicketService::Stub::CancelTicket,
                         std::move(request));
}

#define MADOGUCHI_DEFINE(Method)                                               \
  absl::StatusOr<ticketing::v1::Method##Response> TicketingClient::Method(     \
      ticketing::v1::Method##Request request) {                                \
    return replicas_->Call(&CounterService::Stub::Method, std::move(request)); \
  }
MADOGUCHI_COUNTER_METHODS(MADOGUCHI_DEFINE)
#undef MADOGUCHI_DEFINE

absl::StatusOr<ticketing::v1::HeartbeatResponse> TicketingClient::Heartbeat(
    ticketing::v1::HeartbeatRequest request) {
  return replicas_->Call(&DeviceService::Stub::Heartbeat, std::move(request));
}

absl::StatusOr<ticketing::v1::ListDevicesResponse> TicketingClient::ListDevices(
    ticketing::v1::ListDevicesRequest request) {
  return replicas_->Call(&DeviceService::Stub::ListDevices, std::move(request));
}

}  // namespace madoguchi::sdk
