#include "tests/integration/ticketing_house.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace madoguchi::testing {
namespace {

constexpr char kSettings[] = "deploy/config/example-city.textproto";

std::unique_ptr<TicketingServer> StartServer(
    RedisServer const& redis, std::vector<std::string> const& flags) {
  TicketingOptions options;
  options.binary = TICKETING_BINARY;
  options.settings = kSettings;
  options.redis = "unix:" + redis.socket();
  options.flags = flags;
  options.output_path = redis.folder() + "/ticketing.log";
  auto server = TicketingServer::Start(std::move(options));
  if (!server.ok()) {
    std::fprintf(stderr, "no ticketing server: %s\n",
                 server.status().ToString().c_str());
    std::abort();
  }
  return *std::move(server);
}

}  // namespace

std::vector<std::string> DurableRedisFlags() {
  return {"--appendonly",       "yes",       "--appendfsync", "always",
          "--maxmemory-policy", "noeviction"};
}

ReplicaStubs::ReplicaStubs(std::string const& address) {
  auto const channel =
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  readiness = rpc::v1::ReadinessService::NewStub(channel);
  tickets = ticketing::v1::TicketService::NewStub(channel);
  counters = ticketing::v1::CounterService::NewStub(channel);
  devices = ticketing::v1::DeviceService::NewStub(channel);
  displays = ticketing::v1::DisplayService::NewStub(channel);
  events = ticketing::v1::EventService::NewStub(channel);
}

TicketingHouse::TicketingHouse(int replicas,
                               std::vector<std::string> const& flags)
    : TicketingHouse(std::vector<std::vector<std::string>>(
          static_cast<std::size_t>(replicas), flags)) {}

TicketingHouse::TicketingHouse(
    std::vector<std::vector<std::string>> const& flags) {
  for (auto const& each : flags) {
    servers_.push_back(StartServer(redis_, each));
    stubs_.push_back(
        std::make_unique<ReplicaStubs>(servers_.back()->address()));
  }
  // The servers open the day by themselves; tests compare what is stored
  // before and after, so it must have happened.
  auto const limit =
      std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < limit) {
    auto const stored = redis_.DumpAll();
    if (stored.find(":honcho:log") != std::string::npos &&
        stored.find(":tobu:log") != std::string::npos) {
      break;
    }
  }
}

TicketingServer& TicketingHouse::server(int replica) {
  return *servers_.at(static_cast<std::size_t>(replica));
}

ReplicaStubs& TicketingHouse::at(int replica) {
  return *stubs_.at(static_cast<std::size_t>(replica));
}

std::vector<std::string> TicketingHouse::Command(
    std::string const& listen, std::vector<std::string> const& flags) const {
  std::vector<std::string> command{TICKETING_BINARY,
                                   "--settings",
                                   kSettings,
                                   "--listen",
                                   listen,
                                   "--redis",
                                   "unix:" + redis_.socket()};
  command.insert(command.end(), flags.begin(), flags.end());
  return command;
}

ticketing::v1::IssueTicketRequest IssueOf(std::string const& service) {
  ticketing::v1::IssueTicketRequest request;
  request.set_office("offices/honcho");
  request.set_service(service);
  request.set_request_id(sdk::NewRequestId());
  return request;
}

ticketing::v1::OpenCounterRequest OpenOf(std::string const& counter) {
  ticketing::v1::OpenCounterRequest request;
  request.set_counter("offices/honcho/counters/" + counter);
  request.set_staff("hana");
  request.set_request_id(sdk::NewRequestId());
  return request;
}

ticketing::v1::CallNextTicketRequest CallNextOf(std::string const& counter,
                                                std::int64_t session) {
  ticketing::v1::CallNextTicketRequest request;
  request.set_counter("offices/honcho/counters/" + counter);
  request.set_session(session);
  request.set_request_id(sdk::NewRequestId());
  return request;
}

}  // namespace madoguchi::testing
