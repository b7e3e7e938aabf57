#ifndef MADOGUCHI_CLIENTS_REPLAY_LEDGER_H
#define MADOGUCHI_CLIENTS_REPLAY_LEDGER_H

#include "clients/replay/api_time.h"
#include "clients/replay/visit_plan.h"
#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include "absl/base/thread_annotations.h"
#include <condition_variable>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// How far one visit of the day has come.
struct Visit {
  enum class State {
    /// Has no number yet.
    kComing,
    /// Was given no number. Final.
    kRefused,
    /// Learned at the kiosk that today there is nothing to wait for. Final.
    kToldAtKiosk,
    kWaiting,
    kCalled,
    kServing,
    /// Away from the counter for a while, with the place kept.
    kHeld,
    /// Final, like all below.
    kCompleted,
    kAbsent,
    kCancelled,
  };

  ServiceId service;
  State state = State::kComing;
  /// Left without giving the number back: nobody will come to a call.
  bool gone = false;
  /// The ticket's name and the times that the server wrote into it.
  std::string ticket;
  std::optional<Timestamp> arrival;
  /// Of the first call.
  std::optional<Timestamp> call;
  /// Of the last.
  std::optional<Timestamp> serving_start;
  std::optional<Timestamp> end;

  /// The replay's own times: when the button for the number was pressed and
  /// when the number was in hand.
  std::optional<MachineTime> asked;
  std::optional<MachineTime> answered;
  /// Until when the visitor was waiting for certain, and when a call of theirs
  /// was over for certain.
  MachineTime waits_until = MachineTime::max();
  std::optional<MachineTime> called_by;
  /// The last part of the name of the counter that called.
  std::string counter;
};

/// What happened to each visitor, as the servers answered. Thread safe.
class Ledger {
 public:
  struct Tally {
    int coming = 0;
    int refused = 0;
    int told_at_kiosk = 0;
    int issued = 0;
    int waiting = 0;
    int called = 0;
    int serving = 0;
    int held = 0;
    int completed = 0;
    int absent = 0;
    int cancelled = 0;
  };

  /// `plans` must outlive the ledger.
  explicit Ledger(std::vector<VisitPlan> const& plans);

  /// The visitor asks for a number. `Issued` or `Refused` must follow.
  void Asks(std::size_t visitor) ABSL_LOCKS_EXCLUDED(mu_);
  void Issued(std::size_t visitor, ticketing::v1::Ticket const& ticket)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Refused(std::size_t visitor) ABSL_LOCKS_EXCLUDED(mu_);
  /// The visitor goes home without having asked for a number.
  void ToldAtKiosk(std::size_t visitor) ABSL_LOCKS_EXCLUDED(mu_);

  /// The visitor is out of patience. Returns whether they leave: who was called
  /// stays.
  bool GivesUp(std::size_t visitor) ABSL_LOCKS_EXCLUDED(mu_);
  void Cancelled(std::size_t visitor, ticketing::v1::Ticket const& ticket)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Whose ticket was called, and whether they come.
  struct CalledVisitor {
    std::size_t visitor = 0;
    bool comes = false;
  };
  /// Notes a call that was pressed for at `pressed`. Absent for a ticket that
  /// the replay did not issue. Waits for the answers of numbers being issued:
  /// the call may be faster than they.
  std::optional<CalledVisitor> Called(ticketing::v1::Ticket const& ticket,
                                      CounterId const& counter,
                                      MachineTime pressed)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Serving(std::size_t visitor, ticketing::v1::Ticket const& ticket)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Completed(std::size_t visitor, Timestamp end) ABSL_LOCKS_EXCLUDED(mu_);
  /// The visitor is back at a counter without having been called.
  void Resumed(std::size_t visitor) ABSL_LOCKS_EXCLUDED(mu_);
  /// The ticket is on hold: the visitor waits beside the counters.
  void Held(std::size_t visitor) ABSL_LOCKS_EXCLUDED(mu_);
  void Absent(std::size_t visitor, ticketing::v1::Ticket const& ticket)
      ABSL_LOCKS_EXCLUDED(mu_);

  Tally Count() const ABSL_LOCKS_EXCLUDED(mu_);
  /// Blocks until every visit is final, at most until `deadline`.
  bool AwaitAllFinal(std::chrono::system_clock::time_point deadline)
      ABSL_LOCKS_EXCLUDED(mu_);
  /// In the order of the plans.
  std::vector<Visit> Visits() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void MoveTo(Visit& visit, Visit::State state)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  std::vector<VisitPlan> const& plans_;

  mutable Mutex mu_;
  std::condition_variable_any changed_;
  std::vector<Visit> visits_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, std::size_t> by_ticket_ ABSL_GUARDED_BY(mu_);
  int asking_ ABSL_GUARDED_BY(mu_) = 0;
  std::size_t not_final_ ABSL_GUARDED_BY(mu_);
};

/// Counts how many visits are in each state.
Ledger::Tally CountVisits(std::vector<Visit> const& visits);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_LEDGER_H
