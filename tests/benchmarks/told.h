#ifndef MADOGUCHI_TESTS_BENCHMARKS_TOLD_H
#define MADOGUCHI_TESTS_BENCHMARKS_TOLD_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <optional>

namespace madoguchi::benchmark {

/// How many of so many streams have their snapshot, and when the last of them
/// was told of a call. Thread safe.
class Told {
 public:
  explicit Told(std::size_t streams) : streams_(streams) {}

  void SnapshotCame() ABSL_LOCKS_EXCLUDED(mu_);
  void CallCame() ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until each stream has its snapshot.
  void AwaitSnapshots() ABSL_LOCKS_EXCLUDED(mu_);

  /// Forgets the calls told so far: the next one is waited for.
  void Expect() ABSL_LOCKS_EXCLUDED(mu_);

  /// When the last stream was told of a call since `Expect`; nothing if that
  /// takes longer than `limit`.
  std::optional<MachineTime> LastTold(std::chrono::milliseconds limit)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  std::size_t const streams_;
  Mutex mu_;
  std::condition_variable_any changed_;
  std::size_t snapshots_ ABSL_GUARDED_BY(mu_) = 0;
  std::size_t told_ ABSL_GUARDED_BY(mu_) = 0;
  MachineTime last_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_TOLD_H
