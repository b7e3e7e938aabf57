#ifndef MADOGUCHI_TESTS_SUPPORT_CHILD_PROCESS_H
#define MADOGUCHI_TESTS_SUPPORT_CHILD_PROCESS_H

#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <sys/types.h>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::testing {

/// What to run.
struct ChildOptions {
  /// The program, looked for in PATH, and its arguments.
  std::vector<std::string> command;
  /// `NAME=value`, besides what this process has.
  std::vector<std::string> environment;
  /// Where what it prints goes, behind what is there.
  std::string output_path;
};

/// A program that runs as a child of the test and never outlives it.
///
/// Starts and ends on one thread, which must live as long as the child: the
/// kernel ends the child with the thread that started it. The rest is thread
/// safe.
class ChildProcess {
 public:
  /// Returns kUnavailable if the program cannot be started.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(
      ChildOptions const& options);

  /// Kills it, if it still runs.
  ~ChildProcess();
  ChildProcess(ChildProcess const&) = delete;
  ChildProcess& operator=(ChildProcess const&) = delete;

  pid_t pid() const { return pid_; }

  /// Waits for a line of its output that contains `text`, from the start of the
  /// process on, and returns it. kUnavailable if the output ends without,
  /// kDeadlineExceeded after `limit`.
  absl::StatusOr<std::string> WaitForLine(std::string const& text,
                                          std::chrono::milliseconds limit)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Stops it where it is; its connections stay, its answers do not come. Until
  /// `Thaw`.
  void Freeze() const;
  void Thaw() const;

  /// Ends it at once (kill -9), and waits until it is gone.
  void Kill();

  /// Asks it to end in order and waits for that; kills it after `limit`.
  /// Returns whether it ended by itself and with 0.
  bool Stop(std::chrono::milliseconds limit);

 private:
  ChildProcess(pid_t pid, int output, std::string output_path);

  void ReadOutput(int output) ABSL_LOCKS_EXCLUDED(mu_);
  void Reap();

  pid_t const pid_;
  std::string const output_path_;
  bool ended_ = false;
  int exit_status_ = 0;

  Mutex mu_;
  std::condition_variable_any grown_;
  // What it printed while nobody had found the line they waited for.
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mu_);
  bool output_ended_ ABSL_GUARDED_BY(mu_) = false;
  std::thread reader_;
};

/// A TCP port of the loopback interface that nobody listens on now.
absl::StatusOr<int> FreePort();

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_CHILD_PROCESS_H
