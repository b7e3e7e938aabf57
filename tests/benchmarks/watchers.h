#ifndef MADOGUCHI_TESTS_BENCHMARKS_WATCHERS_H
#define MADOGUCHI_TESTS_BENCHMARKS_WATCHERS_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <optional>
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

  /// Forgets the calls told so far: the next one is waited for.
  void Expect() ABSL_LOCKS_EXCLUDED(mu_);

  /// When the last stream was told of a call since `Expect`; nothing if that
  /// takes longer than `limit`.
  std::optional<MachineTime> LastTold(std::chrono::milliseconds limit)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  class Stream;

  void SnapshotCame() ABSL_LOCKS_EXCLUDED(mu_);
  void CallCame() ABSL_LOCKS_EXCLUDED(mu_);
  void StreamEnded() ABSL_LOCKS_EXCLUDED(mu_);

  std::vector<std::unique_ptr<Stream>> streams_;

  Mutex mu_;
  std::condition_variable_any changed_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::size_t snapshots_ ABSL_GUARDED_BY(mu_) = 0;
  std::size_t told_ ABSL_GUARDED_BY(mu_) = 0;
  std::size_t ended_ ABSL_GUARDED_BY(mu_) = 0;
  MachineTime last_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_WATCHERS_H
