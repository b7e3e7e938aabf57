#include "services/web/raw_client.h"
#include "services/web/grpc_web.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include <netinet/in.h>
#include <sys/socket.h>
#include <array>
#include <charconv>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace madoguchi::web {
namespace {

constexpr int kLimitMs = 10'000;
constexpr std::string_view kLineEnd = "\r\n";

std::size_t ParseSize(std::string_view text, int base) {
  std::size_t size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size, base);
  return size;
}

}  // namespace

RawClient::RawClient(int port, int receive_buffer) {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer != 0) {
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer,
               sizeof receive_buffer);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) !=
      0) {
    Close();
  }
}

RawClient::~RawClient() { Close(); }

void RawClient::Send(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto const sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string RawClient::ReadUntil(std::string_view end) {
  std::size_t at = 0;
  while ((at = received_.find(end)) == std::string::npos) {
    if (!ReadMore()) return {};
  }
  return Take(at + end.size());
}

std::optional<std::string> RawClient::ReadToEnd() {
  while (ReadMore()) {
  }
  // Both a limit and an end stop us.
  pollfd wait{socket_, POLLIN, 0};
  if (poll(&wait, 1, 0) == 0) return std::nullopt;
  return std::exchange(received_, {});
}

RawAnswer RawClient::ReadAnswer(bool to_head) {
  RawAnswer answer;
  auto head = ReadUntil("\r\n\r\n");
  if (head.size() < 12) return answer;
  answer.status = std::atoi(head.c_str() + 9);
  for (auto at = head.find(kLineEnd) + 2; at < head.size() - 2;) {
    auto const end = head.find(kLineEnd, at);
    auto const colon = head.find(": ", at);
    answer.headers.emplace_back(
        absl::AsciiStrToLower(head.substr(at, colon - at)),
        head.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  if (to_head || answer.status == 304) return answer;
  if (Find(answer.headers, "transfer-encoding") != "chunked") {
    auto const size =
        ParseSize(Find(answer.headers, "content-length").value_or("0"), 10);
    while (received_.size() < size && ReadMore()) {
    }
    answer.body = Take(size);
    return answer;
  }
  while (true) {
    auto const size = ParseSize(ReadUntil(kLineEnd), 16);
    while (received_.size() < size + 2 && ReadMore()) {
    }
    answer.body += Take(size);
    Take(kLineEnd.size());
    if (size == 0) return answer;
  }
}

void RawClient::CloseSending() const { shutdown(socket_, SHUT_WR); }

void RawClient::Close() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

void RawClient::Reset() {
  linger const at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  Close();
}

bool RawClient::ReadMore() {
  pollfd wait{socket_, POLLIN, 0};
  if (socket_ < 0 || poll(&wait, 1, kLimitMs) <= 0) return false;
  std::array<char, 16'384> bytes;
  auto const size = recv(socket_, bytes.data(), bytes.size(), 0);
  if (size <= 0) return false;
  received_.append(bytes.data(), static_cast<std::size_t>(size));
  return true;
}

std::string RawClient::Take(std::size_t size) {
  auto taken = received_.substr(0, size);
  received_.erase(0, size);
  return taken;
}

std::string CallRequest(std::string_view method, std::string_view message,
                        std::string_view more_headers) {
  auto const frame = MessageFrameHeader(message.size());
  std::string request = "POST ";
  request.append(method);
  request += " HTTP/1.1\r\nHost: localhost\r\nContent-Type: ";
  request += kGrpcWebType;
  request += "\r\nContent-Length: ";
  request += std::to_string(frame.size() + message.size());
  request += "\r\n";
  request.append(more_headers);
  request += "\r\n";
  request.append(frame.begin(), frame.end());
  request.append(message);
  return request;
}

std::string GetRequest(std::string_view target) {
  std::string request = "GET ";
  request.append(target);
  return request + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace madoguchi::web
