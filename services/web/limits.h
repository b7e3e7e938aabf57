#ifndef MADOGUCHI_SERVICES_WEB_LIMITS_H
#define MADOGUCHI_SERVICES_WEB_LIMITS_H

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace madoguchi::web {

/// How much of a server any number of clients may take, and for how long. Each
/// has a default for a house of a thousand displays.
struct Limits {
  /// Open at once. More are told so (503) and closed.
  int connections = 4'096;
  /// Calls under way at once, streams included. More end with
  /// RESOURCE_EXHAUSTED. Fewer than connections: pages are still shown.
  int calls = 3'072;
  /// The head of a request: 431.
  std::size_t head_bytes = std::size_t{16} << 10;
  /// Its body: 413, or RESOURCE_EXHAUSTED for a call.
  std::uint64_t body_bytes = std::uint64_t{256} << 10;
  /// Between two requests of one connection.
  std::chrono::milliseconds idle{75'000};
  /// For all of a request, from its first byte on.
  std::chrono::milliseconds request{10'000};
  /// Until a reader that takes nothing is cut off.
  std::chrono::milliseconds stalled{20'000};
  /// What the kernel may hold for a slow reader. Smaller: a display that reads
  /// slowly is sooner cut off than shown what was long ago.
  int send_buffer_bytes = 64 << 10;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_LIMITS_H
