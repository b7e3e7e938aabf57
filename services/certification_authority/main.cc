#include "services/base/clock.h"
#include "services/base/error.h"
#include "services/base/status_macros.h"
#include "services/certification_authority/adapters/file_ledger_journal.h"
#include "services/certification_authority/adapters/weather_file.h"
#include "services/certification_authority/domain/authority_desk.h"
#include "services/certification_authority/domain/errors.h"
#include "services/certification_authority/domain/issuance_ledger.h"
#include "services/certification_authority/rpc/authority_handlers.h"
#include "services/certification_authority/rpc/ledger_handlers.h"
#include "services/redis/event_loop.h"
#include "services/rpc/log.h"
#include "services/rpc/metrics_server.h"
#include "services/rpc/readiness.h"
#include "services/rpc/server.h"
#include "services/rpc/stop_signal.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

ABSL_FLAG(
    std::string, listen, "127.0.0.1:8084",
    "Where to serve gRPC; loopback only, for everybody who reaches it may "
    "do everything.");
ABSL_FLAG(std::string, data, "",
          "The directory of the ledger; made if it is not there.");
ABSL_FLAG(std::string, weather, "deploy/config/weather.textproto",
          "How it behaves, a text-format file "
          "(proto/madoguchi/certification/v1/weather.proto).");
ABSL_FLAG(std::uint64_t, seed, 1, "What is left to chance follows from this.");
ABSL_FLAG(
    bool, not_idempotent, false,
    "A repeated attempt id issues again. Proves that renewal asks at most "
    "once.");
ABSL_FLAG(std::string, metrics_listen, "",
          "Where to serve Prometheus metrics, HOST:PORT; nowhere if empty.");
ABSL_FLAG(std::string, clock, "system",
          "system: office time is the machine's. scaled: see --clock_scale.");
ABSL_FLAG(std::string, clock_scale, "",
          "FACTOR,OFFICE_START_MS,MACHINE_START_MS: office time runs FACTOR "
          "times as fast as the machine's since MACHINE_START_MS, when it was "
          "OFFICE_START_MS, both in ms since 1970. For replays; all processes "
          "get the same three.");
ABSL_FLAG(int, drain_seconds, 10,
          "How long calls under way may take once the server is told to stop.");
ABSL_FLAG(std::string, log_level, "info", "trace, debug, info, warn or error.");

namespace madoguchi::certification_authority {
namespace {

constexpr std::chrono::milliseconds kLookEvery{1'000};

absl::StatusOr<std::unique_ptr<FileLedgerJournal>> OpenJournal() {
  auto const folder = absl::GetFlag(FLAGS_data);
  if (folder.empty()) {
    return absl::InvalidArgumentError(
        "--data is missing. Name the directory of the ledger.");
  }
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) {
    return absl::InvalidArgumentError("Cannot make --data " + folder + ": " +
                                      failed.message());
  }
  return FileLedgerJournal::Open(folder + "/issuances");
}

// Told to whoever asks whether it is ready.
std::string Caveat() {
  std::string caveat(kSystemName);
  if (absl::GetFlag(FLAGS_not_idempotent)) {
    caveat += "; a repeated attempt id issues again";
  }
  return caveat;
}

// The whole service, in the order in which its parts stand on each other.
class AuthorityServer {
 public:
  AuthorityServer(Weather weather, std::unique_ptr<Clock> clock,
                  std::unique_ptr<FileLedgerJournal> journal)
      : clock_(std::move(clock)),
        journal_(std::move(journal)),
        ledger_(journal_->TakeKept(), *journal_,
                absl::GetFlag(FLAGS_not_idempotent)
                    ? IssuanceLedger::Repeats::kIssuedAgain
                    : IssuanceLedger::Repeats::kAnswered),
        readiness_(error::ServerStopping(), Caveat()),
        ready_gauge_(prometheus::BuildGauge()
                         .Name("madoguchi_ready")
                         .Help("1 if the server takes work.")
                         .Register(metrics_)
                         .Add({})),
        issuances_(prometheus::BuildGauge()
                       .Name("madoguchi_issuances")
                       .Help("Certificates issued, as the ledger has it.")
                       .Register(metrics_)
                       .Add({})),
        cases_again_(prometheus::BuildGauge()
                         .Name("madoguchi_cases_issued_again")
                         .Help("Cases for which was issued more than once.")
                         .Register(metrics_)
                         .Add({})),
        desk_(std::move(weather), {absl::GetFlag(FLAGS_seed), SpeedOf(*clock_)},
              *clock_, *loop_, ledger_),
        authority_handlers_(metrics_, desk_),
        ledger_handlers_(metrics_, desk_) {}

  // What the loop still has in store asks for the desk, and the calls of the
  // server for the loop.
  ~AuthorityServer() {
    server_.reset();
    loop_.reset();
  }
  AuthorityServer(AuthorityServer const&) = delete;
  AuthorityServer& operator=(AuthorityServer const&) = delete;

  // Serves until `stop` says so.
  absl::Status Run(rpc::StopSignal const& stop) {
    auto const listen = absl::GetFlag(FLAGS_listen);
    auto server = rpc::Server::Start(
        listen, {&authority_handlers_, &ledger_handlers_}, readiness_);
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    MADOGUCHI_ASSIGN_OR_RETURN(
        metrics_server_, rpc::MetricsServer::Start(
                             absl::GetFlag(FLAGS_metrics_listen), metrics_));
    loop_->RunAndWait([this] { Look(); });
    rpc::Log(spdlog::level::info, "listening",
             {{"address", listen}, {"system", kSystemName}});
    std::printf("certification_authority (%s): ready on %s\n",
                std::string(kSystemName).c_str(), listen.c_str());
    std::fflush(stdout);
    stop.Wait();
    Stop();
    return absl::OkStatus();
  }

 private:
  // Looks how the ledger is, every second. On the loop's thread, which alone
  // uses it.
  void Look() {
    if (stopping_) return;
    auto const status = ledger_.Check();
    auto const counts = ledger_.Count();
    issuances_.Set(static_cast<double>(counts.issued));
    cases_again_.Set(static_cast<double>(counts.cases_issued_again));
    ready_gauge_.Set(status.ok() ? 1 : 0);
    if (server_->SetReadiness(status)) {
      if (status.ok()) {
        rpc::Log(spdlog::level::info, "ready",
                 {{"caveat", readiness_.caveat()}});
      } else {
        rpc::Log(spdlog::level::err, "not_ready",
                 {{"reason", GetErrorInfo(status).reason},
                  {"message", std::string(status.message())}});
      }
    }
    loop_->After(kLookEvery, [this] { Look(); });
  }

  void Stop() {
    loop_->RunAndWait([this] { stopping_ = true; });
    server_->SetReadiness(error::ServerStopping());
    desk_.Stop();
    server_->Drain(std::chrono::seconds(absl::GetFlag(FLAGS_drain_seconds)));
    server_.reset();
  }

  std::unique_ptr<Clock> const clock_;
  std::unique_ptr<FileLedgerJournal> const journal_;
  IssuanceLedger ledger_;
  prometheus::Registry metrics_;
  rpc::Readiness readiness_;
  prometheus::Gauge& ready_gauge_;
  prometheus::Gauge& issuances_;
  prometheus::Gauge& cases_again_;
  // It carries nothing but the authority's own work, so a journal that blocks
  // on the disk delays nothing else.
  std::unique_ptr<redis::EventLoop> loop_ =
      std::make_unique<redis::EventLoop>();
  AuthorityDesk desk_;
  AuthorityHandlers authority_handlers_;
  LedgerHandlers ledger_handlers_;
  std::unique_ptr<rpc::MetricsServer> metrics_server_;
  std::unique_ptr<rpc::Server> server_;
  // Used on the loop's thread alone.
  bool stopping_ = false;
};

absl::Status Main() {
  auto weather = ReadWeather(absl::GetFlag(FLAGS_weather));
  if (!weather.ok()) return weather.status();
  auto clock =
      MakeClock(absl::GetFlag(FLAGS_clock), absl::GetFlag(FLAGS_clock_scale));
  if (!clock.ok()) return clock.status();
  auto journal = OpenJournal();
  if (!journal.ok()) return journal.status();
  rpc::StopSignal const stop;
  AuthorityServer server(*std::move(weather), *std::move(clock),
                         *std::move(journal));
  return server.Run(stop);
}

}  // namespace
}  // namespace madoguchi::certification_authority

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "A sandbox that stands in for the national system which issues "
      "certificates: slow, out of order and closed as a script says.");
  absl::ParseCommandLine(argc, argv);
  madoguchi::rpc::StartLogging("certification_authority",
                               absl::GetFlag(FLAGS_log_level));
  auto const status = madoguchi::certification_authority::Main();
  if (status.ok()) return 0;
  std::fprintf(stderr, "certification_authority: %s\n",
               std::string(status.message()).c_str());
  return 1;
}
