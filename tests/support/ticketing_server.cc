#include "tests/support/ticketing_server.h"
#include "services/base/status_macros.h"
#include <utility>

namespace madoguchi::testing {
namespace {

constexpr std::chrono::seconds kReadyLimit{30};

}  // namespace

absl::StatusOr<std::unique_ptr<TicketingServer>> TicketingServer::Start(
    TicketingOptions options) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const port, FreePort());
  std::unique_ptr<TicketingServer> server(new TicketingServer(
      std::move(options), "127.0.0.1:" + std::to_string(port)));
  MADOGUCHI_RETURN_IF_ERROR(server->Restart());
  return server;
}

TicketingServer::TicketingServer(TicketingOptions options, std::string address)
    : options_(std::move(options)), address_(std::move(address)) {}

bool TicketingServer::Stop(std::chrono::milliseconds limit) {
  bool const in_order = process_ != nullptr && process_->Stop(limit);
  process_.reset();
  return in_order;
}

absl::Status TicketingServer::Restart() {
  ChildOptions child;
  child.command = {options_.binary, "--settings", options_.settings, "--listen",
                   address_,        "--redis",    options_.redis};
  child.command.insert(child.command.end(), options_.flags.begin(),
                       options_.flags.end());
  child.output_path = options_.output_path;
  MADOGUCHI_ASSIGN_OR_RETURN(process_, ChildProcess::Start(child));
  return process_->WaitForLine("ticketing: ready on", kReadyLimit).status();
}

}  // namespace madoguchi::testing
