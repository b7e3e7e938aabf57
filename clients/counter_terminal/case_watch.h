#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_WATCH_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_WATCH_H

#include "clients/counter_terminal/case_board.h"
#include "clients/counter_terminal/case_calls.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <string>
#include <thread>

namespace madoguchi::counter_terminal {

/// Looks once at what waits in `office` and at the national system. What does
/// not answer is not known.
CaseNews LookAtCases(CaseCalls& calls, std::string const& office);

/// Looks now and then, so that no clerk waits for it. Has a thread of its own.
/// Thread safe.
class CaseWatch {
 public:
  static constexpr std::chrono::milliseconds kEach{5'000};

  /// `calls` must outlive it.
  CaseWatch(CaseCalls& calls, std::string office);
  ~CaseWatch();
  CaseWatch(CaseWatch const&) = delete;
  CaseWatch& operator=(CaseWatch const&) = delete;

  /// What the last look found.
  CaseNews Get() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Run();
  /// Waits until it is time to look. Returns false when it is time to end.
  bool Wait() ABSL_LOCKS_EXCLUDED(mu_);

  CaseCalls& calls_;
  std::string const office_;
  mutable Mutex mu_;
  std::condition_variable_any changed_;
  CaseNews news_ ABSL_GUARDED_BY(mu_);
  bool ending_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_WATCH_H
