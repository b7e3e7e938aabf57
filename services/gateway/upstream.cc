#include "services/gateway/upstream.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <netinet/in.h>
#include <chrono>
#include <utility>

namespace madoguchi::gateway {
namespace {

// All streams of a connection pass through one lock of gRPC's at each end.
constexpr int kChannels = 4;

// How long it takes at most until a watch looks whether it is to end.
constexpr std::chrono::milliseconds kWatchFor{500};

constexpr char kServiceConfig[] =
    R"({"loadBalancingConfig": [{"round_robin": {}}],
        "healthCheckConfig": {"serviceName": "ready"}})";

// What the client library does, for the same reasons (clients/sdk/channel.cc).
constexpr int kShortestPauseMs = 100;
constexpr int kLongestPauseMs = 1'000;
constexpr int kConnectMs = 1'000;
constexpr int kPingAfterMs = 5'000;
constexpr int kPingTimeoutMs = 2'000;

// The scheme of gRPC for an address; empty if it is a name.
std::string SchemeOf(std::string const& host) {
  in_addr ip4;
  if (inet_pton(AF_INET, host.c_str(), &ip4) == 1) return "ipv4:";
  return host.starts_with('[') ? "ipv6:" : "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<Upstream>> Upstream::Connect(
    std::string service, std::string const& replicas) {
  std::vector<std::string> const addresses = absl::StrSplit(replicas, ',');
  std::string scheme;
  for (auto const& each : addresses) {
    auto const colon = each.rfind(':');
    int port = 0;
    if (colon == std::string::npos || colon == 0 ||
        !absl::SimpleAtoi(each.substr(colon + 1), &port) || port < 1 ||
        port > 65'535) {
      return absl::InvalidArgumentError(
          "--" + service + " is HOST:PORT, several with commas between.");
    }
    auto const of_this = SchemeOf(each.substr(0, colon));
    if (&each != &addresses.front() && (of_this != scheme || scheme.empty())) {
      return absl::InvalidArgumentError(
          "Several replicas of --" + service +
          " must be IP addresses of one family, or one name that leads to all "
          "of them.");
    }
    scheme = of_this;
  }
  return std::unique_ptr<Upstream>(
      new Upstream(std::move(service), replicas, scheme + replicas));
}

Upstream::Upstream(std::string service, std::string replicas,
                   std::string const& target)
    : service_(std::move(service)), replicas_(std::move(replicas)) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kShortestPauseMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestPauseMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingAfterMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeoutMs);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Otherwise gRPC grows what a stream may hold to megabytes, and a display
  // that reads slowly shows what was long ago instead of being cut off.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  // Channels to one target would share one connection otherwise.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  for (int i = 0; i != kChannels; ++i) {
    channels_.push_back(grpc::CreateCustomChannel(
        target, grpc::InsecureChannelCredentials(), arguments));
  }
  watcher_ = std::thread([this] { WatchAll(); });
}

Upstream::~Upstream() {
  stopping_ = true;
  watcher_.join();
}

void Upstream::Watch(std::size_t channel) {
  auto const state = channels_[channel]->GetState(/*try_to_connect=*/true);
  channels_[channel]->NotifyOnStateChange(
      state, std::chrono::system_clock::now() + kWatchFor, &queue_,
      &channels_[channel]);
}

// gRPC reads the connections of a channel while somebody waits for something
// there. A channel without calls would neither connect nor learn that a replica
// is ready no more.
void Upstream::WatchAll() {
  for (std::size_t i = 0; i != channels_.size(); ++i) Watch(i);
  void* tag = nullptr;
  bool changed = false;
  for (auto watched = channels_.size(); watched != 0;) {
    queue_.Next(&tag, &changed);
    if (stopping_) {
      --watched;
      continue;
    }
    auto const* const channel =
        static_cast<std::shared_ptr<grpc::Channel>*>(tag);
    Watch(static_cast<std::size_t>(channel - channels_.data()));
  }
  queue_.Shutdown();
  while (queue_.Next(&tag, &changed)) {
  }
}

absl::Status Upstream::Check() const {
  for (auto const& channel : channels_) {
    if (channel->GetState(/*try_to_connect=*/false) == GRPC_CHANNEL_READY) {
      return absl::OkStatus();
    }
  }
  return absl::UnavailableError("no " + service_ +
                                " is reachable and ready at " + replicas_ +
                                "; see its log");
}

}  // namespace madoguchi::gateway
