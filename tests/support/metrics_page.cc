#include "tests/support/metrics_page.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace madoguchi::testing {
namespace {

std::string Get(std::string const& address) {
  auto const colon = address.find(':');
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port =
      htons(static_cast<std::uint16_t>(std::atoi(address.c_str() + colon + 1)));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &server.sin_addr);
  auto const fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string page;
  // Old HTTP: the server closes behind the page.
  constexpr std::string_view kRequest = "GET /metrics HTTP/1.0\r\n\r\n";
  if (connect(fd, reinterpret_cast<sockaddr*>(&server), sizeof server) == 0 &&
      send(fd, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(kRequest.size())) {
    char chunk[4096];
    ssize_t got = 0;
    while ((got = recv(fd, chunk, sizeof chunk, 0)) > 0) {
      page.append(chunk, static_cast<std::size_t>(got));
    }
  }
  close(fd);
  return page;
}

}  // namespace

std::optional<double> ReadMetric(std::string const& address,
                                 std::string const& sample) {
  auto const page = Get(address);
  auto const line = page.find("\n" + sample + " ");
  if (line == std::string::npos) return std::nullopt;
  return std::strtod(page.c_str() + line + sample.size() + 2, nullptr);
}

}  // namespace madoguchi::testing
