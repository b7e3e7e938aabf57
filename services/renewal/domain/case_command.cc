#include "services/renewal/domain/case_command.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/command_loop.h"
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::renewal {
namespace {

// One case.
struct CaseSubject {
  using View = CaseView;
  using Settlement = CaseSettlement;
  using Settled = SettledCase;
  using Answer = RenewalCase;

  CaseSubject(CaseStore& at, Clock const& office_clock, Scheduler& timer,
              CaseCommand of, DecideCase by)
      : store(at),
        clock(office_clock),
        scheduler(timer),
        command(std::move(of)),
        request(command.request),
        decide(std::move(by)) {}

  void Look(MachineTime deadline, Done<View> done) const {
    store.Look(command.office, request.id, command.id, deadline,
               std::move(done));
  }

  std::variant<Settlement, absl::StatusOr<Answer>> Decide(View const& view) {
    auto const now = clock.Now();
    auto decision = decide(view.renewal, now);
    if (!decision.ok()) return absl::StatusOr<Answer>(decision.status());
    auto const seen = view.renewal ? view.renewal->version : 0;
    if (decision->after.version == seen) {
      return absl::StatusOr<Answer>(std::move(decision->after));
    }
    CaseSettlement settlement;
    settlement.request = request;
    settlement.office = command.office;
    settlement.seen_version = seen;
    settlement.loses_track =
        life::LosesTrackAt(decision->after, command.patience);
    settlement.after = std::move(decision->after);
    settlement.event = {0, decision->kind, now, command.staff, command.device};
    return settlement;
  }

  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) const {
    store.Settle(settlement, deadline, std::move(done));
  }

  static Answer AnswerOf(Settled settled) { return std::move(settled.renewal); }

  CaseStore& store;
  Clock const& clock;
  Scheduler& scheduler;
  CaseCommand command;
  Request request;
  DecideCase decide;
};

}  // namespace

void RunCaseCommand(CaseStore& store, Clock const& clock, Scheduler& scheduler,
                    CaseCommand command, DecideCase decide,
                    MachineTime deadline, Done<RenewalCase> done) {
  std::make_shared<CommandLoop<CaseSubject>>(
      CaseSubject(store, clock, scheduler, std::move(command),
                  std::move(decide)),
      deadline, std::move(done))
      ->Run();
}

}  // namespace madoguchi::renewal
