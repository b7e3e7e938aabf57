#include "clients/terminal/console.h"
#include "clients/terminal/keystroke.h"
#include <sys/ioctl.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace madoguchi::terminal {
namespace {

volatile std::sig_atomic_t g_stop_requested = 0;

void RequestStop(int) { g_stop_requested = 1; }

// How long a wait goes on before it looks at signals again.
constexpr int kSliceMs = 200;

constexpr char kEndOfInput = 4;  // Ctrl-D

}  // namespace

Console::Console() : interactive_(isatty(STDIN_FILENO) == 1) {
  if (interactive_) tcgetattr(STDIN_FILENO, &before_);
  SetKeyByKey(true);
}

Console::~Console() { SetKeyByKey(false); }

void Console::SetKeyByKey(bool key_by_key) {
  if (!interactive_) return;
  termios mode = before_;
  if (key_by_key) mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

bool Console::Fill(int patience_ms) {
  pollfd waiting{STDIN_FILENO, POLLIN, 0};
  int const ready = poll(&waiting, 1, patience_ms);
  if (ready <= 0) return false;
  std::array<char, 256> bytes{};
  auto const count = read(STDIN_FILENO, bytes.data(), bytes.size());
  if (count < 0 && errno == EINTR) return false;
  if (count <= 0) {
    ended_ = true;
    return false;
  }
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<std::string> Console::TakeLine() {
  auto const end = buffer_.find('\n');
  if (end == std::string::npos) {
    // A last line need not end with a line feed.
    if (!ended_ || buffer_.empty()) return std::nullopt;
    return std::exchange(buffer_, {});
  }
  auto line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::optional<std::string> Console::Read(std::chrono::milliseconds patience) {
  if (!interactive_) {
    if (auto line = TakeLine()) return line;
    if (!ended_) Fill(static_cast<int>(patience.count()));
    return TakeLine();
  }
  if (buffer_.empty()) Fill(static_cast<int>(patience.count()));
  if (buffer_.empty()) return std::nullopt;
  auto key = TakeKey(buffer_);
  if (key && key->front() == kEndOfInput) {
    ended_ = true;
    return std::nullopt;
  }
  return key;
}

void Console::DiscardTyped() {
  if (!interactive_) return;
  tcflush(STDIN_FILENO, TCIFLUSH);
  buffer_.clear();
}

std::optional<std::string> Console::ReadLine() {
  std::optional<std::string> line;
  while (!line && !ended_ && !StopRequested()) {
    line = ReadLine(std::chrono::minutes(1));
  }
  return line;
}

std::optional<std::string> Console::ReadLine(
    std::chrono::milliseconds patience) {
  auto const end = std::chrono::steady_clock::now() + patience;
  SetKeyByKey(false);
  std::optional<std::string> line = TakeLine();
  while (!line && !ended_ && !StopRequested()) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    Fill(static_cast<int>(std::min<std::int64_t>(left.count(), kSliceMs)));
    line = TakeLine();
  }
  SetKeyByKey(true);
  return line;
}

void Console::Discard() {
  if (!interactive_) return;
  tcflush(STDIN_FILENO, TCIFLUSH);
  buffer_.clear();
}

Size OutputSize() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
      size.ws_row == 0) {
    return {};
  }
  return {size.ws_col, size.ws_row};
}

void CatchStopSignals() {
  struct sigaction action {};
  action.sa_handler = RequestStop;
  // Without SA_RESTART: a read that waits is to return.
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGHUP, &action, nullptr);
}

bool StopRequested() { return g_stop_requested != 0; }

}  // namespace madoguchi::terminal
