#ifndef MADOGUCHI_TESTS_BENCHMARKS_CLERK_CROWD_H
#define MADOGUCHI_TESTS_BENCHMARKS_CLERK_CROWD_H

#include "services/base/mutex.h"
#include "tests/benchmarks/hall.h"
#include "absl/base/thread_annotations.h"
#include <condition_variable>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::benchmark {

/// What a clerk does at a counter.
enum class Step { kOpen, kCall, kStart, kComplete };

/// Many clerks at once, each on a connection of their own and with a share of
/// the counters to themselves: a clerk presses at one counter, waits for the
/// answer, and goes on to the next. Used by one thread.
class ClerkCrowd {
 public:
  ClerkCrowd(std::string const& address, int clerks, Serves serves,
             int counters);
  ~ClerkCrowd();

  /// At each counter, all of `steps`. Returns how long that took, in seconds.
  /// Dies if a step fails or nobody waits.
  double AtEachCounter(std::vector<Step> const& steps);

 private:
  class Member;

  void MemberIsDone();

  std::vector<std::unique_ptr<Member>> clerks_;

  Mutex mu_;
  std::condition_variable_any done_;
  std::size_t busy_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_CLERK_CROWD_H
