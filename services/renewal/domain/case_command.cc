#include "services/renewal/domain/case_command.h"
#include "services/base/jitter.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/errors.h"
#include <chrono>
#include <memory>
#include <utility>

namespace madoguchi::renewal {
namespace {

// One command under way. Keeps itself alive through the callbacks it hands out.
class CommandUnderWay : public std::enable_shared_from_this<CommandUnderWay> {
 public:
  CommandUnderWay(CaseStore& store, Clock const& clock, Scheduler& scheduler,
                  CaseCommand command, DecideCase decide, MachineTime deadline,
                  Done<RenewalCase> done)
      : store_(store),
        clock_(clock),
        scheduler_(scheduler),
        command_(std::move(command)),
        decide_(std::move(decide)),
        deadline_(deadline),
        done_(std::move(done)) {}

  void Look() {
    store_.Look(command_.office, command_.request.id, command_.id, deadline_,
                [self = shared_from_this()](absl::StatusOr<CaseView> view) {
                  self->Looked(std::move(view));
                });
  }

 private:
  void Looked(absl::StatusOr<CaseView> view) {
    if (!view.ok()) return done_(view.status());
    if (view->settled) return Answer(*std::move(view->settled));
    auto const now = clock_.Now();
    auto decision = decide_(view->renewal, now);
    if (!decision.ok()) return done_(decision.status());
    auto const seen = view->renewal ? view->renewal->version : 0;
    if (decision->after.version == seen) {
      return done_(std::move(decision->after));
    }
    CaseSettlement settlement;
    settlement.request = command_.request;
    settlement.office = command_.office;
    settlement.seen_version = seen;
    settlement.loses_track =
        life::LosesTrackAt(decision->after, command_.patience);
    settlement.after = std::move(decision->after);
    settlement.event = {0, decision->kind, now, command_.staff,
                        command_.device};
    store_.Settle(
        settlement, deadline_,
        [self = shared_from_this()](absl::StatusOr<SettledCase> done) {
          self->Settled(std::move(done));
        });
  }

  void Settled(absl::StatusOr<SettledCase> settled) {
    if (absl::IsAborted(settled.status())) return LookAgain();
    if (!settled.ok()) return done_(settled.status());
    Answer(*std::move(settled));
  }

  void Answer(SettledCase settled) {
    if (settled.command != command_.request.command) {
      return done_(error::RequestIdReused(command_.request.id));
    }
    done_(std::move(settled.renewal));
  }

  void LookAgain() {
    auto const pause =
        Jitter(std::chrono::milliseconds(1), std::chrono::milliseconds(5));
    if (scheduler_.Now() + pause >= deadline_) {
      return done_(error::CaseContended());
    }
    scheduler_.After(pause, [self = shared_from_this()] { self->Look(); });
  }

  CaseStore& store_;
  Clock const& clock_;
  Scheduler& scheduler_;
  CaseCommand const command_;
  DecideCase decide_;
  MachineTime const deadline_;
  Done<RenewalCase> done_;
};

}  // namespace

void RunCaseCommand(CaseStore& store, Clock const& clock, Scheduler& scheduler,
                    CaseCommand command, DecideCase decide,
                    MachineTime deadline, Done<RenewalCase> done) {
  std::make_shared<CommandUnderWay>(store, clock, scheduler, std::move(command),
                                    std::move(decide), deadline,
                                    std::move(done))
      ->Look();
}

}  // namespace madoguchi::renewal
