#include "services/renewal/domain/upstream_command.h"
#include "services/base/jitter.h"
#include "services/renewal/domain/errors.h"
#include <chrono>
#include <memory>
#include <utility>

namespace madoguchi::renewal {
namespace {

// One command under way. Keeps itself alive through the callbacks it hands out.
class UpstreamUnderWay : public std::enable_shared_from_this<UpstreamUnderWay> {
 public:
  UpstreamUnderWay(UpstreamStore& store, Scheduler& scheduler, Request request,
                   DecideUpstream decide, MachineTime deadline,
                   Done<UpstreamRecord> done)
      : store_(store),
        scheduler_(scheduler),
        request_(std::move(request)),
        decide_(std::move(decide)),
        deadline_(deadline),
        done_(std::move(done)) {}

  void Look() {
    store_.Look(request_.id, deadline_,
                [self = shared_from_this()](absl::StatusOr<UpstreamLook> look) {
                  self->Looked(std::move(look));
                });
  }

 private:
  void Looked(absl::StatusOr<UpstreamLook> look) {
    if (!look.ok()) return done_(look.status());
    if (look->settled) return Answer(*std::move(look->settled));
    auto decision = decide_(look->record);
    if (!decision) return done_(std::move(look->record));
    UpstreamSettlement settlement;
    settlement.request = request_;
    settlement.seen_version = look->record.version;
    settlement.after = std::move(decision->after);
    settlement.after.version = look->record.version + 1;
    settlement.took = decision->took;
    store_.Settle(
        settlement, deadline_,
        [self = shared_from_this()](absl::StatusOr<SettledUpstream> settled) {
          self->Settled(std::move(settled));
        });
  }

  void Settled(absl::StatusOr<SettledUpstream> settled) {
    if (absl::IsAborted(settled.status())) return LookAgain();
    if (!settled.ok()) return done_(settled.status());
    Answer(*std::move(settled));
  }

  void Answer(SettledUpstream settled) {
    if (settled.command != request_.command) {
      return done_(error::RequestIdReused(request_.id));
    }
    done_(std::move(settled.record));
  }

  void LookAgain() {
    auto const pause =
        Jitter(std::chrono::milliseconds(1), std::chrono::milliseconds(5));
    if (scheduler_.Now() + pause >= deadline_) {
      return done_(error::CaseContended());
    }
    scheduler_.After(pause, [self = shared_from_this()] { self->Look(); });
  }

  UpstreamStore& store_;
  Scheduler& scheduler_;
  Request const request_;
  DecideUpstream decide_;
  MachineTime const deadline_;
  Done<UpstreamRecord> done_;
};

}  // namespace

void RunUpstreamCommand(UpstreamStore& store, Scheduler& scheduler,
                        Request request, DecideUpstream decide,
                        MachineTime deadline, Done<UpstreamRecord> done) {
  std::make_shared<UpstreamUnderWay>(store, scheduler, std::move(request),
                                     std::move(decide), deadline,
                                     std::move(done))
      ->Look();
}

}  // namespace madoguchi::renewal
