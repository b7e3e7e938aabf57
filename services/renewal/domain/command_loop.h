#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_COMMAND_LOOP_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_COMMAND_LOOP_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/jitter.h"
#include "services/base/scheduler.h"
#include "services/renewal/domain/errors.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::renewal {

/// One command under way: looks, decides, settles; and looks again, after a few
/// milliseconds, when a rival was faster, until the deadline.
///
/// `Subject` says on what. It has the types
/// * `View`, with the optional member `settled`: what a look sees;
/// * `Settlement`, and `Settled` with the member `command`: what is settled,
/// and
///   what the store answers;
/// * `Answer`: what the command answers;
///
/// and the members `request`, `scheduler`, and
/// * `Look(deadline, done)` and `Settle(settlement, deadline, done)`, which ask
///   the store;
/// * `Decide(view)`: the settlement, or what to answer without one;
/// * `AnswerOf(settled)`.
///
/// Made with `std::make_shared`, then `Run`; keeps itself alive through the
/// callbacks it hands out. Fails as the store does, as the decision does, with
/// `REQUEST_ID_REUSED`, and with `CASE_CONTENDED` at the deadline.
template <typename Subject>
class CommandLoop : public std::enable_shared_from_this<CommandLoop<Subject>> {
 public:
  using View = typename Subject::View;
  using Settlement = typename Subject::Settlement;
  using Settled = typename Subject::Settled;
  using Answer = typename Subject::Answer;

  CommandLoop(Subject subject, MachineTime deadline, Done<Answer> done)
      : subject_(std::move(subject)),
        deadline_(deadline),
        done_(std::move(done)) {}

  void Run() {
    subject_.Look(deadline_,
                  [self = this->shared_from_this()](absl::StatusOr<View> view) {
                    self->Looked(std::move(view));
                  });
  }

 private:
  void Looked(absl::StatusOr<View> view) {
    if (!view.ok()) return done_(view.status());
    if (view->settled) return GiveAnswer(*std::move(view->settled));
    auto decided = subject_.Decide(*std::move(view));
    if (auto* const answer = std::get_if<absl::StatusOr<Answer>>(&decided)) {
      return done_(std::move(*answer));
    }
    subject_.Settle(
        std::get<Settlement>(decided), deadline_,
        [self = this->shared_from_this()](absl::StatusOr<Settled> settled) {
          self->HasSettled(std::move(settled));
        });
  }

  void HasSettled(absl::StatusOr<Settled> settled) {
    if (absl::IsAborted(settled.status())) return RunAgain();
    if (!settled.ok()) return done_(settled.status());
    GiveAnswer(*std::move(settled));
  }

  void GiveAnswer(Settled settled) {
    if (settled.command != subject_.request.command) {
      return done_(error::RequestIdReused(subject_.request.id));
    }
    done_(Subject::AnswerOf(std::move(settled)));
  }

  void RunAgain() {
    auto const pause =
        Jitter(std::chrono::milliseconds(1), std::chrono::milliseconds(5));
    if (subject_.scheduler.Now() + pause >= deadline_) {
      return done_(error::CaseContended());
    }
    subject_.scheduler.After(
        pause, [self = this->shared_from_this()] { self->Run(); });
  }

  Subject subject_;
  MachineTime const deadline_;
  Done<Answer> done_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_COMMAND_LOOP_H
