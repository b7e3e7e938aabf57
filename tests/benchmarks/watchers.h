#ifndef MADOGUCHI_TESTS_BENCHMARKS_WATCHERS_H
#define MADOGUCHI_TESTS_BENCHMARKS_WATCHERS_H

#include "services/base/mutex.h"
#include "tests/benchmarks/told.h"
#include "absl/base/thread_annotations.h"
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// Wall displays that watch the hall. Dies if a stream ends.
class Watchers {
 public:
  /// Waits until each stream has its snapshot.
  Watchers(std::string const& address, int channels, int streams_each);
  ~Watchers();

  std::size_t size() const { return streams_.size(); }

  /// What they were told.
  Told& told() { return told_; }

 private:
  class Stream;

  void StreamEnded() ABSL_LOCKS_EXCLUDED(mu_);

  Told told_;
  std::vector<std::unique_ptr<Stream>> streams_;

  Mutex mu_;
  std::condition_variable_any changed_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::size_t ended_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_WATCHERS_H
