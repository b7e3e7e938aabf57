#include "tests/support/child_process.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace madoguchi::testing {
namespace {

// A child that prints without end must not fill the memory of the test.
constexpr std::size_t kLinesKept = 10'000;

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Later entries win: getenv finds the first, so ours go to the front.
std::vector<std::string> EnvironmentWith(std::vector<std::string> added) {
  for (char** each = environ; *each != nullptr; ++each) {
    added.emplace_back(*each);
  }
  return added;
}

absl::Status Failed(std::string const& what) {
  return absl::UnavailableError(what + ": " + std::strerror(errno));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(
    ChildOptions const& options) {
  if (options.command.empty()) return absl::InvalidArgumentError("no command");
  // Everything the child needs exists before fork: between fork and exec it
  // must not allocate, for another thread may hold the allocator.
  auto command = options.command;
  auto environment = EnvironmentWith(options.environment);
  auto const argv = Pointers(command);
  auto const envp = Pointers(environment);
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) return Failed("pipe");
  auto const parent = getpid();
  auto const pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    dup2(output[1], STDOUT_FILENO);
    dup2(output[1], STDERR_FILENO);
    execvpe(argv.front(), argv.data(), envp.data());
    _exit(127);
  }
  close(output[1]);
  if (pid < 0) {
    close(output[0]);
    return Failed("fork");
  }
  return std::unique_ptr<ChildProcess>(
      new ChildProcess(pid, output[0], options.output_path));
}

ChildProcess::ChildProcess(pid_t pid, int output, std::string output_path)
    : pid_(pid), output_path_(std::move(output_path)) {
  reader_ = std::thread([this, output] { ReadOutput(output); });
}

ChildProcess::~ChildProcess() { Kill(); }

absl::StatusOr<std::string> ChildProcess::WaitForLine(
    std::string const& text, std::chrono::milliseconds limit) {
  auto const until = std::chrono::steady_clock::now() + limit;
  std::size_t seen = 0;
  MutexLock lock(mu_);
  while (true) {
    for (; seen < lines_.size(); ++seen) {
      if (lines_[seen].find(text) != std::string::npos) return lines_[seen];
    }
    if (output_ended_) {
      return absl::UnavailableError(
          "ended without printing `" + text + "`" +
          (lines_.empty() ? "" : "; its last line: " + lines_.back()));
    }
    if (grown_.wait_until(mu_, until) == std::cv_status::timeout) {
      return absl::DeadlineExceededError("did not print `" + text + "`");
    }
  }
}

void ChildProcess::Freeze() const { kill(pid_, SIGSTOP); }

void ChildProcess::Thaw() const { kill(pid_, SIGCONT); }

void ChildProcess::Kill() {
  if (ended_) return;
  kill(pid_, SIGKILL);
  Reap();
}

bool ChildProcess::Stop(std::chrono::milliseconds limit) {
  if (ended_) return false;
  kill(pid_, SIGTERM);
  // Readable when the process has ended: no polling.
  auto const fd = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (fd >= 0) {
    pollfd wait{fd, POLLIN, 0};
    auto const ready = poll(&wait, 1, static_cast<int>(limit.count()));
    close(fd);
    if (ready != 1) kill(pid_, SIGKILL);
  }
  Reap();
  return WIFEXITED(exit_status_) && WEXITSTATUS(exit_status_) == 0;
}

void ChildProcess::Reap() {
  waitpid(pid_, &exit_status_, 0);
  ended_ = true;
  if (reader_.joinable()) reader_.join();
}

void ChildProcess::ReadOutput(int output) {
  std::ofstream file;
  if (!output_path_.empty()) file.open(output_path_, std::ios::app);
  std::string line;
  char chunk[4096];
  while (true) {
    auto const got = read(output, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    file.write(chunk, got).flush();
    for (auto const c :
         std::string_view(chunk, static_cast<std::size_t>(got))) {
      if (c != '\n') {
        line += c;
        continue;
      }
      MutexLock lock(mu_);
      if (lines_.size() < kLinesKept) lines_.push_back(line);
      grown_.notify_all();
      line.clear();
    }
  }
  close(output);
  MutexLock lock(mu_);
  output_ended_ = true;
  grown_.notify_all();
}

absl::StatusOr<int> FreePort() {
  auto const fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return Failed("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  bool const bound =
      bind(fd, raw, size) == 0 && getsockname(fd, raw, &size) == 0;
  close(fd);
  if (!bound) return Failed("bind");
  return ntohs(address.sin_port);
}

}  // namespace madoguchi::testing
