#include "tests/benchmarks/page_watchers.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/measure.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <unistd.h>

namespace madoguchi::benchmark {
namespace {

namespace v1 = ticketing::v1;

constexpr std::string_view kEndOfHead = "\r\n\r\n";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kFrameHeader = 5;
constexpr unsigned char kTrailers = 0x80;

// Connects, and asks for the hall's stream. `receive_buffer` in bytes; 0 leaves
// it to the kernel.
int Watch(int port, int receive_buffer) {
  int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer != 0) {
    setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receive_buffer,
               sizeof receive_buffer);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (socket < 0 || connect(socket, reinterpret_cast<sockaddr*>(&address),
                            sizeof address) != 0) {
    Die("no gateway on port " + std::to_string(port));
  }
  v1::WatchOfficeRequest watch;
  watch.set_office(kOfficeName);
  auto const message = watch.SerializeAsString();
  std::string request =
      "POST /madoguchi.ticketing.v1.DisplayService/WatchOffice HTTP/1.1\r\n"
      "Host: localhost\r\nContent-Type: application/grpc-web+proto\r\n"
      "X-Grpc-Web: 1\r\nContent-Length: " +
      std::to_string(kFrameHeader + message.size()) + "\r\n\r\n";
  request.append(kFrameHeader - 1, '\0');
  request += static_cast<char>(message.size());
  request += message;
  if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    Die("the gateway takes no request");
  }
  return socket;
}

void Add(int epoll, int socket, std::uint64_t what) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = what;
  epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

}  // namespace

PageWatchers::PageWatchers(int port, std::size_t count)
    : told_(count),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      stop_(eventfd(0, EFD_CLOEXEC)),
      streams_(count) {
  for (std::size_t i = 0; i != count; ++i) {
    streams_[i].socket = Watch(port, /*receive_buffer=*/0);
    Add(epoll_, streams_[i].socket, i);
  }
  Add(epoll_, stop_, count);
  reader_ = std::thread([this] { ReadAll(); });
  told_.AwaitSnapshots();
}

PageWatchers::~PageWatchers() {
  eventfd_write(stop_, 1);
  reader_.join();
  for (auto const& stream : streams_) close(stream.socket);
  close(stop_);
  close(epoll_);
}

void PageWatchers::ReadAll() {
  std::array<epoll_event, 64> events;
  while (true) {
    int const count = epoll_wait(epoll_, events.data(),
                                 static_cast<int>(events.size()), /*ms=*/-1);
    for (int i = 0; i < count; ++i) {
      auto const index = static_cast<std::size_t>(
          events[static_cast<std::size_t>(i)].data.u64);
      if (index == streams_.size()) return;
      Read(streams_[index]);
    }
  }
}

void PageWatchers::Read(Stream& stream) {
  std::array<char, 16'384> bytes;
  auto const size = recv(stream.socket, bytes.data(), bytes.size(), 0);
  if (size <= 0) Die("a stream through the gateway was closed");
  stream.received.append(bytes.data(), static_cast<std::size_t>(size));
  if (!stream.has_head) {
    auto const end = stream.received.find(kEndOfHead);
    if (end == std::string::npos) return;
    if (!stream.received.starts_with("HTTP/1.1 200 ")) {
      Die("the gateway refuses a stream");
    }
    stream.received.erase(0, end + kEndOfHead.size());
    stream.has_head = true;
  }
  TakeChunks(stream);
  TakeFrames(stream);
}

void PageWatchers::TakeChunks(Stream& stream) {
  auto& received = stream.received;
  while (true) {
    auto const line = received.find(kLineEnd);
    if (line == std::string::npos) return;
    std::size_t size = 0;
    std::from_chars(received.data(), received.data() + line, size, 16);
    auto const begin = line + kLineEnd.size();
    if (received.size() < begin + size + kLineEnd.size()) return;
    stream.body.append(received, begin, size);
    received.erase(0, begin + size + kLineEnd.size());
  }
}

void PageWatchers::TakeFrames(Stream& stream) {
  auto& body = stream.body;
  while (body.size() >= kFrameHeader) {
    auto const byte = [&](std::size_t i) {
      return static_cast<unsigned char>(body[i]);
    };
    if (byte(0) == kTrailers) Die("a stream through the gateway ended");
    auto const size = std::size_t{byte(1)} << 24 | std::size_t{byte(2)} << 16 |
                      std::size_t{byte(3)} << 8 | std::size_t{byte(4)};
    if (body.size() < kFrameHeader + size) return;
    v1::OfficeUpdate update;
    if (!update.ParseFromArray(body.data() + kFrameHeader,
                               static_cast<int>(size))) {
      Die("the gateway changed a message");
    }
    body.erase(0, kFrameHeader + size);
    if (update.has_snapshot()) told_.SnapshotCame();
    if (update.has_event() &&
        update.event().kind() == v1::OfficeEvent::CALLED) {
      told_.CallCame();
    }
  }
}

StalledReaders::StalledReaders(int port, std::size_t count) {
  for (std::size_t i = 0; i != count; ++i) {
    sockets_.push_back(Watch(port, /*receive_buffer=*/4096));
  }
}

StalledReaders::~StalledReaders() {
  for (auto const socket : sockets_) close(socket);
}

}  // namespace madoguchi::benchmark
