#include "tests/robustness/house.h"
#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

namespace madoguchi::robustness {
namespace {

using ::madoguchi::testing::ChildOptions;
using ::madoguchi::testing::ChildProcess;
using ::madoguchi::testing::FreePort;
using ::madoguchi::testing::TicketingOptions;
using ::madoguchi::testing::TicketingServer;

constexpr std::chrono::seconds kRedisReadyLimit{60};
constexpr std::chrono::seconds kRedisEndLimit{30};
constexpr int kPortsTried = 5;

absl::StatusOr<std::string> MakeFolder() {
  auto pattern =
      (std::filesystem::temp_directory_path() / "madoguchi-house-XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) == nullptr) {
    return absl::UnavailableError("no temporary folder");
  }
  std::filesystem::create_directory(pattern + "/synced");
  return pattern;
}

}  // namespace

absl::StatusOr<std::unique_ptr<House>> House::Start(HouseOptions options) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto folder, MakeFolder());
  std::unique_ptr<House> house(
      new House(std::move(options), std::move(folder)));
  MADOGUCHI_RETURN_IF_ERROR(house->RestartRedis());
  TicketingOptions replica;
  replica.binary = house->options_.ticketing;
  replica.settings = house->options_.settings;
  replica.redis = "unix:" + house->folder_ + "/redis.sock";
  replica.flags = {"--clock", "scaled", "--clock_scale",
                   FormatScale({house->options_.clock_factor,
                                house->options_.office_start, house->opened_})};
  if (house->options_.appendfsync != "always") {
    replica.flags.insert(replica.flags.end(), {"--durability", "relaxed"});
  }
  auto const& more = house->options_.ticketing_flags;
  replica.flags.insert(replica.flags.end(), more.begin(), more.end());
  for (int i = 0; i != house->options_.replicas; ++i) {
    replica.output_path =
        house->folder_ + "/ticketing-" + std::to_string(i) + ".log";
    MADOGUCHI_RETURN_IF_ERROR(house->AddReplica(replica));
  }
  return house;
}

House::House(HouseOptions options, std::string folder)
    : options_(std::move(options)), folder_(std::move(folder)) {}

absl::Status House::AddReplica(TicketingOptions options) {
  if (!options_.metrics) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto server, TicketingServer::Start(options));
    replicas_.push_back(std::move(server));
    return absl::OkStatus();
  }
  auto const flags = options.flags;
  absl::Status failed;
  // A port that was free may be taken a moment later.
  for (int attempt = 0; attempt != kPortsTried; ++attempt) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const port, FreePort());
    auto const page = "127.0.0.1:" + std::to_string(port);
    options.flags = flags;
    options.flags.insert(options.flags.end(), {"--metrics_listen", page});
    auto server = TicketingServer::Start(options);
    if (server.ok()) {
      replicas_.push_back(*std::move(server));
      metrics_pages_.push_back(page);
      return absl::OkStatus();
    }
    failed = server.status();
  }
  return failed;
}

House::~House() {
  replicas_.clear();
  redis_.reset();
  if (keep_folder_) return;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> House::Targets() const {
  std::vector<std::string> targets;
  for (auto const& replica : replicas_) targets.push_back(replica->address());
  return targets;
}

absl::Status House::RestartRedis() {
  ChildOptions child;
  child.command = {"redis-server",
                   "--port",
                   "0",
                   "--unixsocket",
                   folder_ + "/redis.sock",
                   "--dir",
                   folder_,
                   "--save",
                   "",
                   "--appendonly",
                   "yes",
                   "--appendfsync",
                   options_.appendfsync,
                   "--aof-load-truncated",
                   "yes",
                   "--auto-aof-rewrite-percentage",
                   options_.rewrites ? "100" : "0",
                   "--maxmemory-policy",
                   "noeviction",
                   "--daemonize",
                   "no"};
  child.command.insert(child.command.end(), options_.redis_flags.begin(),
                       options_.redis_flags.end());
  child.environment = {"LD_PRELOAD=" + options_.shim,
                       "MADOGUCHI_SYNCED=" + folder_ + "/synced"};
  child.output_path = folder_ + "/redis.log";
  MADOGUCHI_ASSIGN_OR_RETURN(redis_, ChildProcess::Start(child));
  return redis_->WaitForLine("ready to accept connections at", kRedisReadyLimit)
      .status();
}

absl::Status House::WaitForEndOfRedis(std::string const& last_words) {
  MADOGUCHI_RETURN_IF_ERROR(
      redis_->WaitForLine(last_words, kRedisEndLimit).status());
  // It has nothing more to do than to exit, so this waits for no kill.
  redis_.reset();
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> House::CutPower() {
  KillRedis();
  return CutToSynced(folder_ + "/appendonlydir", folder_ + "/synced");
}

std::chrono::system_clock::time_point House::MachineTimeOf(
    Timestamp office_time) const {
  auto const ahead = std::chrono::duration<double, std::milli>(
      office_time - options_.office_start);
  return opened_ + std::chrono::duration_cast<std::chrono::milliseconds>(
                       ahead / options_.clock_factor);
}

std::string const& House::KeepFolder() {
  keep_folder_ = true;
  return folder_;
}

absl::StatusOr<std::int64_t> CutToSynced(std::string const& folder,
                                         std::string const& synced) {
  std::error_code error;
  std::int64_t cut = 0;
  for (auto const& each : std::filesystem::directory_iterator(folder, error)) {
    auto const name = each.path().filename().string();
    if (!name.ends_with(".incr.aof")) continue;
    std::int64_t size = 0;
    std::ifstream note(synced + "/" + name + ".synced", std::ios::binary);
    note.read(reinterpret_cast<char*>(&size), sizeof size);
    if (!note) size = 0;
    auto const had = static_cast<std::int64_t>(each.file_size());
    if (had <= size) continue;
    std::filesystem::resize_file(each.path(), static_cast<std::uintmax_t>(size),
                                 error);
    if (error) return absl::UnavailableError("cannot cut " + name);
    cut += had - size;
  }
  if (error) return absl::NotFoundError("no log in " + folder);
  return cut;
}

}  // namespace madoguchi::robustness
