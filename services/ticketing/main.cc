#include "services/base/clock.h"
#include "services/base/error.h"
#include "services/base/status_macros.h"
#include "services/office/settings.h"
#include "services/redis/client.h"
#include "services/redis/event_loop.h"
#include "services/redis/target.h"
#include "services/rpc/admission_file.h"
#include "services/rpc/log.h"
#include "services/rpc/metrics_server.h"
#include "services/rpc/readiness.h"
#include "services/rpc/server.h"
#include "services/rpc/stop_signal.h"
#include "services/ticketing/adapters/link_token_keys.h"
#include "services/ticketing/adapters/log_tail.h"
#include "services/ticketing/adapters/measure_room.h"
#include "services/ticketing/adapters/redis_device_store.h"
#include "services/ticketing/adapters/redis_ticket_store.h"
#include "services/ticketing/adapters/store_readiness.h"
#include "services/ticketing/adapters/ticketing_library.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/issue_gate.h"
#include "services/ticketing/domain/settle_due.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "services/ticketing/rpc/counter_handlers.h"
#include "services/ticketing/rpc/device_handlers.h"
#include "services/ticketing/rpc/link_tokens.h"
#include "services/ticketing/rpc/method_roles.h"
#include "services/ticketing/rpc/office_feed.h"
#include "services/ticketing/rpc/store_room_metrics.h"
#include "services/ticketing/rpc/ticket_handlers.h"
#include "services/ticketing/rpc/watch_handlers.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

ABSL_FLAG(std::string, settings, "deploy/config/example-city.textproto",
          "The city's settings, a text-format file "
          "(proto/madoguchi/office/v1/settings.proto).");
ABSL_FLAG(std::string, listen, "127.0.0.1:8081",
          "Where to serve gRPC. Without --devices only on loopback, for "
          "everybody who reaches it may then do everything.");
ABSL_FLAG(std::string, devices, "",
          "Who is let in, a text-format file "
          "(proto/madoguchi/device/v1/devices.proto); everybody if empty.");
ABSL_FLAG(std::string, redis, "127.0.0.1:6379",
          "Redis: HOST:PORT or unix:PATH of its socket.");
ABSL_FLAG(std::string, redis_user, "",
          "The Redis user; needs --redis_password_file.");
ABSL_FLAG(std::string, redis_password_file, "",
          "A file whose first line is the password of the Redis user.");
ABSL_FLAG(std::string, metrics_listen, "",
          "Where to serve Prometheus metrics, HOST:PORT; nowhere if empty.");
ABSL_FLAG(std::string, durability, "strict",
          "strict: take work only if Redis loses nothing when it is killed or "
          "the power fails. relaxed: take work anyway, and say so.");
ABSL_FLAG(
    int, disk_reserve_percent, 10,
    "New tickets are refused while less than this share of Redis' disk is "
    "free; see --disk_reserve_mb.");
ABSL_FLAG(int, disk_reserve_mb, 1024,
          "Enough to leave free on Redis' disk, however large that is: the "
          "lesser of both reserves counts. 0: never refuse.");
ABSL_FLAG(int, memory_reserve_percent, 10,
          "New tickets are refused while less than this share of Redis' "
          "maxmemory is free. 0: never refuse.");
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

namespace madoguchi::ticketing {
namespace {

constexpr std::chrono::milliseconds kCheckEvery{1'000};
constexpr std::chrono::milliseconds kCheckTimeout{900};
// Office time in which what is due is done, at the usual speed of clocks.
constexpr std::chrono::milliseconds kDueEvery{1'000};
// A replayed day runs faster, and Redis must not be asked without a pause.
constexpr std::chrono::milliseconds kDueShortest{50};
// A day's leftovers take many steps.
constexpr std::chrono::milliseconds kDueTimeout{10'000};

// How long to pause so that what is due waits a second of office time.
std::chrono::milliseconds DuePause(Clock const& clock) {
  auto const speed = SpeedOf(clock);
  if (speed <= 1) return kDueEvery;
  auto const pause = std::chrono::milliseconds(static_cast<std::int64_t>(
      static_cast<double>(kDueEvery.count()) / speed));
  return std::max(pause, kDueShortest);
}

// In percent.
constexpr int kLargestReserve = 50;

absl::StatusOr<redis::ClientOptions> MakeRedisOptions() {
  MADOGUCHI_ASSIGN_OR_RETURN(auto options,
                             redis::ParseTarget(absl::GetFlag(FLAGS_redis)));
  options.user = absl::GetFlag(FLAGS_redis_user);
  auto const file = absl::GetFlag(FLAGS_redis_password_file);
  if (!file.empty()) {
    std::ifstream in(file);
    if (!std::getline(in, options.password)) {
      return absl::NotFoundError("Cannot read the password in " + file + ".");
    }
  }
  return options;
}

absl::StatusOr<IssueGate::Reserves> MakeReserves() {
  auto const disk = absl::GetFlag(FLAGS_disk_reserve_percent);
  auto const memory = absl::GetFlag(FLAGS_memory_reserve_percent);
  auto const mb = absl::GetFlag(FLAGS_disk_reserve_mb);
  if (disk < 0 || disk > kLargestReserve || memory < 0 ||
      memory > kLargestReserve || mb < 0) {
    return absl::InvalidArgumentError(
        "--disk_reserve_percent and --memory_reserve_percent are 0 to 50, "
        "--disk_reserve_mb is not negative.");
  }
  IssueGate::Reserves reserves;
  reserves.disk = {.percent = disk, .bytes = std::int64_t{mb} << 20};
  reserves.memory.percent = memory;
  return reserves;
}

// Gives the logs that the tail reads to the feeds.
class FeedListener : public LogListener {
 public:
  explicit FeedListener(OfficeFeeds const& feeds) : feeds_(feeds) {}

  void OnEvents(OfficeId const& office, std::vector<Event> events) override {
    feeds_.at(office)->Apply(events);
  }
  void OnLinkUp() override {
    for (auto const& [office, feed] : feeds_) feed->LinkUp();
  }
  void OnLinkDown(absl::Status const& cause) override {
    rpc::Log(spdlog::level::warn, "log_not_followed",
             {{"reason", GetErrorInfo(cause).reason},
              {"message", std::string(cause.message())}});
    for (auto const& [office, feed] : feeds_) feed->LinkDown(cause);
  }

 private:
  OfficeFeeds const& feeds_;
};

// The whole service, in the order in which its parts stand on each other.
class TicketingServer {
 public:
  TicketingServer(City city, std::optional<rpc::Admission> admission,
                  std::unique_ptr<Clock> clock,
                  redis::ClientOptions const& redis, bool relaxed,
                  IssueGate::Reserves const& reserves)
      : city_(std::move(city)),
        admission_(std::move(admission)),
        clock_(std::move(clock)),
        redis_(redis),
        rules_{relaxed,
               absl::GetFlag(FLAGS_clock) == "system" ? clock_.get() : nullptr},
        client_(store_loop_, WithLibrary(redis)),
        store_(client_, city_.id),
        durability_caveat_(relaxed
                               ? "durability is relaxed: tickets are lost when "
                                 "Redis is killed or the power fails"
                               : ""),
        readiness_(error::StoreUnavailable("not asked yet"),
                   durability_caveat_),
        ready_gauge_(prometheus::BuildGauge()
                         .Name("madoguchi_ready")
                         .Help("1 if the server takes work.")
                         .Register(metrics_)
                         .Add({})),
        streams_(prometheus::BuildGauge()
                     .Name("madoguchi_streams")
                     .Help("Streams under way.")
                     .Register(metrics_)
                     .Add({})),
        gate_(reserves),
        room_metrics_(metrics_),
        due_fired_(prometheus::BuildCounter()
                       .Name("madoguchi_due_fired_total")
                       .Help("What happened by itself when its time had come.")
                       .Register(metrics_)
                       .Add({})),
        due_pause_(DuePause(*clock_)),
        desk_context_{city_, store_, *clock_, store_loop_, gate_},
        ticket_desk_(desk_context_),
        counter_desk_(desk_context_),
        handler_context_{city_, readiness_, link_tokens_, metrics_},
        ticket_handlers_(handler_context_, ticket_desk_),
        counter_handlers_(handler_context_, counter_desk_, *clock_),
        device_store_(client_, city_.id),
        device_handlers_(handler_context_, device_store_,
                         admission_ ? &admission_->devices : nullptr,
                         machine_clock_),
        feeds_(MakeFeeds(city_, *clock_)),
        listener_(feeds_),
        display_handlers_({feeds_, store_, streams_}),
        event_handlers_({feeds_, store_, streams_}) {}

  // Serves until `stop` says so.
  absl::Status Run(rpc::StopSignal const& stop) {
    auto const listen = absl::GetFlag(FLAGS_listen);
    auto server = rpc::Server::Start(
        listen,
        {&ticket_handlers_, &counter_handlers_, &device_handlers_,
         &display_handlers_, &event_handlers_},
        readiness_, admission_ ? &*admission_ : nullptr);
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    MADOGUCHI_ASSIGN_OR_RETURN(
        metrics_server_, rpc::MetricsServer::Start(
                             absl::GetFlag(FLAGS_metrics_listen), metrics_));
    std::vector<OfficeId> offices;
    for (auto const& office : city_.offices) offices.push_back(office.id);
    tail_ = std::make_unique<LogTail>(tail_loop_, redis_, city_.id, offices,
                                      listener_);
    tail_->Start({});
    Tick();
    CheckStore();
    for (auto const& office : city_.offices) {
      store_loop_.After(kDueShortest,
                        [this, &office] { SettleDueWork(office); });
    }
    rpc::Log(spdlog::level::info, "listening",
             {{"city", city_.id.value},
              {"address", listen},
              {"offices", std::to_string(city_.offices.size())}});
    stop.Wait();
    Stop();
    return absl::OkStatus();
  }

 private:
  static redis::ClientOptions WithLibrary(redis::ClientOptions options) {
    options.greeting = {LoadTicketingLibrary()};
    return options;
  }

  static OfficeFeeds MakeFeeds(City const& city, Clock const& clock) {
    OfficeFeeds feeds;
    for (auto const& office : city.offices) {
      feeds[office.id] = std::make_unique<OfficeFeed>(office, clock);
    }
    return feeds;
  }

  void Tick() {
    if (stopping_) return;
    for (auto const& [office, feed] : feeds_) feed->Tick(tail_loop_.Now());
    tail_loop_.After(OfficeFeed::kTick, [this] { Tick(); });
  }

  // Does what each office has to do by itself: every second of its own clock,
  // as far as Redis keeps up with that.
  void SettleDueWork(Office const& office) {
    if (stopping_) return;
    auto const again = [this, &office](std::chrono::milliseconds pause) {
      if (stopping_) return;
      store_loop_.After(pause, [this, &office] { SettleDueWork(office); });
    };
    if (!CheckFit(readiness_).ok()) return again(kDueEvery);
    SettleDue(desk_context_, office, kDueLimit, store_loop_.Now() + kDueTimeout,
              [this, &office, again](absl::StatusOr<DueDone> const& done) {
                if (!done.ok()) {
                  NoteDue(office, done.status());
                  return again(kDueEvery);
                }
                due_fired_.Increment(done->fired);
                again(done->more ? kDueShortest : due_pause_);
              });
  }

  // What Redis does not do now is done later; only what has another cause is
  // worth a line.
  void NoteDue(Office const& office, absl::Status const& status) {
    if (absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status)) return;
    rpc::Log(spdlog::level::err, "due_work_failed",
             {{"office", office.id.value},
              {"reason", GetErrorInfo(status).reason},
              {"message", std::string(status.message())}});
  }

  // Asks Redis whether it is fit for work, every second.
  void CheckStore() {
    if (stopping_) return;
    CheckReadiness(client_, rules_, store_loop_.Now() + kCheckTimeout,
                   [this](absl::StatusOr<Readiness> const& readiness) {
                     if (stopping_) return;
                     if (readiness.ok()) return CheckRoom();
                     Note(readiness.status());
                     store_loop_.After(kCheckEvery, [this] { CheckStore(); });
                   });
  }

  // Before the server says that it is ready: the first number asked for may be
  // one too many.
  void CheckRoom() {
    MeasureRoom(client_, PlaceOf(redis_), store_loop_.Now() + kCheckTimeout,
                [this](absl::StatusOr<StoreRoom> const& room) {
                  if (stopping_) return;
                  if (room.ok()) NoteRoom(*room);
                  Note(room.status());
                  if (room.ok() && !has_secret_) GetSecret();
                  store_loop_.After(kCheckEvery, [this] { CheckStore(); });
                });
  }

  void NoteRoom(StoreRoom const& room) {
    bool const news = gate_.Note(room);
    auto const refusal = gate_.Check();
    room_metrics_.Show(room, refusal);
    if (!news) return;
    auto caveat = durability_caveat_;
    if (!refusal.ok()) {
      if (!caveat.empty()) caveat += "; ";
      caveat += std::string(refusal.message());
    }
    readiness_.SetCaveat(std::move(caveat));
    if (refusal.ok()) {
      rpc::Log(spdlog::level::info, "new_tickets_issued_again", {});
    } else {
      rpc::Log(spdlog::level::warn, "new_tickets_refused",
               {{"reason", GetErrorInfo(refusal).reason},
                {"message", std::string(refusal.message())}});
    }
  }

  void GetSecret() {
    GetLinkSecret(client_, city_.id, store_loop_.Now() + kCheckTimeout,
                  [this](absl::StatusOr<std::string> secret) {
                    if (!secret.ok()) return Note(secret.status());
                    link_tokens_.SetSecret(*std::move(secret));
                    has_secret_ = true;
                    Note(absl::OkStatus());
                  });
  }

  void Note(absl::Status status) {
    if (stopping_) return;
    if (absl::IsDeadlineExceeded(status)) {
      status = error::StoreUnavailable("no answer in time");
    }
    if (status.ok() && !has_secret_) return;
    ready_gauge_.Set(status.ok() ? 1 : 0);
    if (!server_->SetReadiness(status)) return;
    if (!status.ok()) {
      rpc::Log(spdlog::level::warn, "not_ready",
               {{"reason", GetErrorInfo(status).reason},
                {"message", std::string(status.message())}});
      return;
    }
    rpc::Log(spdlog::level::info, "ready", {{"caveat", readiness_.caveat()}});
    if (announced_.exchange(true)) return;
    std::printf("ticketing: ready on %s\n",
                absl::GetFlag(FLAGS_listen).c_str());
    std::fflush(stdout);
  }

  void Stop() {
    stopping_ = true;
    server_->SetReadiness(error::ServerStopping());
    streams_.EndAll();
    server_->Drain(std::chrono::seconds(absl::GetFlag(FLAGS_drain_seconds)));
    tail_.reset();
    // What Redis has not answered fails while those it goes to are still there.
    client_.Stop();
    // Nothing that began before is under way behind these.
    tail_loop_.RunAndWait([] {});
    store_loop_.RunAndWait([] {});
    server_.reset();
  }

  // First, for what the loops still have in store asks for it.
  std::atomic<bool> stopping_{false};
  City const city_;
  std::optional<rpc::Admission> const admission_;
  std::unique_ptr<Clock> const clock_;
  redis::ClientOptions const redis_;
  ReadinessRules const rules_;
  redis::EventLoop store_loop_;
  redis::EventLoop tail_loop_;
  redis::Client client_;
  RedisTicketStore store_;
  prometheus::Registry metrics_;
  std::string const durability_caveat_;
  rpc::Readiness readiness_;
  prometheus::Gauge& ready_gauge_;
  OpenStreams streams_;
  LinkTokens link_tokens_;
  IssueGate gate_;
  StoreRoomMetrics room_metrics_;
  prometheus::Counter& due_fired_;
  std::chrono::milliseconds const due_pause_;
  DeskContext const desk_context_;
  TicketDesk ticket_desk_;
  CounterDesk counter_desk_;
  HandlerContext const handler_context_;
  TicketHandlers ticket_handlers_;
  CounterHandlers counter_handlers_;
  SystemClock const machine_clock_;
  RedisDeviceStore device_store_;
  DeviceHandlers device_handlers_;
  OfficeFeeds const feeds_;
  FeedListener listener_;
  DisplayHandlers display_handlers_;
  EventHandlers event_handlers_;
  std::unique_ptr<rpc::MetricsServer> metrics_server_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<LogTail> tail_;
  std::atomic<bool> has_secret_{false};
  std::atomic<bool> announced_{false};
};

absl::Status Main() {
  auto city = ReadCity(absl::GetFlag(FLAGS_settings));
  if (!city.ok()) return city.status();
  auto admission =
      rpc::ReadAdmission(absl::GetFlag(FLAGS_devices), city->CountersByOffice(),
                         TicketingMethodRoles());
  if (!admission.ok()) return admission.status();
  auto clock =
      MakeClock(absl::GetFlag(FLAGS_clock), absl::GetFlag(FLAGS_clock_scale));
  if (!clock.ok()) return clock.status();
  auto const redis = MakeRedisOptions();
  if (!redis.ok()) return redis.status();
  auto const durability = absl::GetFlag(FLAGS_durability);
  if (durability != "strict" && durability != "relaxed") {
    return absl::InvalidArgumentError("--durability is strict or relaxed.");
  }
  auto const reserves = MakeReserves();
  if (!reserves.ok()) return reserves.status();
  rpc::StopSignal const stop;
  TicketingServer server(*std::move(city), *std::move(admission),
                         *std::move(clock), *redis, durability == "relaxed",
                         *reserves);
  return server.Run(stop);
}

}  // namespace
}  // namespace madoguchi::ticketing

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Keeps the live queue of a city's offices: issues numbers, calls them, "
      "tells the displays. Needs Redis 7.");
  absl::ParseCommandLine(argc, argv);
  madoguchi::rpc::StartLogging("ticketing", absl::GetFlag(FLAGS_log_level));
  auto const status = madoguchi::ticketing::Main();
  if (status.ok()) return 0;
  std::fprintf(stderr, "ticketing: %s\n",
               std::string(status.message()).c_str());
  return 1;
}
