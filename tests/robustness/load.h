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
#include <optional>
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
  /// Another office of the city, where some are sent; none if null. Must
  /// outlive the load.
  Office const* other = nullptr;
  /// Nobody goes home, and machines issue up to `tickets`, until `CloseDoor`.
  bool open_end = false;
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
/// counters that do whatever a counter can, each on a thread of its own, each
/// choosing by the seed. All they do is recorded.
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

  /// No more numbers, with `open_end`: who is there is served.
  void CloseDoor() ABSL_LOCKS_EXCLUDED(mu_);

  /// Nobody waits any more: the day has ended and with it their numbers.
  void StartOver() ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until everybody has been served. False if that took longer than the
  /// limit.
  bool Finish();

 private:
  class Person;
  class TicketMachine;
  class Clerk;

  // Somebody who will go on by itself, or whom a clerk is to see to before.
  struct Pending {
    std::string ticket;
    // By a version beyond this one it has gone on.
    std::int64_t version = 0;
    bool by_hand = false;
    std::chrono::steady_clock::time_point since = {};
    std::chrono::steady_clock::time_point looked_at = {};
  };

  bool Left() const ABSL_LOCKS_EXCLUDED(mu_);
  // Whether there is another number to issue, once there is room for it.
  bool TakeTurnToIssue(bool wait) ABSL_LOCKS_EXCLUDED(mu_);
  void MachineLeaves() ABSL_LOCKS_EXCLUDED(mu_);
  void ClerkLeaves(bool serves_all) ABSL_LOCKS_EXCLUDED(mu_);
  // Has a number. Known to all, so that anybody may do something with it.
  void Waits(std::string const& ticket) ABSL_LOCKS_EXCLUDED(mu_);
  // One of those issued waits no longer, or never did: there is room.
  void Gone() ABSL_LOCKS_EXCLUDED(mu_);
  // One of those who were gone waits again.
  void WaitsAgain() ABSL_LOCKS_EXCLUDED(mu_);
  // Who waits, or for what, has changed.
  void TellNews() ABSL_LOCKS_EXCLUDED(mu_);
  // Someone is away; the clerk who lets them return says so afterwards.
  void GoesAway(std::string const& ticket) ABSL_LOCKS_EXCLUDED(mu_);
  std::string TakeAbsent() ABSL_LOCKS_EXCLUDED(mu_);
  // The same for those who go on by themselves; `waited` if they were not gone.
  void GoesOn(Pending pending, bool waited = false) ABSL_LOCKS_EXCLUDED(mu_);
  // One that was not looked at just now.
  std::optional<Pending> TakePending() ABSL_LOCKS_EXCLUDED(mu_);
  void PutBack(Pending pending) ABSL_LOCKS_EXCLUDED(mu_);
  void IsBack() ABSL_LOCKS_EXCLUDED(mu_);
  // Some ticket that was issued lately, and some counter that works.
  std::string SomeTicket(int choice) const ABSL_LOCKS_EXCLUDED(mu_);
  std::string SomeCounter(int choice) const;
  // Does nothing for a while.
  void Linger(std::chrono::milliseconds duration) ABSL_LOCKS_EXCLUDED(mu_);
  // Whether people still come.
  bool IsBusyTime() const ABSL_LOCKS_EXCLUDED(mu_);
  // Before a call; for `MoreToCome`.
  std::int64_t Changes() const ABSL_LOCKS_EXCLUDED(mu_);
  // After "nobody waits": waits for news; false if nobody will come any more.
  bool MoreToCome(bool serves_all, std::int64_t seen) ABSL_LOCKS_EXCLUDED(mu_);

  Office const& office_;
  LoadOptions const options_;
  Senders const senders_;
  History& history_;
  std::chrono::steady_clock::time_point leave_at_;

  mutable Mutex mu_;
  std::condition_variable_any news_;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  bool door_open_ ABSL_GUARDED_BY(mu_) = false;
  int machines_ ABSL_GUARDED_BY(mu_) = 0;
  int issued_ ABSL_GUARDED_BY(mu_) = 0;
  int gone_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<std::string> absent_ ABSL_GUARDED_BY(mu_);
  std::deque<Pending> pending_ ABSL_GUARDED_BY(mu_);
  // Those in `absent_` and `pending_`, and those on their way back.
  int away_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<std::string> known_ ABSL_GUARDED_BY(mu_);
  // Grows with everything that may let somebody wait again.
  std::int64_t changes_ ABSL_GUARDED_BY(mu_) = 0;
  // Clerks: those who leave when they have nothing to do, and of the others,
  // who leave last, those who may still do something.
  int passers_ ABSL_GUARDED_BY(mu_) = 0;
  int busy_stayers_ ABSL_GUARDED_BY(mu_) = 0;

  std::vector<std::thread> people_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_LOAD_H
