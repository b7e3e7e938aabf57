#include "services/renewal/domain/upstream_command.h"
#include "services/renewal/domain/command_loop.h"
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::renewal {
namespace {

// What a city knows of its upstream.
struct UpstreamSubject {
  using View = UpstreamLook;
  using Settlement = UpstreamSettlement;
  using Settled = SettledUpstream;
  using Answer = UpstreamRecord;

  void Look(MachineTime deadline, Done<View> done) const {
    store.Look(request.id, deadline, std::move(done));
  }

  std::variant<Settlement, absl::StatusOr<Answer>> Decide(View view) {
    auto decision = decide(view.record);
    if (!decision) return absl::StatusOr<Answer>(std::move(view.record));
    UpstreamSettlement settlement;
    settlement.request = request;
    settlement.seen_version = view.record.version;
    settlement.after = std::move(decision->after);
    settlement.after.version = view.record.version + 1;
    settlement.took = decision->took;
    return settlement;
  }

  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) const {
    store.Settle(settlement, deadline, std::move(done));
  }

  static Answer AnswerOf(Settled settled) { return std::move(settled.record); }

  UpstreamStore& store;
  Scheduler& scheduler;
  Request request;
  DecideUpstream decide;
};

}  // namespace

void RunUpstreamCommand(UpstreamStore& store, Scheduler& scheduler,
                        Request request, DecideUpstream decide,
                        MachineTime deadline, Done<UpstreamRecord> done) {
  std::make_shared<CommandLoop<UpstreamSubject>>(
      UpstreamSubject{store, scheduler, std::move(request), std::move(decide)},
      deadline, std::move(done))
      ->Run();
}

}  // namespace madoguchi::renewal
