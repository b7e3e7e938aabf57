#ifndef MADOGUCHI_SERVICES_WEB_RAW_CLIENT_H
#define MADOGUCHI_SERVICES_WEB_RAW_CLIENT_H

#include "services/web/headers.h"
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::web {

/// An answer of HTTP as a test looks at it.
struct RawAnswer {
  int status = 0;
  Headers headers;
  /// Without chunks.
  std::string body;
};

/// A client that sends what no browser would. Waits ten seconds at most for
/// anything; what it waited for is then empty. Not thread safe.
class RawClient {
 public:
  /// Connects to a port of the loopback interface. `receive_buffer` in bytes,
  /// if not 0, is what the kernel takes for a client that does not read.
  explicit RawClient(int port, int receive_buffer = 0);
  ~RawClient();

  RawClient(RawClient const&) = delete;
  RawClient& operator=(RawClient const&) = delete;

  bool is_connected() const { return socket_ >= 0; }

  /// As far as the peer takes it.
  void Send(std::string_view bytes) const;

  /// Reads until `end` has come, which is included.
  std::string ReadUntil(std::string_view end);

  /// Reads until the peer closes; nothing if it does not.
  std::optional<std::string> ReadToEnd();

  /// Reads one answer of either kind. `to_head` if its request was a HEAD.
  RawAnswer ReadAnswer(bool to_head = false);

  /// Says that nothing more will be sent.
  void CloseSending() const;
  void Close();
  /// Closes with a reset.
  void Reset();

 private:
  bool ReadMore();
  std::string Take(std::size_t size);

  int socket_ = -1;
  std::string received_;
};

/// A call of `method`, with more header lines that each end in `\r\n`.
std::string CallRequest(std::string_view method, std::string_view message,
                        std::string_view more_headers = {});

/// A GET of `target`.
std::string GetRequest(std::string_view target);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_RAW_CLIENT_H
