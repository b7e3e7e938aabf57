#ifndef MADOGUCHI_CLIENTS_SDK_SCRIPTED_SERVER_H
#define MADOGUCHI_CLIENTS_SDK_SCRIPTED_SERVER_H

#include "clients/sdk/counter_methods.h"
#include "services/base/mutex.h"
#include "madoguchi/rpc/v1/status.pb.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/event_service.grpc.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include <google/protobuf/message.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace madoguchi::sdk {

/// A ticketing server in the process of the test, which answers as the test
/// says: above all wrongly. Thread safe.
class ScriptedServer {
 public:
  /// Takes the call's place in the order of arrival, from 0.
  using OnIssue = std::function<grpc::Status(
      std::size_t attempt, grpc::ServerContext& context,
      ticketing::v1::IssueTicketResponse& response)>;
  using OnWatch = std::function<grpc::Status(
      std::size_t stream, grpc::ServerContext& context,
      grpc::ServerWriter<ticketing::v1::OfficeUpdate>& writer)>;
  using OnFollowEvents = std::function<grpc::Status(
      std::size_t stream, grpc::ServerContext& context,
      grpc::ServerWriter<ticketing::v1::FollowEventsResponse>& writer)>;

  /// Takes the name of the method of `CounterService`, and its messages.
  using OnCounter = std::function<grpc::Status(
      std::string const& method, google::protobuf::Message const& request,
      google::protobuf::Message& response)>;

  explicit ScriptedServer(OnIssue on_issue, OnWatch on_watch = {},
                          OnCounter on_counter = {})
      : tickets_(std::move(on_issue)),
        displays_(std::move(on_watch)),
        counters_(std::move(on_counter)) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&tickets_);
    builder.RegisterService(&displays_);
    builder.RegisterService(&events_);
    builder.RegisterService(&counters_);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~ScriptedServer() { server_->Shutdown(std::chrono::system_clock::now()); }

  /// What a log answers. To be said before anybody follows it.
  void OnFollow(OnFollowEvents script) {
    events_.on_follow = std::move(script);
  }

  std::string const& address() const { return address_; }
  std::vector<ticketing::v1::IssueTicketRequest> issues() {
    return tickets_.requests.Copy();
  }
  std::vector<ticketing::v1::WatchOfficeRequest> watches() {
    return displays_.requests.Copy();
  }
  std::vector<ticketing::v1::FollowEventsRequest> follows() {
    return events_.requests.Copy();
  }

 private:
  template <typename Request>
  class Requests {
   public:
    std::size_t Add(Request const& request) {
      MutexLock const lock(mu_);
      requests_.push_back(request);
      return requests_.size() - 1;
    }
    std::vector<Request> Copy() {
      MutexLock const lock(mu_);
      return requests_;
    }

   private:
    Mutex mu_;
    std::vector<Request> requests_ ABSL_GUARDED_BY(mu_);
  };

  struct Tickets : ticketing::v1::TicketService::Service {
    explicit Tickets(OnIssue script) : on_issue(std::move(script)) {}
    grpc::Status IssueTicket(
        grpc::ServerContext* context,
        ticketing::v1::IssueTicketRequest const* request,
        ticketing::v1::IssueTicketResponse* response) override {
      return on_issue(requests.Add(*request), *context, *response);
    }
    OnIssue on_issue;
    Requests<ticketing::v1::IssueTicketRequest> requests;
  };

  struct Displays : ticketing::v1::DisplayService::Service {
    explicit Displays(OnWatch script) : on_watch(std::move(script)) {}
    grpc::Status WatchOffice(
        grpc::ServerContext* context,
        ticketing::v1::WatchOfficeRequest const* request,
        grpc::ServerWriter<ticketing::v1::OfficeUpdate>* writer) override {
      return on_watch(requests.Add(*request), *context, *writer);
    }
    OnWatch on_watch;
    Requests<ticketing::v1::WatchOfficeRequest> requests;
  };

  struct Events : ticketing::v1::EventService::Service {
    grpc::Status FollowEvents(
        grpc::ServerContext* context,
        ticketing::v1::FollowEventsRequest const* request,
        grpc::ServerWriter<ticketing::v1::FollowEventsResponse>* writer)
        override {
      return on_follow(requests.Add(*request), *context, *writer);
    }
    OnFollowEvents on_follow;
    Requests<ticketing::v1::FollowEventsRequest> requests;
  };

  struct Counters : ticketing::v1::CounterService::Service {
    explicit Counters(OnCounter script) : on_counter(std::move(script)) {}
#define MADOGUCHI_SERVE(Method)                                             \
  grpc::Status Method(grpc::ServerContext*,                                 \
                      ticketing::v1::Method##Request const* request,        \
                      ticketing::v1::Method##Response* response) override { \
    return on_counter(#Method, *request, *response);                        \
  }
    MADOGUCHI_COUNTER_METHODS(MADOGUCHI_SERVE)
#undef MADOGUCHI_SERVE
    OnCounter on_counter;
  };

  Tickets tickets_;
  Displays displays_;
  Events events_;
  Counters counters_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

/// Waits until the client gives up.
inline grpc::Status Hang(grpc::ServerContext& context) {
  while (!context.IsCancelled()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return grpc::Status(grpc::StatusCode::CANCELLED, "given up");
}

/// An error as our servers send it.
inline grpc::Status WireError(grpc::StatusCode code, std::string const& message,
                              std::string const& reason) {
  rpc::v1::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("madoguchi");
  (*info.mutable_metadata())["counter"] = "2";
  rpc::v1::Status status;
  status.set_code(code);
  status.set_message(message);
  auto* const detail = status.add_details();
  detail->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  detail->set_value(info.SerializeAsString());
  return grpc::Status(code, message, status.SerializeAsString());
}

/// An address on which nobody listens.
inline std::string DeadAddress() {
  // Port 1 is reserved; asking the system for a free port and closing it again
  // would let another test have it.
  return "127.0.0.1:1";
}

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_SCRIPTED_SERVER_H
