#ifndef MADOGUCHI_TESTS_ROBUSTNESS_LOAD_H
#define MADOGUCHI_TESTS_ROBUSTNESS_LOAD_H

#include "services/base/mutex.h"
#include "services/office/office.h"
#include "tests/robustness/history.h"
#include "tests/robustness/sender.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::robustness {

/// How busy the hall is.
struct LoadOptions {
  std::uint64_t seed = 1;
  /// How many of the office's counters work.
  int counters = 64;
  int ticket_machines = 8;
  /// How many numbers are issued in all.
  int tickets = 1000;
  /// How many wait, as far as there are numbers left to issue.
  int waiting = 300;
  /// In percent of presses: sent twice at once, to both replicas.
  int twice = 15;
  /// In percent of presses: repeated after the answer came.
  int again = 5;
  /// In percent of presses: sent with little patience. Half of those whose
  /// outcome stays unknown are never repeated.
  int hasty = 10;
  /// The people leave after this long, wherever they are.
  std::chrono::milliseconds limit{60'000};
};

/// How presses leave. All may be the same.
struct Senders {
  /// Of one replica after the other, and the other way round.
  Sender& one;
  Sender& other;
  /// Gives up soon.
  Sender& hasty;
};

/// Everybody in the hall: ticket machines that issue and take back numbers, and
/// counters that call, recall, serve, mark absent and let return, each on a
/// thread of its own, each choosing by the seed. All they do is recorded.
///
/// The same seed gives each of them the same choices; how their threads
/// interleave is up to the machine.
class Load {
 public:
  /// All arguments must outlive the load.
  Load(Office const& office, LoadOptions options, Senders senders,
       History& history);
  /// Sends everybody home.
  ~Load();
  Load(Load const&) = delete;
  Load& operator=(Load const&) = delete;

  /// Issues the first `waiting` numbers. False if that took longer than the
  /// limit.
  bool Prepare();

  /// Lets everybody begin.
  void Start();

  /// Waits until everybody has been served. False if that took longer than the
  /// limit.
  bool Finish();

 private:
  class Person;
  class TicketMachine;
  class Clerk;

  bool Left() const ABSL_LOCKS_EXCLUDED(mu_);
  // Whether there is another number to issue, once there is room for it.
  bool TakeTurnToIssue(bool wait) ABSL_LOCKS_EXCLUDED(mu_);
  void MachineLeaves() ABSL_LOCKS_EXCLUDED(mu_);
  // One of those issued waits no longer, or never did: there is room.
  void Gone() ABSL_LOCKS_EXCLUDED(mu_);
  // Someone is away; the clerk who lets them return says so afterwards.
  void GoesAway(std::string const& ticket) ABSL_LOCKS_EXCLUDED(mu_);
  std::string TakeAbsent() ABSL_LOCKS_EXCLUDED(mu_);
  void IsBack() ABSL_LOCKS_EXCLUDED(mu_);
  // After "nobody waits": waits for news; false if nobody will come any more.
  bool MoreToCome() ABSL_LOCKS_EXCLUDED(mu_);

  Office const& office_;
  LoadOptions const options_;
  Senders const senders_;
  History& history_;
  std::chrono::steady_clock::time_point leave_at_;

  mutable Mutex mu_;
  std::condition_variable_any news_;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  int machines_ ABSL_GUARDED_BY(mu_) = 0;
  int issued_ ABSL_GUARDED_BY(mu_) = 0;
  int gone_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<std::string> absent_ ABSL_GUARDED_BY(mu_);
  // Those in `absent_` and those on their way back.
  int away_ ABSL_GUARDED_BY(mu_) = 0;

  std::vector<std::thread> people_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_LOAD_H
