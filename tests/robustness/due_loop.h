#ifndef MADOGUCHI_TESTS_ROBUSTNESS_DUE_LOOP_H
#define MADOGUCHI_TESTS_ROBUSTNESS_DUE_LOOP_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/desk_context.h"
#include "absl/base/thread_annotations.h"
#include <condition_variable>
#include <thread>

namespace madoguchi::robustness {

/// Does what each office has to do by itself, again and again, as a server
/// does: for desks in this process.
class DueLoop {
 public:
  /// What `context` refers to must outlive the loop.
  explicit DueLoop(ticketing::DeskContext const& context);
  ~DueLoop();
  DueLoop(DueLoop const&) = delete;
  DueLoop& operator=(DueLoop const&) = delete;

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mu_);

  ticketing::DeskContext const context_;
  Mutex mu_;
  std::condition_variable_any stop_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_DUE_LOOP_H
