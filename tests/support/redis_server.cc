#include "tests/support/redis_server.h"
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>
#include <unistd.h>

namespace madoguchi::testing {
namespace {

constexpr std::chrono::seconds kStartLimit{20};

[[noreturn]] void Die(std::string const& what) {
  std::fprintf(stderr, "RedisServer: %s\n", what.c_str());
  std::abort();
}

// A connection that blocks, and as much of the protocol as tests read.
class Connection {
 public:
  explicit Connection(std::string const& path) {
    fd_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) !=
        0) {
      close(fd_);
      fd_ = -1;
    }
  }
  ~Connection() {
    if (fd_ >= 0) close(fd_);
  }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  std::vector<std::string> Ask(std::vector<std::string> const& command) {
    if (fd_ < 0) return {"-no connection"};
    std::string wire = "*" + std::to_string(command.size()) + "\r\n";
    for (auto const& argument : command) {
      wire +=
          "$" + std::to_string(argument.size()) + "\r\n" + argument + "\r\n";
    }
    std::string_view left = wire;
    while (!left.empty()) {
      auto const sent = send(fd_, left.data(), left.size(), MSG_NOSIGNAL);
      if (sent <= 0) return {"-connection lost"};
      left.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::vector<std::string> reply;
    ReadReply(reply);
    return reply;
  }

 private:
  bool Fill() {
    char chunk[4096];
    auto const got = recv(fd_, chunk, sizeof chunk, 0);
    if (got <= 0) return false;
    buffer_.append(chunk, static_cast<std::size_t>(got));
    return true;
  }
  std::string ReadLine() {
    std::size_t end;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (!Fill()) return "-connection lost";
    }
    auto line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return line;
  }
  void ReadReply(std::vector<std::string>& into) {
    auto const line = ReadLine();
    auto const rest = line.substr(1);
    switch (line[0]) {
      case '$': {
        if (rest == "-1") return into.push_back("(nil)");
        auto const size = std::stoul(rest);
        while (buffer_.size() < size + 2) {
          if (!Fill()) return into.push_back("-connection lost");
        }
        into.push_back(buffer_.substr(0, size));
        buffer_.erase(0, size + 2);
        return;
      }
      case '*': {
        auto const size = std::stol(rest);
        if (size < 0) into.push_back("(nil)");
        for (long i = 0; i < size; ++i) ReadReply(into);
        return;
      }
      case '-':
        return into.push_back(line);
      default:
        return into.push_back(rest);
    }
  }

  int fd_ = -1;
  std::string buffer_;
};

}  // namespace

RedisServer::RedisServer(std::vector<std::string> flags)
    : flags_(std::move(flags)) {
  auto pattern =
      (std::filesystem::temp_directory_path() / "madoguchi-redis-XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) == nullptr) Die("no temporary folder");
  folder_ = pattern;
  socket_ = folder_ + "/redis.sock";
  Start();
}

RedisServer::~RedisServer() {
  Kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void RedisServer::Start() {
  if (pid_ >= 0) Die("started twice");
  std::filesystem::remove(socket_);
  std::vector<std::string> arguments = {
      "redis-server", "--port",      "0",
      "--unixsocket", socket_,       "--dir",
      folder_,        "--save",      "",
      "--logfile",    "redis.log",   "--appendonly",
      "no",           "--daemonize", "no"};
  arguments.insert(arguments.end(), flags_.begin(), flags_.end());
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  auto const parent = getpid();
  pid_ = fork();
  if (pid_ < 0) Die("fork failed");
  if (pid_ == 0) {
    // It must not outlive a test program that crashes.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    execvp("redis-server", argv.data());
    _exit(127);
  }
  auto const limit = std::chrono::steady_clock::now() + kStartLimit;
  while (!Answers()) {
    if (waitpid(pid_, nullptr, WNOHANG) == pid_ ||
        std::chrono::steady_clock::now() > limit) {
      Die("redis-server does not start; see " + folder_ + "/redis.log");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

void RedisServer::Stop() {
  Signal(SIGTERM);
  Wait();
}

void RedisServer::Kill() {
  Signal(SIGKILL);
  Wait();
}

void RedisServer::Pause() { Signal(SIGSTOP); }

void RedisServer::Resume() { Signal(SIGCONT); }

std::vector<std::string> RedisServer::Ask(
    std::vector<std::string> const& command) const {
  return Connection(socket_).Ask(command);
}

std::string RedisServer::AskOne(std::vector<std::string> const& command) const {
  auto const reply = Ask(command);
  return reply.empty() ? std::string() : reply.front();
}

std::string RedisServer::DumpAll() const {
  auto keys = Ask({"KEYS", "*"});
  std::sort(keys.begin(), keys.end());
  std::string all;
  for (auto const& key : keys) {
    auto const type = AskOne({"TYPE", key});
    std::vector<std::string> content;
    if (type == "hash") {
      // In the order of names: Redis' own changes while it grows its table.
      auto fields = Ask({"HKEYS", key});
      std::sort(fields.begin(), fields.end());
      for (auto const& field : fields) {
        content.push_back(field);
        content.push_back(AskOne({"HGET", key, field}));
      }
    }
    if (type == "zset") content = Ask({"ZRANGE", key, "0", "-1", "WITHSCORES"});
    if (type == "stream") content = Ask({"XRANGE", key, "-", "+"});
    if (type == "string") content = Ask({"GET", key});
    if (type == "list") content = Ask({"LRANGE", key, "0", "-1"});
    all += key + " " + type;
    for (auto const& text : content) all += " " + text;
    all += "\n";
  }
  return all;
}

bool RedisServer::Answers() const { return AskOne({"PING"}) == "PONG"; }

void RedisServer::Signal(int signal) {
  if (pid_ > 0) kill(pid_, signal);
}

void RedisServer::Wait() {
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace madoguchi::testing
