#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_DESK_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_DESK_H

#include "clients/ticket_machine/issue_run.h"
#include "clients/ticket_machine/journal.h"
#include "clients/ticket_machine/press_view.h"
#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::ticket_machine {

/// How things stand at the desk.
struct DeskView {
  bool out_of_order = false;
  /// What stands in the way of the next press: kNothingOpen if nothing does.
  RunOutcome::Kind obstacle = RunOutcome::Kind::kNothingOpen;
  /// The press under way or not finished; else the last one.
  std::optional<PressView> press;
  /// Whether `press` is still open.
  bool press_is_open = false;
  /// What a reprint would print; empty if there is nothing.
  std::string last_number;
  /// For staff; may be empty.
  std::string notice;
};

/// Takes presses from the page and steps from staff, to be done one after the
/// other by a run on a thread of its own, which also finishes what is open
/// whenever it has a moment.
///
/// A press is known by its request id: whoever asks again is answered what
/// became of it. Thread safe; but for `Stop` no method blocks.
class PressDesk {
 public:
  using StaffDone = absl::AnyInvocable<void(absl::Status)>;

  /// How long it rests before it tries again to finish what is open: nobody has
  /// to come and wake the machine when it works again.
  static constexpr std::chrono::milliseconds kLookAgainAfter{3'000};
  /// How many presses it can answer for, besides those in the journal.
  static constexpr std::size_t kPressesKnown = 1'000;

  /// `run` and `journal` must outlive it, and are used by nobody else from now
  /// on. `notice`: what happened before, for staff. `on_change` is called, on
  /// any thread, when `View` has changed; it must not block.
  PressDesk(IssueRun& run, Journal const& journal, std::string notice,
            std::function<void()> on_change);
  ~PressDesk() { Stop(); }
  PressDesk(PressDesk const&) = delete;
  PressDesk& operator=(PressDesk const&) = delete;

  /// Begins to work. To be called once.
  void Begin();
  /// Waits for the step under way; what else was asked for, and is later, is
  /// answered with `MACHINE_STOPPING`. Blocks.
  void Stop() ABSL_LOCKS_EXCLUDED(mu_);

  DeskView View() ABSL_LOCKS_EXCLUDED(mu_);

  /// Issues a number for `order`, which has a request id, or answers what
  /// became of the press with that id.
  void Issue(Order order, Done<PressView> done) ABSL_LOCKS_EXCLUDED(mu_);

  /// As `IssueRun` has them; the answer says what staff still have to do.
  void Reprint(StaffDone done) ABSL_LOCKS_EXCLUDED(mu_);
  void ChangePaper(StaffDone done) ABSL_LOCKS_EXCLUDED(mu_);
  /// Settles the press with that request id, if it is the open one and has a
  /// number; else answers `NOTHING_TO_SETTLE`.
  void SettlePrinting(std::string request_id, bool visitor_has_it,
                      StaffDone done) ABSL_LOCKS_EXCLUDED(mu_);

  void SetOutOfOrder(bool out_of_order) ABSL_LOCKS_EXCLUDED(mu_);
  /// Staff have read it.
  void ClearNotice() ABSL_LOCKS_EXCLUDED(mu_);

  /// Whether staff wait for their step, so that a number is not asked for any
  /// longer for nobody. For `IssueDesk::stopped`; the run may ask it.
  bool staff_wait() const { return staff_wait_; }

 private:
  using StaffStep = absl::AnyInvocable<absl::Status()>;
  struct QueuedStaffStep {
    StaffStep step;
    StaffDone done;
  };
  /// A press that somebody waits for.
  struct Asked {
    Order order;
    std::vector<Done<PressView>> answers;
  };
  /// A press that is over or rests.
  struct Known {
    PressView view;
    absl::Status refusal;
  };

  /// What `order` is answered at once; nothing if it is to be worked on.
  std::optional<absl::StatusOr<PressView>> AnswerAtOnce(
      Order const& order) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Work() ABSL_LOCKS_EXCLUDED(mu_);
  /// Answers those who still wait when it ends.
  void TurnAway() ABSL_LOCKS_EXCLUDED(mu_);
  /// Waits until there is something to do. False if it is to end.
  bool WaitForWork() ABSL_LOCKS_EXCLUDED(mu_);
  void ServeAsked(Order const& order) ABSL_LOCKS_EXCLUDED(mu_);
  /// Notes how a step ended.
  void Note(RunOutcome const& outcome) ABSL_LOCKS_EXCLUDED(mu_);
  void Remember(Known known) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  Known const* Find(std::string const& request_id) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  /// The open press, as far as it is known.
  Known const* Open() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void QueueStaffStep(StaffStep step, StaffDone done) ABSL_LOCKS_EXCLUDED(mu_);

  IssueRun& run_;
  Journal const& journal_;
  std::function<void()> const on_change_;
  std::atomic<bool> staff_wait_ = false;

  Mutex mu_;
  std::condition_variable_any work_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  bool out_of_order_ ABSL_GUARDED_BY(mu_) = false;
  std::string notice_ ABSL_GUARDED_BY(mu_);
  /// Until the journal was looked at, an earlier press may be open.
  RunOutcome::Kind obstacle_ ABSL_GUARDED_BY(mu_) =
      RunOutcome::Kind::kEarlierPressOpen;
  absl::Status obstacle_cause_ ABSL_GUARDED_BY(mu_);
  MachineTime look_again_ ABSL_GUARDED_BY(mu_) = MachineTime::min();
  std::string last_number_ ABSL_GUARDED_BY(mu_);
  std::optional<Asked> asked_ ABSL_GUARDED_BY(mu_);
  std::deque<QueuedStaffStep> staff_steps_ ABSL_GUARDED_BY(mu_);
  /// The last one last.
  std::deque<Known> known_ ABSL_GUARDED_BY(mu_);

  std::thread thread_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PRESS_DESK_H
