#include "services/base/clock.h"
#include "services/base/error.h"
#include "services/base/status_macros.h"
#include "services/office/settings.h"
#include "services/redis/client.h"
#include "services/redis/event_loop.h"
#include "services/redis/target.h"
#include "services/renewal/adapters/redis_case_store.h"
#include "services/renewal/adapters/redis_upstream_store.h"
#include "services/renewal/adapters/renewal_library.h"
#include "services/renewal/adapters/settings_file.h"
#include "services/renewal/domain/case_keeper.h"
#include "services/renewal/domain/errand_runner.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/domain/issuance_worker.h"
#include "services/renewal/domain/parked_cases.h"
#include "services/renewal/domain/renewal_desk.h"
#include "services/renewal/domain/triage_desk.h"
#include "services/renewal/domain/upstream_desk.h"
#include "services/renewal/rpc/authority_link.h"
#include "services/renewal/rpc/method_roles.h"
#include "services/renewal/rpc/renewal_handlers.h"
#include "services/renewal/rpc/ticketing_port.h"
#include "services/renewal/rpc/upstream_feed.h"
#include "services/rpc/admission_file.h"
#include "services/rpc/log.h"
#include "services/rpc/metrics_server.h"
#include "services/rpc/readiness.h"
#include "services/rpc/server.h"
#include "services/rpc/stop_signal.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include <prometheus/registry.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

ABSL_FLAG(std::string, settings, "deploy/config/example-city.textproto",
          "The city's settings, a text-format file "
          "(proto/madoguchi/office/v1/settings.proto).");
ABSL_FLAG(std::string, listen, "127.0.0.1:8083",
          "Where to serve gRPC. Without --devices only on loopback, for "
          "everybody who reaches it may then do everything.");
ABSL_FLAG(std::string, devices, "",
          "Who is let in, a text-format file "
          "(proto/madoguchi/device/v1/devices.proto); everybody if empty.");
ABSL_FLAG(std::string, ticketing, "127.0.0.1:8081",
          "The ticketing servers, HOST:PORT, several parted by commas.");
ABSL_FLAG(std::string, ticketing_token_file, "",
          "A file whose first line is this service's token, for ticketing "
          "servers with a devices file.");
ABSL_FLAG(std::string, authority, "",
          "Whoever issues certificates, HOST:PORT; for settings whose "
          "national_system has the connector RPC.");
ABSL_FLAG(std::string, redis, "127.0.0.1:6379",
          "Redis: HOST:PORT or unix:PATH of its socket.");
ABSL_FLAG(std::string, metrics_listen, "",
          "Where to serve Prometheus metrics, HOST:PORT; nowhere if empty.");
ABSL_FLAG(std::string, clock, "system",
          "system: office time is the machine's. scaled: see --clock_scale.");
ABSL_FLAG(std::string, clock_scale, "",
          "FACTOR,OFFICE_START_MS,MACHINE_START_MS, as of ticketing; all "
          "processes get the same three.");
ABSL_FLAG(int, drain_seconds, 10,
          "How long calls under way may take once the server is told to stop.");
ABSL_FLAG(std::string, log_level, "info", "trace, debug, info, warn or error.");

namespace madoguchi::renewal {
namespace {

// How often what cases have to have done by themselves is looked for.
constexpr std::chrono::milliseconds kPassEvery{500};
constexpr std::chrono::milliseconds kPassTimeout{5'000};
// A clerk and a visitor wait for it.
constexpr std::chrono::milliseconds kWorkEvery{100};
// Nobody waits for the end of a day.
constexpr std::chrono::seconds kEndDaysEvery{60};

absl::StatusOr<std::unique_ptr<TicketingPort>> ConnectTicketing() {
  std::string token;
  auto const file = absl::GetFlag(FLAGS_ticketing_token_file);
  if (!file.empty()) {
    std::ifstream in(file);
    if (!std::getline(in, token)) {
      return absl::NotFoundError("Cannot read the token in " + file + ".");
    }
  }
  return TicketingPort::Connect(
      absl::StrSplit(absl::GetFlag(FLAGS_ticketing), ',', absl::SkipEmpty()),
      std::move(token));
}

// One that no process had before.
std::string NewReplicaName() {
  std::random_device random;
  return absl::StrCat("renewal-", absl::Hex(random()), absl::Hex(random()));
}

// The link to the authority that the settings want; null if they want none.
absl::StatusOr<std::unique_ptr<AuthorityLink>> ConnectAuthority(
    RenewalSettings const& settings) {
  auto const target = absl::GetFlag(FLAGS_authority);
  if (settings.connector == Connector::kManual) {
    return std::unique_ptr<AuthorityLink>();
  }
  if (target.empty()) {
    return absl::InvalidArgumentError(
        "The settings' national_system has the connector RPC: name the "
        "authority with --authority HOST:PORT.");
  }
  return AuthorityLink::Make(target);
}

// The whole service, in the order in which its parts stand on each other.
class RenewalServer {
 public:
  RenewalServer(City city, RenewalSettings settings,
                std::optional<rpc::Admission> admission,
                std::unique_ptr<Clock> clock, redis::ClientOptions const& redis,
                std::unique_ptr<TicketingPort> ticketing,
                std::unique_ptr<AuthorityLink> authority)
      : city_(std::move(city)),
        settings_(std::move(settings)),
        breaker_(BreakerSettingsOf(settings_)),
        admission_(std::move(admission)),
        clock_(std::move(clock)),
        client_(loop_, redis),
        store_(client_, city_.id),
        upstream_store_(client_, city_.id),
        upstream_({city_, breaker_, upstream_store_, *clock_, loop_}),
        feed_(upstream_, loop_),
        ticketing_(std::move(ticketing)),
        authority_(std::move(authority)),
        errands_(store_, *ticketing_, *clock_, loop_),
        keeper_(store_, errands_, *clock_, loop_),
        parked_(store_, *ticketing_, errands_, upstream_, *clock_, loop_),
        desk_({city_, settings_.offices, store_, *ticketing_, errands_, *clock_,
               loop_, upstream_}),
        triage_(city_, settings_.offices, upstream_, *clock_),
        readiness_(error::StoreUnavailable("not asked yet")),
        handlers_(desk_, triage_, upstream_, feed_, city_, metrics_) {
    upstream_.Tell([this] { feed_.Tick(); });
    if (authority_ == nullptr) return;
    worker_ = std::make_shared<IssuanceWorker>(
        WorkerContext{settings_.offices, store_, store_, *authority_, upstream_,
                      *clock_, SpeedOf(*clock_), loop_, NewReplicaName()});
  }

  // Serves until `stop` says so.
  absl::Status Run(rpc::StopSignal const& stop) {
    auto const listen = absl::GetFlag(FLAGS_listen);
    auto server = rpc::Server::Start(listen, {&handlers_}, readiness_,
                                     admission_ ? &*admission_ : nullptr);
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    MADOGUCHI_ASSIGN_OR_RETURN(
        metrics_server_, rpc::MetricsServer::Start(
                             absl::GetFlag(FLAGS_metrics_listen), metrics_));
    for (auto const& office : city_.offices) Keep(office.id);
    EndDays();
    FollowUpstream();
    Work();
    rpc::Log(spdlog::level::info, "listening",
             {{"city", city_.id.value}, {"address", listen}});
    stop.Wait();
    stopping_ = true;
    server_->SetReadiness(error::ServerStopping());
    feed_.EndAll();
    std::chrono::seconds const patience(absl::GetFlag(FLAGS_drain_seconds));
    server_->Drain(patience);
    if (worker_ != nullptr) {
      worker_->Stop();
      // Whatever is cut off is SENT, and another replica asks what became of
      // it.
      authority_->Close(patience);
    }
    ticketing_->Close();
    // What Redis has not answered fails while those it goes to are still there.
    client_.Stop();
    // Nothing that began before is under way behind this.
    loop_.RunAndWait([] {});
    server_.reset();
    return absl::OkStatus();
  }

 private:
  // Passes over the cases of an office, again and again. Whether that goes is
  // whether this server can work.
  void Keep(OfficeId const& office) {
    if (stopping_) return;
    keeper_.Pass(office, loop_.Now() + kPassTimeout,
                 [this, office](absl::StatusOr<CasesKept> const& kept) {
                   if (stopping_) return;
                   Note(kept.status());
                   if (kept.ok()) NoteParked(office, kept->parked);
                   loop_.After(kPassEvery, [this, office] { Keep(office); });
                 });
  }

  void EndDays() {
    if (stopping_) return;
    for (auto const& office : city_.offices) {
      keeper_.EndDays(office, loop_.Now() + kPassTimeout);
    }
    loop_.After(kEndDaysEvery, [this] { EndDays(); });
  }

  void NoteParked(OfficeId const& office, int count) {
    feed_.SetParked(office, count);
    if (count == 0) return;
    parked_.Pass(*city_.FindOffice(office), loop_.Now() + kPassTimeout);
  }

  // Looks what other replicas have heard of the upstream, again and again.
  void FollowUpstream() {
    if (stopping_) return;
    upstream_.Refresh(loop_.Now() + kPassTimeout, [this](auto const&) {
      if (stopping_) return;
      feed_.Tick();
      loop_.After(kPassEvery, [this] { FollowUpstream(); });
    });
  }

  // Takes care of requests to the authority, again and again.
  void Work() {
    if (stopping_ || worker_ == nullptr) return;
    worker_->Pass();
    loop_.After(kWorkEvery, [this] { Work(); });
  }

  void Note(absl::Status const& status) {
    if (!server_->SetReadiness(status)) return;
    if (!status.ok()) {
      rpc::Log(spdlog::level::warn, "not_ready",
               {{"reason", GetErrorInfo(status).reason},
                {"message", std::string(status.message())}});
      return;
    }
    rpc::Log(spdlog::level::info, "ready", {});
    if (announced_.exchange(true)) return;
    std::printf("renewal: ready on %s\n", absl::GetFlag(FLAGS_listen).c_str());
    std::fflush(stdout);
  }

  // First, for what the loop still has in store asks for it.
  std::atomic<bool> stopping_{false};
  City const city_;
  RenewalSettings const settings_;
  BreakerSettings const breaker_;
  std::optional<rpc::Admission> const admission_;
  std::unique_ptr<Clock> const clock_;
  redis::EventLoop loop_;
  redis::Client client_;
  RedisCaseStore store_;
  RedisUpstreamStore upstream_store_;
  UpstreamDesk upstream_;
  UpstreamFeed feed_;
  std::unique_ptr<TicketingPort> const ticketing_;
  std::unique_ptr<AuthorityLink> const authority_;
  ErrandRunner errands_;
  CaseKeeper keeper_;
  ParkedCases parked_;
  std::shared_ptr<IssuanceWorker> worker_;
  RenewalDesk desk_;
  TriageDesk const triage_;
  prometheus::Registry metrics_;
  rpc::Readiness readiness_;
  RenewalHandlers handlers_;
  std::unique_ptr<rpc::MetricsServer> metrics_server_;
  std::unique_ptr<rpc::Server> server_;
  std::atomic<bool> announced_{false};
};

absl::Status Main() {
  auto city = ReadCity(absl::GetFlag(FLAGS_settings));
  if (!city.ok()) return city.status();
  auto settings = ReadRenewalSettings(absl::GetFlag(FLAGS_settings));
  if (!settings.ok()) return settings.status();
  auto admission =
      rpc::ReadAdmission(absl::GetFlag(FLAGS_devices), city->CountersByOffice(),
                         RenewalMethodRoles());
  if (!admission.ok()) return admission.status();
  auto clock =
      MakeClock(absl::GetFlag(FLAGS_clock), absl::GetFlag(FLAGS_clock_scale));
  if (!clock.ok()) return clock.status();
  auto redis = redis::ParseTarget(absl::GetFlag(FLAGS_redis));
  if (!redis.ok()) return redis.status();
  redis->greeting = {LoadRenewalLibrary()};
  auto ticketing = ConnectTicketing();
  if (!ticketing.ok()) return ticketing.status();
  auto authority = ConnectAuthority(*settings);
  if (!authority.ok()) return authority.status();
  rpc::StopSignal const stop;
  RenewalServer server(*std::move(city), *std::move(settings),
                       *std::move(admission), *std::move(clock), *redis,
                       *std::move(ticketing), *std::move(authority));
  return server.Run(stop);
}

}  // namespace
}  // namespace madoguchi::renewal

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Advises visitors before a renewal, and takes each case along its lawful "
      "path. Needs Redis 7 and ticketing.");
  absl::ParseCommandLine(argc, argv);
  madoguchi::rpc::StartLogging("renewal", absl::GetFlag(FLAGS_log_level));
  auto const status = madoguchi::renewal::Main();
  if (status.ok()) return 0;
  std::fprintf(stderr, "renewal: %s\n", std::string(status.message()).c_str());
  return 1;
}
