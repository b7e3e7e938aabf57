#include "services/base/status_macros.h"
#include "services/gateway/listen.h"
#include "services/gateway/metrics.h"
#include "services/gateway/upstream.h"
#include "services/rpc/log.h"
#include "services/rpc/metrics_server.h"
#include "services/rpc/stop_signal.h"
#include "services/web/server.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_split.h"
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <sys/resource.h>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

ABSL_FLAG(
    std::string, listen, "house=127.0.0.1:8080",
    "Where to serve whom: AUDIENCE=HOST:PORT, several with commas between. "
    "An audience is hall (displays), staff (counters), public (nothing "
    "yet), or house: hall and staff on one loopback port.");
ABSL_FLAG(std::string, ticketing, "127.0.0.1:8081",
          "The replicas of ticketing: HOST:PORT, several with commas between.");
ABSL_FLAG(std::string, renewal, "",
          "The replicas of renewal, the same; none if empty: pages then go on "
          "without it.");
ABSL_FLAG(std::string, pages, "build/web",
          "The directory of the built pages; none if empty.");
ABSL_FLAG(std::string, host_names, "",
          "By which names browsers ask for this server, with commas between, "
          "besides localhost, *.localhost and the addresses of --listen. One "
          "that begins with a dot stands for all names that end so.");
ABSL_FLAG(std::string, metrics_listen, "",
          "Where to serve Prometheus metrics, HOST:PORT; nowhere if empty.");
ABSL_FLAG(int, max_connections, madoguchi::web::Limits().connections,
          "Connections at once; more are told so and closed.");
ABSL_FLAG(int, max_calls, madoguchi::web::Limits().calls,
          "Calls at once, streams included; more get RESOURCE_EXHAUSTED.");
ABSL_FLAG(int, stalled_seconds, 20,
          "After how long a reader that takes nothing is cut off.");
ABSL_FLAG(
    int, drain_seconds, 10,
    "How long calls under way may take once the gateway is told to stop.");
ABSL_FLAG(std::string, log_level, "info", "trace, debug, info, warn or error.");

namespace madoguchi::gateway {
namespace {

constexpr char kRenewal[] = "/madoguchi.renewal.v1.RenewalService";

constexpr std::chrono::milliseconds kLookEvery{200};
// Besides a descriptor for each connection.
constexpr int kOtherFiles = 64;

absl::StatusOr<web::Limits> MakeLimits() {
  web::Limits limits;
  limits.connections = absl::GetFlag(FLAGS_max_connections);
  limits.calls = absl::GetFlag(FLAGS_max_calls);
  limits.stalled = std::chrono::seconds(absl::GetFlag(FLAGS_stalled_seconds));
  if (limits.connections < 1 || limits.calls < 1 ||
      limits.stalled < std::chrono::seconds(1)) {
    return absl::InvalidArgumentError(
        "--max_connections, --max_calls and --stalled_seconds are at least 1.");
  }
  return limits;
}

// Lets this process have as many files as it may, and says if that is too few.
void RaiseFileLimit(int connections) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur >= static_cast<rlim_t>(connections + kOtherFiles)) return;
  rpc::Log(spdlog::level::warn, "few_open_files",
           {{"limit", std::to_string(files.rlim_cur)},
            {"message",
             "Raise the limit of open files (LimitNOFILE) or lower "
             "--max_connections."}});
}

web::PageNames MakePageNames() {
  web::PageNames names;
  for (auto const* page : {"counter", "display"}) {
    names.page_of[page] = std::string(page) + ".html";
  }
  return names;
}

std::set<std::string> HostNamesFlag() {
  return absl::StrSplit(absl::GetFlag(FLAGS_host_names), ',',
                        absl::SkipEmpty());
}

// Says in the log and in a metric whether calls can be served, when that
// changes.
class ReadinessWatch {
 public:
  ReadinessWatch(Upstream const& upstream, prometheus::Registry& metrics)
      : upstream_(upstream),
        gauge_(prometheus::BuildGauge()
                   .Name("madoguchi_ready")
                   .Help("1 if the server takes work.")
                   .Register(metrics)
                   .Add({})) {}

  void Look() {
    auto const status = upstream_.Check();
    if (looked_ && status == last_) return;
    looked_ = true;
    last_ = status;
    gauge_.Set(status.ok() ? 1 : 0);
    if (!status.ok()) {
      rpc::Log(spdlog::level::warn, "not_ready",
               {{"message", std::string(status.message())}});
      return;
    }
    rpc::Log(spdlog::level::info, "ready", {});
    if (announced_) return;
    announced_ = true;
    std::printf("gateway: ready on %s\n", absl::GetFlag(FLAGS_listen).c_str());
    std::fflush(stdout);
  }

 private:
  Upstream const& upstream_;
  prometheus::Gauge& gauge_;
  bool looked_ = false;
  bool announced_ = false;
  absl::Status last_;
};

absl::Status Main() {
  auto listeners = ParseListen(absl::GetFlag(FLAGS_listen));
  if (!listeners.ok()) return listeners.status();
  auto const limits = MakeLimits();
  if (!limits.ok()) return limits.status();
  rpc::StopSignal const stop;
  RaiseFileLimit(limits->connections);
  auto const upstream =
      Upstream::Connect("ticketing", absl::GetFlag(FLAGS_ticketing));
  if (!upstream.ok()) return upstream.status();
  std::unique_ptr<Upstream> renewal;
  if (auto const replicas = absl::GetFlag(FLAGS_renewal); !replicas.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(renewal, Upstream::Connect("renewal", replicas));
  }

  web::MethodSet methods;
  for (auto const& each : *listeners) {
    methods.insert(each.methods.begin(), each.methods.end());
  }
  prometheus::Registry registry;
  Metrics metrics(registry, methods);
  ReadinessWatch readiness(**upstream, registry);
  auto const metrics_server =
      rpc::MetricsServer::Start(absl::GetFlag(FLAGS_metrics_listen), registry);
  if (!metrics_server.ok()) return metrics_server.status();

  web::ServerOptions options;
  options.listeners = *std::move(listeners);
  options.host_names = HostNamesFlag();
  options.channels = (*upstream)->channels();
  if (renewal != nullptr) options.channels_of[kRenewal] = renewal->channels();
  options.pages_directory = absl::GetFlag(FLAGS_pages);
  options.page_names = MakePageNames();
  options.readiness = [&] { return (*upstream)->Check(); };
  options.limits = *limits;
  options.observer = &metrics;
  auto const server = web::Server::Start(std::move(options));
  if (!server.ok()) return server.status();
  rpc::Log(spdlog::level::info, "listening",
           {{"addresses", absl::GetFlag(FLAGS_listen)}});

  while (!stop.WaitFor(kLookEvery)) readiness.Look();
  (*server)->Drain(std::chrono::seconds(absl::GetFlag(FLAGS_drain_seconds)));
  return absl::OkStatus();
}

}  // namespace
}  // namespace madoguchi::gateway

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "gateway: shows the pages and takes their calls to the services.");
  absl::ParseCommandLine(argc, argv);
  madoguchi::rpc::StartLogging("gateway", absl::GetFlag(FLAGS_log_level));
  auto const status = madoguchi::gateway::Main();
  if (status.ok()) return 0;
  std::fprintf(stderr, "gateway: %s\n", std::string(status.message()).c_str());
  return 1;
}
