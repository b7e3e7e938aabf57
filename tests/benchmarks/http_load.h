#ifndef MADOGUCHI_TESTS_BENCHMARKS_HTTP_LOAD_H
#define MADOGUCHI_TESTS_BENCHMARKS_HTTP_LOAD_H

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::benchmark {

struct HttpPost {
  std::string path;
  std::string body;
};

/// HTTP clients with connections that stay open, each with one request under
/// way. One thread and a few microseconds a request, so that the server is the
/// limit. Dies if an answer is not 200.
class HttpLoad {
 public:
  HttpLoad(int port, int connections);
  ~HttpLoad();

  HttpLoad(HttpLoad const&) = delete;
  HttpLoad& operator=(HttpLoad const&) = delete;

  /// What the connection of that index sends next; nothing ends its part.
  using Next = std::function<std::optional<HttpPost>(std::size_t connection)>;
  /// Takes the body of its answer.
  using Take = std::function<void(std::size_t connection, std::string_view)>;

  /// Returns the seconds from the first request to the last answer.
  double Run(Next const& next, Take const& take);

 private:
  struct Connection {
    int socket = -1;
    std::string received;
  };

  bool Send(std::size_t index, Next const& next);
  // Whether a whole answer was there.
  bool Receive(std::size_t index, Take const& take);

  int const port_;
  int epoll_ = -1;
  std::vector<Connection> connections_;
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_HTTP_LOAD_H
