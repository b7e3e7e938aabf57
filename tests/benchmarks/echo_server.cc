// The measure of the first two rows: answers IssueTicket with always the same
// ticket, behind the same gRPC settings as ticketing, and does nothing else.

#include "services/rpc/readiness.h"
#include "services/rpc/server.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <string>

ABSL_FLAG(std::string, listen, "127.0.0.1:8090", "Where to serve gRPC.");

namespace madoguchi::benchmark {
namespace {

namespace v1 = ticketing::v1;

class Echo : public v1::TicketService::CallbackService {
 public:
  Echo() {
    auto& ticket = *answer_.mutable_ticket();
    ticket.set_name("offices/main/tickets/20261123-s0-012345");
    ticket.set_number("A12346");
    ticket.set_service("service_0");
    ticket.set_state(v1::Ticket::WAITING);
    ticket.mutable_arrival_time()->set_seconds(1'795'392'000);
    ticket.mutable_arrival_time()->set_nanos(123'000'000);
    ticket.set_version(1);
    ticket.set_language("ja");
    answer_.set_link_token("0123456789abcdef0123456789abcdef");
  }

  grpc::ServerUnaryReactor* IssueTicket(
      grpc::CallbackServerContext* context,
      v1::IssueTicketRequest const* /*request*/,
      v1::IssueTicketResponse* response) override {
    *response = answer_;
    auto* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  v1::IssueTicketResponse answer_;
};

int Main() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  Echo echo;
  rpc::Readiness ready(absl::OkStatus());
  auto const server =
      rpc::Server::Start(absl::GetFlag(FLAGS_listen), {&echo}, ready);
  if (!server.ok()) {
    std::fprintf(stderr, "echo: %s\n",
                 std::string(server.status().message()).c_str());
    return 1;
  }
  std::printf("echo: ready on %s\n", absl::GetFlag(FLAGS_listen).c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  (*server)->Drain(std::chrono::seconds(1));
  return 0;
}

}  // namespace
}  // namespace madoguchi::benchmark

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return madoguchi::benchmark::Main();
}
