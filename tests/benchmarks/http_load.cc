#include "tests/benchmarks/http_load.h"
#include "tests/benchmarks/measure.h"
#include "absl/strings/ascii.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <unistd.h>

namespace madoguchi::benchmark {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kEndOfHeader = "\r\n\r\n";
constexpr std::string_view kLength = "\r\ncontent-length: ";

int Open(int port) {
  int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  int const on = 1;
  if (socket < 0 ||
      connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) !=
          0 ||
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) {
    Die("no HTTP server on port " + std::to_string(port));
  }
  return socket;
}

}  // namespace

HttpLoad::HttpLoad(int port, int connections)
    : port_(port), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  for (int i = 0; i != connections; ++i) {
    auto& connection = connections_.emplace_back();
    connection.socket = Open(port_);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<std::uint64_t>(i);
    epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
  }
}

HttpLoad::~HttpLoad() {
  for (auto const& connection : connections_) close(connection.socket);
  close(epoll_);
}

bool HttpLoad::Send(std::size_t index, Next const& next) {
  auto const post = next(index);
  if (!post) return false;
  auto const request =
      "POST " + post->path + " HTTP/1.1\r\nHost: localhost" +
      "\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(post->body.size()) + "\r\n\r\n" + post->body;
  auto const sent = send(connections_[index].socket, request.data(),
                         request.size(), MSG_NOSIGNAL);
  // A request is far smaller than the buffer of an idle connection.
  if (sent != static_cast<ssize_t>(request.size())) Die("HTTP: cannot send");
  return true;
}

bool HttpLoad::Receive(std::size_t index, Take const& take) {
  auto& connection = connections_[index];
  std::array<char, 4096> chunk;
  auto const got = recv(connection.socket, chunk.data(), chunk.size(), 0);
  if (got <= 0) Die("HTTP: the server hung up");
  connection.received.append(chunk.data(), static_cast<std::size_t>(got));
  auto const end = connection.received.find(kEndOfHeader);
  if (end == std::string::npos) return false;
  auto const header = absl::AsciiStrToLower(connection.received.substr(0, end));
  if (header.find(" 200 ") == std::string::npos) Die("HTTP: " + header);
  auto const at = header.find(kLength);
  std::size_t length = 0;
  if (at == std::string::npos ||
      std::from_chars(header.data() + at + kLength.size(),
                      header.data() + header.size(), length)
              .ec != std::errc()) {
    Die("HTTP: an answer without a length");
  }
  auto const begin = end + kEndOfHeader.size();
  if (connection.received.size() < begin + length) return false;
  take(index, std::string_view(connection.received).substr(begin, length));
  connection.received.clear();
  return true;
}

double HttpLoad::Run(Next const& next, Take const& take) {
  auto const began = steady_clock::now();
  std::size_t busy = 0;
  for (std::size_t i = 0; i != connections_.size(); ++i) {
    if (Send(i, next)) ++busy;
  }
  std::array<epoll_event, 64> events;
  while (busy != 0) {
    int const count =
        epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
    if (count < 0 && errno != EINTR) Die("HTTP: epoll");
    for (int i = 0; i < count; ++i) {
      auto const index = static_cast<std::size_t>(
          events[static_cast<std::size_t>(i)].data.u64);
      if (Receive(index, take) && !Send(index, next)) --busy;
    }
  }
  return std::chrono::duration<double>(steady_clock::now() - began).count();
}

}  // namespace madoguchi::benchmark
