#ifndef MADOGUCHI_TESTS_BENCHMARKS_PAGE_WATCHERS_H
#define MADOGUCHI_TESTS_BENCHMARKS_PAGE_WATCHERS_H

#include "tests/benchmarks/told.h"
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::benchmark {

/// Displays in browsers: each watches the hall through a gateway, on a
/// connection of its own. One thread reads them all. Dies if a stream ends.
class PageWatchers {
 public:
  /// Waits until each stream has its snapshot.
  PageWatchers(int port, std::size_t count);
  ~PageWatchers();

  PageWatchers(PageWatchers const&) = delete;
  PageWatchers& operator=(PageWatchers const&) = delete;

  std::size_t size() const { return streams_.size(); }

  /// What they were told.
  Told& told() { return told_; }

 private:
  struct Stream {
    int socket = -1;
    bool has_head = false;
    // Of HTTP, in chunks.
    std::string received;
    // Of gRPC-Web, in frames.
    std::string body;
  };

  void ReadAll();
  void Read(Stream& stream);
  void TakeChunks(Stream& stream);
  void TakeFrames(Stream& stream);

  Told told_;
  int const epoll_;
  // Readable once the thread is to end.
  int const stop_;
  std::vector<Stream> streams_;
  std::thread reader_;
};

/// Connections that ask for the stream of the hall and never read it. They hold
/// what the kernel and the gateway keep for them until they are destroyed.
class StalledReaders {
 public:
  StalledReaders(int port, std::size_t count);
  ~StalledReaders();

  StalledReaders(StalledReaders const&) = delete;
  StalledReaders& operator=(StalledReaders const&) = delete;

  std::size_t size() const { return sockets_.size(); }

 private:
  std::vector<int> sockets_;
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_PAGE_WATCHERS_H
