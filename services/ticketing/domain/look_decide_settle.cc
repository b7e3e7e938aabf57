#include "services/ticketing/domain/look_decide_settle.h"
#include "services/base/jitter.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/settlement.h"
#include <chrono>
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::ticketing {
namespace {

// One command under way. Keeps itself alive through the callbacks it hands out.
class Command : public std::enable_shared_from_this<Command> {
 public:
  Command(DeskContext const& context, Office const& office, Request request,
          LookQuery query, Decide decide, MachineTime deadline,
          Done<Outcome> done)
      : context_(context),
        office_(office),
        request_(std::move(request)),
        query_(std::move(query)),
        decide_(std::move(decide)),
        deadline_(deadline),
        done_(std::move(done)) {
    query_.requests = {request_.id};
  }

  void Look() {
    now_ = context_.clock.Now();
    query_.hall = context_.HallAt(office_, now_);
    context_.store.Look(query_, deadline_,
                        [self = shared_from_this()](absl::StatusOr<View> view) {
                          self->Looked(std::move(view));
                        });
  }

 private:
  void Looked(absl::StatusOr<View> const& view) {
    if (!view.ok()) return Fail(view.status());
    auto repeat = OutcomeOfRepeat(request_, view->requests.front());
    if (!repeat.ok()) return done_(repeat.status());
    if (*repeat) return done_(**std::move(repeat));
    auto settlement = decide_(*view, query_.hall, now_);
    if (!settlement.ok()) return done_(settlement.status());
    if (settlement->issue) {
      auto refusal = context_.gate.Check();
      if (!refusal.ok()) return done_(std::move(refusal));
    }
    FillIn(office_, *settlement);
    context_.store.Settle(
        *settlement, deadline_,
        [self = shared_from_this()](absl::StatusOr<Settled> const& settled) {
          self->Settle(settled);
        });
  }

  void Settle(absl::StatusOr<Settled> const& settled) {
    if (!settled.ok()) return Fail(settled.status());
    auto outcome = OutcomeOfRepeat(request_, settled->request);
    if (!outcome.ok()) return done_(outcome.status());
    done_(**std::move(outcome));
  }

  // Puts right what stands in the way, if that can be.
  void Fail(absl::Status const& status) {
    if (absl::IsAborted(status) || IsDayAboutToChange(office_, status, now_)) {
      return LookAgain();
    }
    auto const hall = DayToPrepare(status);
    auto const* const office =
        hall ? context_.city.FindOffice(hall->office) : nullptr;
    if (office == nullptr) return done_(status);
    PrepareDay(context_, *office, hall->day, deadline_,
               [self = shared_from_this()](
                   absl::StatusOr<std::monostate> const& prepared) {
                 if (!prepared.ok()) return self->Fail(prepared.status());
                 self->Look();
               });
  }

  void LookAgain() {
    auto const pause =
        Jitter(std::chrono::milliseconds(1), std::chrono::milliseconds(5));
    if (context_.scheduler.Now() + pause >= deadline_) {
      return done_(error::QueueContended());
    }
    context_.scheduler.After(pause,
                             [self = shared_from_this()] { self->Look(); });
  }

  DeskContext const context_;
  Office const& office_;
  Request const request_;
  LookQuery query_;
  Decide decide_;
  MachineTime const deadline_;
  Done<Outcome> done_;
  Timestamp now_;
};

}  // namespace

void LookDecideSettle(DeskContext const& context, Office const& office,
                      Request const& request, LookQuery query, Decide decide,
                      MachineTime deadline, Done<Outcome> done) {
  std::make_shared<Command>(context, office, request, std::move(query),
                            std::move(decide), deadline, std::move(done))
      ->Look();
}

Done<Outcome> ToTicket(Done<Ticket> done) {
  return [done = std::move(done)](absl::StatusOr<Outcome> outcome) mutable {
    if (!outcome.ok()) return done(outcome.status());
    done(*std::move(outcome->ticket));
  };
}

}  // namespace madoguchi::ticketing
