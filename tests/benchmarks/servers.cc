#include "tests/benchmarks/servers.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/measure.h"
#include <chrono>
#include <filesystem>
#include <fstream>

namespace madoguchi::benchmark {
namespace {

constexpr std::chrono::seconds kStartLimit{30};

}  // namespace

std::string BinaryFolder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
}

std::unique_ptr<testing::RedisServer> StartRedis(Sync sync) {
  // The settings come behind what RedisServer says, and so win; what they say
  // of its socket and log is said again.
  auto const settings =
      std::filesystem::current_path().string() + "/deploy/redis/redis.conf";
  return std::make_unique<testing::RedisServer>(std::vector<std::string>{
      "--include", settings, "--logfile", "redis.log",
      // A benchmark writes in a minute what a city writes in months: Redis
      // would rewrite its log all the time, on one of our processors, and run
      // full.
      "--auto-aof-rewrite-percentage", "0", "--maxmemory", "8gb",
      "--appendfsync", sync == Sync::kAlways ? "always" : "everysec"});
}

Program::Program(std::vector<std::string> command,
                 std::string const& port_flag) {
  auto const port = testing::FreePort();
  if (!port.ok()) Die("no free port");
  port_ = *port;
  address_ = "127.0.0.1:" + std::to_string(port_);
  auto const name = command.front();
  command.push_back(port_flag + std::to_string(port_));
  testing::ChildOptions options;
  options.command = std::move(command);
  auto process = testing::ChildProcess::Start(options);
  if (!process.ok()) Die("cannot start " + name);
  process_ = *std::move(process);
  auto const ready = process_->WaitForLine("ready on", kStartLimit);
  if (!ready.ok()) Die(name + " " + std::string(ready.status().message()));
}

Hall::Hall(int counters_all, int counters_first, Sync sync)
    : redis_(StartRedis(sync)) {
  auto const settings = redis_->folder() + "/settings.textproto";
  std::ofstream(settings) << HallSettings(counters_all, counters_first);
  ticketing_ = std::make_unique<Program>(
      std::vector<std::string>{BinaryFolder() + "/ticketing",
                               "--settings=" + settings,
                               "--redis=unix:" + redis_->socket(),
                               sync == Sync::kAlways ? "--durability=strict"
                                                     : "--durability=relaxed"},
      "--listen=127.0.0.1:");
}

}  // namespace madoguchi::benchmark
