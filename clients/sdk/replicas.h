#ifndef MADOGUCHI_CLIENTS_SDK_REPLICAS_H
#define MADOGUCHI_CLIENTS_SDK_REPLICAS_H

#include "clients/sdk/channel.h"
#include "clients/sdk/client_options.h"
#include "clients/sdk/repeat.h"
#include "clients/sdk/status_details.h"
#include "clients/sdk/token.h"
#include "clients/sdk/uuid.h"
#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include <grpcpp/client_context.h>
#include <atomic>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace madoguchi::sdk {

template <typename Request>
concept Mutation = requires(Request request) {
  { request.request_id() } -> std::convertible_to<std::string>;
};

/// The replicas of a server that has `Services`; calls go to the one that
/// answered last, as `TicketingClient` promises it. Thread safe.
template <typename... Services>
class Replicas {
 public:
  explicit Replicas(ClientOptions options)
      : options_(std::move(options)),
        limits_{options_.call_timeout,
                options_.attempt_timeout,
                options_.shortest_pause,
                options_.longest_pause,
                [] { return std::chrono::steady_clock::now(); },
                options_.pause ? options_.pause : Sleep} {
    for (auto const& target : options_.targets) {
      auto& lines = replicas_.emplace_back();
      for (int i = 0; i < options_.connections; ++i) {
        lines.push_back(std::make_unique<Line>(options_, target));
      }
    }
  }

  /// Calls `method` with `request`, and again while its outcome is unknown. A
  /// request that changes something and has no id is given one. Blocks.
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
  /// The stubs on one channel.
  using Connection = std::tuple<typename Services::Stub...>;

  /// One connection to one replica, which can be made anew. Thread safe.
  class Line {
   public:
    Line(ClientOptions const& options, std::string target)
        : options_(options),
          target_(std::move(target)),
          connection_(Connect()) {}

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
      std::shared_ptr<grpc::ChannelInterface> const channel =
          MakeChannel(options_, target_);
      return std::make_shared<Connection>(
          ((void)sizeof(typename Services::Stub), channel)...);
    }

    ClientOptions const& options_;
    std::string const target_;
    mutable Mutex mu_;
    std::shared_ptr<Connection> connection_ ABSL_GUARDED_BY(mu_);
  };

  static void Sleep(std::chrono::milliseconds duration) {
    std::this_thread::sleep_for(duration);
  }

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
    auto const status =
        (std::get<Stub>(*connection).*method)(&context, request, &response);
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

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_REPLICAS_H
