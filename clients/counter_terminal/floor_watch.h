#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FLOOR_WATCH_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FLOOR_WATCH_H

#include "clients/counter_terminal/counter_calls.h"
#include "clients/counter_terminal/floor.h"
#include "services/base/mutex.h"
#include <chrono>
#include <condition_variable>
#include <string>
#include <thread>

namespace madoguchi::counter_terminal {

/// Keeps the lists of a board fresh: looks when the hall's stream says that
/// something happened, and now and then anyway, for the streams of displays do
/// not tell all that staff may know. Has a thread of its own.
class FloorWatch {
 public:
  /// What happens within this time is seen with one look.
  static constexpr std::chrono::milliseconds kAtMostEach{1'000};
  static constexpr std::chrono::milliseconds kAtLeastEach{5'000};

  /// `calls` and `board` must outlive it.
  FloorWatch(CounterCalls& calls, std::string office, FloorBoard& board);
  ~FloorWatch();
  FloorWatch(FloorWatch const&) = delete;
  FloorWatch& operator=(FloorWatch const&) = delete;

  /// Says that something happened. Thread safe.
  void Wake() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Run();
  /// Waits until it is time to look. Returns false when it is time to end.
  bool Wait() ABSL_LOCKS_EXCLUDED(mu_);

  CounterCalls& calls_;
  std::string const office_;
  FloorBoard& board_;
  Mutex mu_;
  std::condition_variable_any changed_;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  bool ending_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FLOOR_WATCH_H
