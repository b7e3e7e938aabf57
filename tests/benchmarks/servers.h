#ifndef MADOGUCHI_TESTS_BENCHMARKS_SERVERS_H
#define MADOGUCHI_TESTS_BENCHMARKS_SERVERS_H

#include "tests/support/child_process.h"
#include "tests/support/redis_server.h"
#include <sys/types.h>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// When Redis has its log on the disk.
enum class Sync { kAlways, kEverySecond };

/// A Redis of its own with the settings of deploy/redis, and its log on the
/// disk of TMPDIR.
std::unique_ptr<testing::RedisServer> StartRedis(Sync sync);

/// A program of this build that serves on a loopback port, until it is
/// destroyed. Dies if it does not start.
class Program {
 public:
  /// `command` begins with the program's name. `port_flag` says where to put
  /// the port: `--listen=127.0.0.1:` for one. It is ready when it prints
  /// `ready on`.
  Program(std::vector<std::string> command, std::string const& port_flag);

  /// `127.0.0.1:PORT`.
  std::string const& address() const { return address_; }
  int port() const { return port_; }
  pid_t pid() const { return process_->pid(); }

 private:
  int port_ = 0;
  std::string address_;
  std::unique_ptr<testing::ChildProcess> process_;
};

/// Ticketing on a Redis of its own.
class Hall {
 public:
  /// With so many counters of each kind; see hall.h.
  Hall(int counters_all, int counters_first, Sync sync = Sync::kAlways);

  std::string const& address() const { return ticketing_->address(); }
  pid_t ticketing() const { return ticketing_->pid(); }
  pid_t redis() const { return redis_->pid(); }
  std::string const& folder() const { return redis_->folder(); }

 private:
  std::unique_ptr<testing::RedisServer> redis_;
  std::unique_ptr<Program> ticketing_;
};

/// The folder of this program, where its companions are.
std::string BinaryFolder();

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_SERVERS_H
